import {checkBuildContext} from './build-context.js'
import {buildFailure} from './build-failure.js'
import type {BuildArguments} from './commands.js'
import {
  buildCommand,
  buildEnvironment,
  inspectCommand,
  loginCommand,
  pushCommand,
  removeCommand,
  tagCommand,
} from './commands.js'
import {hasCredentialHelper} from './credential-helper.js'
import type {Engine, EngineOptions} from './engine.js'
import {createEngine, unlessAbsent} from './engine.js'
import type {Files} from './files.js'
import {machineFiles} from './files.js'
import type {LocalImage} from './image-platform.js'
import {checkPlatform} from './image-platform.js'
import {loginFailure} from './login-failure.js'
import {pushFailure} from './push-failure.js'

/**
 * The container engine of this machine. Every method throws MachineError DOCKER_NOT_FOUND, DOCKER_NOT_RUNNING or
 * DOCKER_PERMISSION when the engine cannot be used, and CancelledError when the user stops it.
 */
export interface Docker {
  /** Checks that the engine answers. */
  available(): Promise<void>
  /**
   * Checks that there is something to build, before anything is asked of docker or AWS.
   *
   * @throws UsageError BUILD_CONTEXT_NOT_FOUND or DOCKERFILE_NOT_FOUND
   */
  checkContext(build: Pick<BuildArguments, 'context' | 'dockerfile'>): Promise<void>
  /**
   * @throws UsageError BUILD_CONTEXT_NOT_FOUND or DOCKERFILE_NOT_FOUND before docker is asked; MachineError
   * IMAGE_BUILD_FAILED with the last lines of output, or IMAGE_PLATFORM_WRONG when the image is for another platform
   */
  build(build: BuildArguments & LongRun): Promise<void>
  tag(source: string, target: string): Promise<void>
  /**
   * Logs docker in, unless a credential helper serves the registry.
   *
   * @throws MachineError REGISTRY_LOGIN_FAILED
   */
  login(login: Login): Promise<void>
  /**
   * @returns the digest (`sha256:…`) that the registry gave the image; podman does not print it
   * @throws MachineError IMAGE_PUSH_FAILED
   */
  push(push: {readonly reference: string} & LongRun): Promise<{readonly digest: string | undefined}>
  /** An image of this machine; `undefined` when there is none. `architecture` as in Go: `amd64`, `arm64`. */
  inspect(reference: string): Promise<LocalImage | undefined>
  /** Removes an image from this machine; one that is not there is fine. */
  removeImage(reference: string): Promise<void>
}

export interface LongRun {
  /** Stops this run; the signal of the adapter does as well. */
  readonly signal?: AbortSignal
  /** Called with each line that docker prints, as it comes. */
  readonly onLine?: (line: string) => void
}

export interface Login {
  /** The host, without a repository. */
  readonly registry: string
  readonly username: string
  readonly password: string
}

export interface DockerOptions extends EngineOptions {
  /** Docker's own configuration, where credential helpers are named; see `dockerConfigFile`. */
  readonly configFile: string
  readonly files?: Files
}

export function createDocker({configFile, files = machineFiles, ...options}: DockerOptions): Docker {
  const engine = createEngine(options)
  const {program} = engine

  return {
    async available() {
      await engine.run([program, 'version'], {quiet: true})
    },
    checkContext: (arguments_) => checkBuildContext(arguments_, files),
    build: (arguments_) => build(engine, files, arguments_),
    async tag(source, target) {
      await engine.run(tagCommand(program, source, target))
    },
    async login(arguments_) {
      if (hasCredentialHelper(await files.read(configFile), arguments_.registry)) return
      await login(engine, arguments_)
    },
    push: (arguments_) => push(engine, arguments_),
    inspect: (reference) => inspect(engine, reference),
    async removeImage(reference) {
      await unlessAbsent(engine.run(removeCommand(program, reference)))
    },
  }
}

async function build(engine: Engine, files: Files, {onLine, signal, ...what}: BuildArguments & LongRun): Promise<void> {
  await checkBuildContext(what, files)
  const output = recentLines(onLine)
  await engine.run(buildCommand(engine.program, what), {
    activity: 'building the image',
    signal,
    env: buildEnvironment,
    onLine: output.onLine,
    explain: (failure) => buildFailure(failure, output.lines()),
  })
  const [tag] = what.tags
  if (tag !== undefined) checkPlatform(tag, what.platform, await inspect(engine, tag))
}

async function login(engine: Engine, {registry, username, password}: Login): Promise<void> {
  await engine.run(loginCommand(engine.program, registry, username), {
    activity: `logging in to ${registry}`,
    input: password,
    explain: (failure) => loginFailure(failure, registry),
  })
}

async function push(engine: Engine, {reference, onLine, signal}: {readonly reference: string} & LongRun) {
  const {stdout} = await engine.run(pushCommand(engine.program, reference), {
    activity: 'pushing the image',
    signal,
    ...(onLine && {onLine}),
    explain: (failure) => pushFailure(failure, reference),
  })
  return {digest: /digest: (sha256:[0-9a-f]{64})/.exec(stdout)?.[1]}
}

async function inspect(engine: Engine, reference: string): Promise<LocalImage | undefined> {
  const found = await unlessAbsent(engine.run(inspectCommand(engine.program, reference), {quiet: true}))
  const [id, os, architecture] = found?.stdout.trim().split(' ') ?? []
  return id && os && architecture ? {id, os, architecture} : undefined
}

/** Both streams in the order they came in; docker splits what belongs together. */
function recentLines(onLine: LongRun['onLine']) {
  const lines: string[] = []
  return {
    lines: () => lines,
    onLine(line: string) {
      lines.push(line)
      if (lines.length > 100) lines.shift()
      onLine?.(line)
    },
  }
}
