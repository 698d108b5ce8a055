import {existsSync} from 'node:fs'
import type {Readable} from 'node:stream'
import {createLineSplitter} from './line-splitter.js'
import type {Runner, RunOptions} from './runner.js'
import {ProcessError} from './runner.js'
import type {Tail} from './tail.js'
import {createTail, lastLines} from './tail.js'

type Environment = Readonly<Record<string, string | undefined>>
type Command = readonly [string, ...string[]]

const megabyte = 1_048_576
const linesInError = 200

/**
 * Runs programs in process groups of their own: a cancelled program goes with everything it started (SIGTERM, then
 * SIGKILL), and Ctrl-C in the terminal reaches this program only, which then decides.
 *
 * The last 10 MB of standard output and the last 1 MB of standard error are returned; an error carries at most the last
 * 200 lines and 1 MB of each.
 *
 * @param env the whole environment of the programs; `PATH` in it is where they are looked for
 * @param options.killAfter how long a cancelled program may take to end by itself, in milliseconds
 */
export function createRunner(env: Environment, {killAfter = 5_000}: {killAfter?: number} = {}): Runner {
  return {run: (command, options = {}) => run({env, killAfter}, command, options)}
}

async function run(
  {env, killAfter}: {env: Environment; killAfter: number},
  command: Command,
  options: RunOptions,
): Promise<{stdout: string; stderr: string}> {
  const {execa} = await import('execa')
  // execa would start the program first and stop it then.
  if (options.signal?.aborted) throw new ProcessError({command, reason: 'cancelled', cause: options.signal.reason})

  const [program, ...args] = command
  const subprocess = execa(program, args, {
    env: {...definedOf(env), ...options.env},
    extendEnv: false,
    ...(options.cwd !== undefined && {cwd: options.cwd}),
    ...(options.input === undefined ? {stdin: 'ignore' as const} : {input: options.input}),
    ...(options.signal && {cancelSignal: options.signal}),
    buffer: false,
    reject: false,
    killDescendants: true,
    forceKillAfterDelay: killAfter,
  })
  const listener = guard(options.onLine, () => subprocess.kill())
  const stdout = collect(subprocess.stdout, createTail(10 * megabyte), listener.onLine)
  const stderr = collect(subprocess.stderr, createTail(megabyte), listener.onLine)

  const result = await subprocess
  stdout.end()
  stderr.end()
  listener.rethrow()
  if (result.failed) throw failureOf(command, options, result, stdout.text(), stderr.text())
  return {stdout: stdout.text(), stderr: stderr.text()}
}

function definedOf(env: Environment): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/** A listener that throws stops the program and fails the run, instead of ending this process from a stream event. */
function guard(onLine: RunOptions['onLine'], stop: () => void) {
  const thrown: unknown[] = []
  return {
    onLine(line: string) {
      if (onLine === undefined || thrown.length > 0) return
      try {
        onLine(line)
      } catch (error) {
        thrown.push(error)
        stop()
      }
    },
    rethrow() {
      if (thrown.length > 0) throw thrown[0]
    },
  }
}

function collect(stream: Readable, tail: Tail, onLine: (line: string) => void) {
  const splitter = createLineSplitter(onLine)
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    tail.write(chunk)
    splitter.write(chunk)
  })
  return {text: tail.text, end: splitter.end}
}

interface Outcome {
  readonly isCanceled: boolean
  readonly exitCode?: number | undefined
  readonly signal?: string | undefined
  readonly code?: string | undefined
  readonly cause?: unknown
}

function failureOf(command: Command, options: RunOptions, outcome: Outcome, stdout: string, stderr: string): Error {
  const reason = reasonOf(outcome)
  // Spawning from a folder that is not there gives ENOENT too.
  if (reason === 'absent' && options.cwd !== undefined && !existsSync(options.cwd)) {
    return new Error(`Cannot run ${command[0]} in ${options.cwd}: no such folder`, {cause: outcome.cause})
  }
  if (reason === undefined) return new Error(`Cannot run ${command[0]}`, {cause: outcome.cause})
  return new ProcessError({
    command,
    reason,
    exitCode: outcome.exitCode,
    stdout: endOf(stdout),
    stderr: endOf(stderr),
    cause: outcome.cause,
  })
}

function reasonOf({isCanceled, exitCode, signal, code}: Outcome): ProcessError['reason'] | undefined {
  if (isCanceled) return 'cancelled'
  if (signal !== undefined) return 'killed'
  if (exitCode !== undefined) return 'exited'
  return code === 'ENOENT' || code === 'EACCES' || code === 'ENOTDIR' ? 'absent' : undefined
}

function endOf(text: string): string {
  return lastLines(text.slice(-megabyte), linesInError)
}
