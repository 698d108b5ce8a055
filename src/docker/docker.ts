import {MachineError} from '../errors/errors.js'
import {describeCommand} from '../process/command-line.js'
import {programFailure} from '../process/failure.js'
import {redactFailure} from '../process/redact.js'
import type {Runner, RunOptions} from '../process/runner.js'
import {ProcessError} from '../process/runner.js'
import {lastLines} from '../process/tail.js'
import {checkBuildContext} from './build-context.js'
import {buildFailure} from './build-failure.js'
import type {BuildArguments, Command} from './commands.js'
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
import {explainFailure} from './diagnosis.js'
import {engineFailure} from './engine-failure.js'
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
   * @throws UsageError BUILD_CONTEXT_NOT_FOUND or DOCKERFILE_NOT_FOUND before docker is asked; MachineError
   * IMAGE_BUILD_FAILED with the last lines of output, or IMAGE_PLATFORM_WRONG when the image is for another platform
   */
  build(build: BuildArguments & LongRun): Promise<void>
  tag(source: string, target: string): Promise<void>
  /**
   * Logs docker in, unless a credential helper serves the registry.
   *
   * @param login.registry the host, without a repository
   * @throws MachineError REGISTRY_LOGIN_FAILED
   */
  login(login: {readonly registry: string; readonly username: string; readonly password: string}): Promise<void>
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

export interface DockerOptions {
  readonly runner: Runner
  /** `docker`, or a program that takes the same commands. */
  readonly program: string
  /** Docker's own configuration, where credential helpers are named; see `dockerConfigFile`. */
  readonly configFile: string
  readonly signal?: AbortSignal
  readonly files?: Files
  /** Called with each command that changes something, as a person would type it, just before it runs. */
  readonly onCommand?: (commandLine: string) => void
}

export function createDocker(options: DockerOptions): Docker {
  const {program, configFile, files = machineFiles} = options
  const run = createRun(options)

  async function inspect(reference: string): Promise<LocalImage | undefined> {
    const found = await unlessAbsent(run(inspectCommand(program, reference), {quiet: true}))
    const [id, os, architecture] = found?.stdout.trim().split(' ') ?? []
    return id && os && architecture ? {id, os, architecture} : undefined
  }

  return {
    async available() {
      await run([program, 'version'], {quiet: true})
    },
    async build({onLine, signal, ...build}) {
      await checkBuildContext(build, files)
      const output = recentLines(onLine)
      await run(buildCommand(program, build), {
        activity: 'building the image',
        ...(signal && {signal}),
        env: buildEnvironment,
        onLine: output.onLine,
        explain: (failure) => buildFailure(failure, output.lines()),
      })
      const [tag] = build.tags
      if (tag !== undefined) checkPlatform(tag, build.platform, await inspect(tag))
    },
    async tag(source, target) {
      await run(tagCommand(program, source, target))
    },
    async login({registry, username, password}) {
      if (hasCredentialHelper(await files.read(configFile), registry)) return
      await run(loginCommand(program, registry, username), {
        activity: `logging in to ${registry}`,
        input: password,
        explain: (failure) => loginFailure(failure, registry),
      })
    },
    async push({reference, onLine, signal}) {
      const {stdout} = await run(pushCommand(program, reference), {
        activity: 'pushing the image',
        ...(onLine && {onLine}),
        ...(signal && {signal}),
        explain: (failure) => pushFailure(failure, reference),
      })
      return {digest: /digest: (sha256:[0-9a-f]{64})/.exec(stdout)?.[1]}
    },
    inspect,
    async removeImage(reference) {
      await unlessAbsent(run(removeCommand(program, reference)))
    },
  }
}

interface Run extends Pick<RunOptions, 'env' | 'input' | 'onLine' | 'signal'> {
  readonly activity?: string
  readonly quiet?: boolean
  readonly explain?: (failure: ProcessError) => MachineError
}

function createRun({runner, program, signal, onCommand}: DockerOptions) {
  return async (command: Command, {activity, quiet = false, explain = otherFailure, ...options}: Run = {}) => {
    if (!quiet) onCommand?.(describeCommand(command, options.env && {env: options.env}))
    try {
      const signals = [signal, options.signal].filter((each) => each !== undefined)
      return await runner.run(command, {...options, ...(signals.length > 0 && {signal: AbortSignal.any(signals)})})
    } catch (error) {
      const {input = ''} = options
      const failure = redactFailure(programFailure(error, activity ?? `running ${program}`), [input])
      throw engineFailure(program, failure) ?? explain(failure)
    }
  }
}

function otherFailure(failure: ProcessError): MachineError {
  const lines = lastLines(failure.stderr, 5).split('\n')
  const {message} = explainFailure(`${describeCommand(failure.command)} failed`, failure, {causes: [], lines})
  return new MachineError('DOCKER_FAILED', message, {
    details: {command: failure.command, exitCode: failure.exitCode},
    cause: failure,
  })
}

async function unlessAbsent<T>(run: Promise<T>): Promise<T | undefined> {
  try {
    return await run
  } catch (error) {
    const cause = error instanceof MachineError ? error.cause : undefined
    if (cause instanceof ProcessError && /no such image|image not known/i.test(cause.stderr)) return undefined
    throw error
  }
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
