import {Flags} from '@oclif/core'
import type {BuildSource} from '../actions/infrastructure/build-source.js'
import {UsageError} from '../errors/errors.js'
import {parseImageReference} from '../lib/image-reference.js'
import {repeatableFlag, required} from './flags.js'

const helpGroup = 'IMAGE'

/** Where the image comes from: a registry, or a folder that docker builds. */
export const imageFlags = {
  image: Flags.string({
    char: 'i',
    description: 'image to run; without it the current folder is built and pushed',
    exclusive: ['dockerfile', 'target', 'build-arg', 'context', 'rebuild'],
    helpGroup,
  }),
  context: Flags.string({description: 'folder to build; the current one without it', helpValue: '<folder>', helpGroup}),
  dockerfile: Flags.string({description: 'Dockerfile, if not the one in the folder', helpValue: '<file>', helpGroup}),
  target: Flags.string({description: 'stage of the Dockerfile to build', helpValue: '<stage>', helpGroup}),
  'build-arg': repeatableFlag((text) => ({ok: true, value: text}))({
    description: 'build argument; without a value it is taken from the environment; repeatable',
    helpValue: '<key[=value]>',
    helpGroup,
  }),
  rebuild: Flags.boolean({description: 'build although the image of this git commit is in the repository', helpGroup}),
}

interface ImageFlags {
  readonly image?: string | undefined
  readonly context?: string | undefined
  readonly dockerfile?: string | undefined
  readonly target?: string | undefined
  readonly 'build-arg'?: readonly string[] | undefined
  readonly rebuild: boolean
}

/** @throws UsageError when the image is no image reference or a build argument has no name */
export function imageSource(flags: ImageFlags): string | BuildSource {
  if (flags.image !== undefined) {
    required(parseImageReference(flags.image), '--image')
    return flags.image
  }
  return {
    context: flags.context ?? '.',
    dockerfile: flags.dockerfile,
    target: flags.target,
    buildArgs: Object.fromEntries((flags['build-arg'] ?? []).map(buildArgument)),
    rebuild: flags.rebuild,
  }
}

function buildArgument(text: string): [string, string | undefined] {
  const equals = text.indexOf('=')
  const name = equals === -1 ? text : text.slice(0, equals)
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    throw new UsageError('VALUE_INVALID', `--build-arg: ${JSON.stringify(text)} is not valid: use NAME=value or NAME`)
  }
  return [name, equals === -1 ? undefined : text.slice(equals + 1)]
}
