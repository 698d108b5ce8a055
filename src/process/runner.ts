/** How this program runs other programs: argv only, never a shell. The only implementation is in execa-runner.ts. */
export interface Runner {
  /**
   * Runs a program to its end.
   *
   * @throws ProcessError when it cannot be started, is stopped, or exits with another code than 0.
   */
  run(
    command: readonly [string, ...string[]],
    options?: RunOptions,
  ): Promise<{readonly stdout: string; readonly stderr: string}>
}

export interface RunOptions {
  readonly cwd?: string
  /** Written to standard input; the way secrets travel. Standard input is closed otherwise. */
  readonly input?: string
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  /** Called with each line of standard output and standard error as it comes. */
  readonly onLine?: (line: string) => void
}

/** A program that did not do what it was asked. */
export class ProcessError extends Error {
  override readonly name = 'ProcessError'
  readonly command: readonly string[]
  /** `absent`: no such program; `exited`: another exit code than 0; `killed`: by a signal; `cancelled`: by the caller. */
  readonly reason: 'absent' | 'exited' | 'killed' | 'cancelled'
  readonly exitCode: number | undefined
  readonly stdout: string
  readonly stderr: string

  constructor(options: {
    readonly command: readonly string[]
    readonly reason: ProcessError['reason']
    readonly exitCode?: number | undefined
    readonly stdout?: string
    readonly stderr?: string
    readonly cause?: unknown
  }) {
    super(`${options.command.join(' ')}: ${options.reason}`, {cause: options.cause})
    this.command = options.command
    this.reason = options.reason
    this.exitCode = options.exitCode
    this.stdout = options.stdout ?? ''
    this.stderr = options.stderr ?? ''
  }
}
