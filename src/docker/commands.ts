import type {Platform} from './platform.js'

export type Command = readonly [string, ...string[]]

export interface BuildArguments {
  /** The folder that is sent to the builder. */
  readonly context: string
  /** `Dockerfile` in the context unless told; relative to the current folder, not to the context. */
  readonly dockerfile?: string
  /**
   * Values for `ARG`. `undefined` takes the value of the variable of that name from the environment. They are kept in the
   * history of the image: no place for secrets.
   */
  readonly buildArgs?: Readonly<Record<string, string | undefined>>
  readonly target?: string
  readonly platform: Platform
  readonly tags: readonly string[]
}

/**
 * Without attestations an image is one manifest, where ECR would list an index and its parts as several images. It is a
 * variable because the legacy builder and podman have no `--provenance=false`.
 */
export const buildEnvironment = {BUILDX_NO_DEFAULT_ATTESTATIONS: '1'} as const

export function buildCommand(program: string, build: BuildArguments): Command {
  const {context, dockerfile, buildArgs = {}, target, platform, tags} = build
  const values = Object.entries(buildArgs).map(([name, value]) => (value === undefined ? name : `${name}=${value}`))
  return [
    program,
    'build',
    ...['--platform', platform],
    ...tags.flatMap((tag) => ['--tag', tag]),
    ...(dockerfile === undefined ? [] : ['--file', dockerfile]),
    ...values.flatMap((value) => ['--build-arg', value]),
    ...(target === undefined ? [] : ['--target', target]),
    // A folder called -x would be taken for a flag.
    context.startsWith('-') ? `./${context}` : context,
  ]
}

export function pushCommand(program: string, reference: string): Command {
  return [program, 'push', reference]
}

export function tagCommand(program: string, source: string, target: string): Command {
  return [program, 'tag', source, target]
}

/** The password goes to standard input: arguments can be read by every user of the machine. */
export function loginCommand(program: string, registry: string, username: string): Command {
  return [program, 'login', '--username', username, '--password-stdin', registry]
}

export function inspectCommand(program: string, reference: string): Command {
  return [program, 'image', 'inspect', '--format', '{{.Id}} {{.Os}} {{.Architecture}}', reference]
}

export function removeCommand(program: string, reference: string): Command {
  return [program, 'image', 'rm', reference]
}
