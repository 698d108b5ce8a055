import {registryCredentials} from '../../ecr/registry-credentials.js'
import type {Repository} from '../../ecr/repositories.js'
import {createRepository, findRepository, hasImageTag} from '../../ecr/repositories.js'
import {imageTag} from '../../lib/image-tag.js'
import type {Step} from '../../plan/step.js'
import {lookUp, step} from '../../plan/step.js'
import type {Context} from '../context.js'
import type {Tags} from '../tags.js'
import {upperCaseTags} from '../tags.js'

export type Architecture = 'x86_64' | 'arm64'

/** How docker makes the image. */
export interface BuildSource {
  /** The folder that docker gets. */
  readonly context: string
  readonly dockerfile?: string | undefined
  /** `KEY=value`, or `KEY` for a value from the environment, which keeps it out of argv. */
  readonly buildArgs: readonly string[]
  readonly target?: string | undefined
  /** Builds and pushes although the clean commit's tag is in the repository. */
  readonly rebuild: boolean
}

export interface ImageOptions {
  readonly repositoryName: string
  readonly source: BuildSource
  readonly architecture: Step<Architecture>
  readonly tags: Tags
}

type ImageContext = Pick<Context, 'aws' | 'docker' | 'git' | 'clock' | 'output'>

/**
 * Builds and pushes the image of a folder, unless the tag of its clean git commit is in the repository already.
 * The build runs while the looks at AWS and the creation of the repository go on. Answers the image reference.
 */
export function imageStep(context: ImageContext, options: ImageOptions): Step<string> {
  const {aws, docker} = context
  const {repositoryName, source, architecture} = options
  const tag = tagLookUp(context, source.context, architecture)
  const repository = repositoryStep(context, repositoryName, options.tags)
  const pushed = lookUp({
    id: 'pushed-image',
    title: `image tag in ${repositoryName}`,
    needs: {tag},
    find: async (needs) =>
      needs.tag?.clean === true && !source.rebuild && (await hasImageTag(aws.ecr, repositoryName, needs.tag.name)),
  })

  const build = step<string, {tag: typeof tag; pushed: typeof pushed; architecture: typeof architecture}>({
    id: 'build',
    title: `image of ${source.context}`,
    doing: 'Building',
    local: true,
    needs: {tag, pushed, architecture},
    look: async (needs) => {
      const localName = `${repositoryName}:${needs.tag?.name}`
      if (needs.pushed === true) return {state: 'present', value: localName}
      await docker.available()
      return {state: 'absent', detail: `docker build for ${needs.architecture}`}
    },
    apply: async (needs, _found, run) => {
      const localName = `${repositoryName}:${needs.tag.name}`
      const {context: folder, dockerfile, buildArgs, target} = source
      await docker.build({
        context: folder,
        ...(dockerfile !== undefined && {dockerfile}),
        ...(target !== undefined && {target}),
        buildArgs,
        platform: needs.architecture === 'arm64' ? 'linux/arm64' : 'linux/amd64',
        tags: [localName],
        onLine: (line) => run.log(line),
        signal: run.signal,
      })
      return localName
    },
  })

  return step<string, {tag: typeof tag; pushed: typeof pushed; repository: typeof repository; build: typeof build}>({
    id: 'image',
    title: `image ${repositoryName}`,
    doing: 'Pushing',
    needs: {tag, pushed, repository, build},
    look: async (needs) => {
      if (needs.pushed === true && needs.repository !== undefined) {
        return {state: 'present', value: reference(needs.repository, needs.tag)}
      }
      return {state: 'absent', detail: `tag ${needs.tag?.name}`}
    },
    apply: async ({repository: {uri}, tag: {name}, build: localName}, _found, run) => {
      const image = `${uri}:${name}`
      const registry = uri.split('/')[0] ?? uri
      const [credentials] = await Promise.all([registryCredentials(aws.ecr), docker.tag(localName, image)])
      await docker.login({registry, ...credentials})
      await docker.push({reference: image, onLine: (line) => run.log(line), signal: run.signal})
      return image
    },
  })
}

interface Tag {
  readonly name: string
  /** Whether the tag names exactly what is in the folder: a commit without local changes. */
  readonly clean: boolean
}

function tagLookUp({git, clock, output}: ImageContext, folder: string, architecture: Step<Architecture>): Step<Tag> {
  return lookUp<Tag, {architecture: typeof architecture}>({
    id: 'image-tag',
    title: 'image tag',
    needs: {architecture},
    find: async (needs) => {
      const described = await git.describe(folder)
      const clean = described.kind === 'commit' && !described.dirty
      if (described.kind === 'untrusted')
        output.warn(`git does not trust ${folder}, the image is tagged by time: ${described.hint}`)
      const commit = described.kind === 'commit' ? described.commit : undefined
      const name = imageTag({...(commit !== undefined && {commit}), dirty: !clean, now: clock.now()})
      // One commit can be built for both architectures; the tag must not stand for the wrong one.
      return {name: needs.architecture === 'arm64' ? `${name}-arm64` : name, clean}
    },
  })
}

function repositoryStep({aws}: ImageContext, name: string, tags: Tags): Step<Repository> {
  return step({
    id: 'repository',
    title: `ECR repository ${name}`,
    look: async () => {
      const found = await findRepository(aws.ecr, name)
      return found === undefined ? {state: 'absent'} : {state: 'present', value: found}
    },
    apply: () => createRepository(aws.ecr, name, upperCaseTags(tags)),
  })
}

const reference = (repository: Repository, tag: Tag | undefined): string => `${repository.uri}:${tag?.name}`
