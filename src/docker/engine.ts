import {MachineError} from '../errors/errors.js'
import {describeCommand} from '../process/command-line.js'
import {programFailure} from '../process/failure.js'
import {redactFailure} from '../process/redact.js'
import type {Runner, RunOptions} from '../process/runner.js'
import {ProcessError} from '../process/runner.js'
import {lastLines} from '../process/tail.js'
import type {Command} from './commands.js'
import {explainFailure} from './diagnosis.js'
import {engineFailure} from './engine-failure.js'

export interface Engine {
  /** `docker`, or a program that takes the same commands. */
  readonly program: string
  /**
   * @throws MachineError of the engine, of `explain`, or DOCKER_FAILED; CancelledError. What was given as `input` is in no
   * error.
   */
  run(command: Command, options?: EngineRun): Promise<{readonly stdout: string; readonly stderr: string}>
}

export interface EngineRun extends Pick<RunOptions, 'env' | 'input' | 'onLine'> {
  readonly signal?: AbortSignal | undefined
  /** What is going on, for a stop by the user. */
  readonly activity?: string
  /** A look, which changes nothing and is not shown. */
  readonly quiet?: boolean
  readonly explain?: (failure: ProcessError) => MachineError
}

export interface EngineOptions {
  readonly runner: Runner
  /** `docker`, or a program that takes the same commands. */
  readonly program: string
  readonly signal?: AbortSignal
  /** Called with each command that changes something, as a person would type it, just before it runs. */
  readonly onCommand?: (commandLine: string) => void
}

/** Runs docker, and sorts failures of the engine from failures of what it was asked. */
export function createEngine({runner, program, signal, onCommand}: EngineOptions): Engine {
  return {
    program,
    async run(command, {activity = `running ${program}`, quiet, explain = otherFailure, ...options} = {}) {
      if (quiet !== true) onCommand?.(describeCommand(command, options.env && {env: options.env}))
      const signals = [signal, options.signal].filter((each) => each !== undefined)
      try {
        return await runner.run(command, {...options, signal: AbortSignal.any(signals)})
      } catch (error) {
        const failure = redactFailure(programFailure(error, activity), [options.input ?? ''])
        throw engineFailure(program, failure) ?? explain(failure)
      }
    },
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

/** `undefined` when docker has no such image. */
export async function unlessAbsent<T>(run: Promise<T>): Promise<T | undefined> {
  try {
    return await run
  } catch (error) {
    const cause = error instanceof MachineError ? error.cause : undefined
    if (cause instanceof ProcessError && /no such image|image not known/i.test(cause.stderr)) return undefined
    throw error
  }
}
