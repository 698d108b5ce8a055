import type {Runner, RunOptions} from '../../src/process/runner.js'
import {ProcessError} from '../../src/process/runner.js'

/** One expected run of a program. It is used once. */
export interface ExpectedRun {
  /** The arguments joined with spaces, or a pattern of that. */
  readonly command: string | RegExp
  /** 0 unless told. */
  readonly exitCode?: number
  /** Ends the run in another way than by an exit code. */
  readonly reason?: 'absent' | 'killed' | 'cancelled'
  readonly stdout?: string
  readonly stderr?: string
  /** Delivered to `onLine`; the lines of `stdout` and then of `stderr` unless told. */
  readonly lines?: readonly string[]
}

export interface FakeRunner extends Runner {
  /** What ran, in order. */
  readonly runs: ReadonlyArray<{readonly command: readonly string[]; readonly options: RunOptions}>
  /** Fails when an expected run did not happen, or one happened that nobody expected. */
  assertDone(): void
}

/** Stands for the programs of the machine: answers from a table and fails on every command that is not in it. */
export function fakeRunner(table: readonly ExpectedRun[]): FakeRunner {
  const open = [...table]
  const runs: Array<{command: readonly string[]; options: RunOptions}> = []
  const unexpected: string[] = []

  return {
    runs,
    async run(command, options = {}) {
      const line = command.join(' ')
      runs.push({command, options})
      const index = open.findIndex((expected) => matches(expected.command, line))
      const [expected] = index === -1 ? [] : open.splice(index, 1)
      if (expected === undefined) {
        unexpected.push(line)
        throw new Error(`unexpected command: ${line}`)
      }
      return finish(expected, command, options)
    },
    assertDone() {
      const missing = open.map((expected) => `did not run: ${expected.command}`)
      const problems = [...unexpected.map((line) => `ran: ${line}`), ...missing]
      if (problems.length > 0) throw new Error(problems.join('\n'))
    },
  }
}

function matches(expected: string | RegExp, line: string): boolean {
  return typeof expected === 'string' ? expected === line : expected.test(line)
}

function finish(expected: ExpectedRun, command: readonly string[], {onLine}: RunOptions) {
  const {exitCode = 0, reason, stdout = '', stderr = ''} = expected
  const lines = expected.lines ?? [stdout, stderr].flatMap((text) => (text === '' ? [] : text.trimEnd().split('\n')))
  for (const line of lines) onLine?.(line)
  if (reason !== undefined) throw new ProcessError({command, reason, stdout, stderr})
  if (exitCode !== 0) throw new ProcessError({command, reason: 'exited', exitCode, stdout, stderr})
  return {stdout, stderr}
}
