/** The part of the process that closed pipes need. */
export interface PipedProcess {
  readonly stdout: NodeJS.EventEmitter
  readonly stderr: NodeJS.EventEmitter
  exitCode?: number | string | null | undefined
  exit(code?: number): unknown
}

/**
 * What happens when nobody reads any more. With standard output closed (`fargate service logs web | head`) there is no
 * point in going on, and it is no failure. With standard error closed the work goes on unseen: half a deployment would
 * be worse.
 */
export function endOnClosedPipe(source: PipedProcess): void {
  const guard = (stream: NodeJS.EventEmitter, onClosed: () => void) =>
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      onClosed()
    })
  guard(source.stdout, () => source.exit(Number(source.exitCode ?? 0)))
  guard(source.stderr, () => undefined)
}

/**
 * For a server in the foreground, which goes on when nobody reads what it prints: from now on a closed standard output
 * ends nothing.
 */
export function surviveClosedPipe({stdout}: Pick<PipedProcess, 'stdout'>): void {
  stdout.removeAllListeners('error')
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}
