import {inParallel} from '../../aws/batching.js'
import {registryCredentials} from '../../ecr/registry-credentials.js'
import type {Repository} from '../../ecr/repositories.js'
import {createRepository, findRepository, hasImageTag} from '../../ecr/repositories.js'
import {imageTag} from '../../lib/image-tag.js'
import type {Step} from '../../plan/step.js'
import {lookUp, step} from '../../plan/step.js'
import type {Context} from '../context.js'
import type {Tags} from '../tags.js'
import {upperCaseTags} from '../tags.js'
import type {BuildSource} from './build-source.js'
import {buildsEveryTime, buildVariant} from './build-source.js'

export type Architecture = 'x86_64' | 'arm64'

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
  const {aws} = context
  const {repositoryName, source, architecture} = options
  const commit = commitLookUp(context, source)
  // Both architectures are asked for at once, so that this look does not wait for the one of a running service.
  const pushed = lookUp<readonly string[], {commit: typeof commit}>({
    id: 'pushed-tags',
    title: `image tags in ${repositoryName}`,
    needs: {commit},
    find: async (needs) => {
      if (needs.commit?.clean !== true || buildsEveryTime(source)) return []
      const tags = architectures.map((each) => tagFor(needs.commit, each))
      const present = await inParallel(tags, (tag) => hasImageTag(aws.ecr, repositoryName, tag))
      return tags.filter((_tag, index) => present[index])
    },
  })
  const target = lookUp<Target, {commit: typeof commit; pushed: typeof pushed; architecture: typeof architecture}>({
    id: 'image-tag',
    title: 'image tag',
    needs: {commit, pushed, architecture},
    find: async (needs) => {
      const platform = needs.architecture ?? 'x86_64'
      const tag = tagFor(needs.commit, platform)
      return {tag, architecture: platform, pushed: needs.pushed?.includes(tag) ?? false}
    },
  })
  const build = buildStep(context, options, target)
  return pushStep(context, options, target, build)
}

/** The image to be: its tag, its architecture, and whether it is in the repository already. */
interface Target {
  readonly tag: string
  readonly architecture: Architecture
  readonly pushed: boolean
}

function buildStep({docker}: ImageContext, {repositoryName, source}: ImageOptions, target: Step<Target>): Step<string> {
  const localName = (tag: string | undefined) => `${repositoryName}:${tag}`
  return step<string, {target: typeof target}>({
    id: 'build',
    title: `image of ${source.context}`,
    doing: 'Building',
    local: true,
    needs: {target},
    look: async (needs) => {
      if (needs.target?.pushed === true) return {state: 'present', value: localName(needs.target.tag)}
      await docker.available()
      return {state: 'absent', detail: `docker build for ${needs.target?.architecture}`}
    },
    apply: async ({target: {tag, architecture}}, _found, run) => {
      const {context: folder, dockerfile, buildArgs, target: stage} = source
      await docker.build({
        context: folder,
        ...(dockerfile !== undefined && {dockerfile}),
        ...(stage !== undefined && {target: stage}),
        buildArgs,
        platform: architecture === 'arm64' ? 'linux/arm64' : 'linux/amd64',
        tags: [localName(tag)],
        onLine: (line) => run.log(line),
        signal: run.signal,
      })
      return localName(tag)
    },
  })
}

function pushStep(
  context: ImageContext,
  {repositoryName, tags}: ImageOptions,
  target: Step<Target>,
  build: Step<string>,
): Step<string> {
  const {aws, docker} = context
  const repository = repositoryStep(context, repositoryName, tags)
  return step<string, {target: typeof target; repository: typeof repository; build: typeof build}>({
    id: 'image',
    title: `image ${repositoryName}`,
    doing: 'Pushing',
    needs: {target, repository, build},
    look: async (needs) => {
      if (needs.target?.pushed === true && needs.repository !== undefined) {
        return {state: 'present', value: `${needs.repository.uri}:${needs.target.tag}`}
      }
      return {state: 'absent', detail: `tag ${needs.target?.tag}`}
    },
    apply: async ({repository: {uri}, target: {tag}, build: localName}, _found, run) => {
      const image = `${uri}:${tag}`
      const registry = uri.split('/')[0] ?? uri
      const [credentials] = await Promise.all([registryCredentials(aws.ecr), docker.tag(localName, image)])
      await docker.login({registry, ...credentials})
      await docker.push({reference: image, onLine: (line) => run.log(line), signal: run.signal})
      return image
    },
  })
}

interface Commit {
  /** The tag that the folder gives, whatever the architecture. */
  readonly tag: string
  /** Whether the tag names exactly what is in the folder: a commit without local changes. */
  readonly clean: boolean
}

const architectures: readonly Architecture[] = ['x86_64', 'arm64']

/** One commit can be built for both architectures; a tag must not stand for the wrong one. */
const tagFor = (commit: Commit | undefined, architecture: Architecture): string =>
  architecture === 'arm64' ? `${commit?.tag}-arm64` : `${commit?.tag}`

function commitLookUp({git, clock, output}: ImageContext, source: BuildSource): Step<Commit> {
  const {context: folder} = source
  return lookUp({
    id: 'commit',
    title: `git commit of ${folder}`,
    find: async () => {
      const found = await git.describe(folder)
      if (found.kind === 'untrusted') {
        output.warn(`git does not trust ${folder}, so its image is tagged by time: ${found.hint}`)
      }
      const dirty = found.kind !== 'commit' || found.dirty
      const commit = found.kind === 'commit' ? found.commit : undefined
      return {tag: imageTag({commit, dirty, variant: buildVariant(source), now: clock.now()}), clean: !dirty}
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
