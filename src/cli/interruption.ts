import {exitCodes} from '../errors/exit-codes.js'

const signals = ['SIGINT', 'SIGTERM'] as const

/** The part of the process that signals need. */
export interface SignalSource {
  on(event: (typeof signals)[number], listener: () => void): unknown
  removeListener(event: (typeof signals)[number], listener: () => void): unknown
  exit(code: number): unknown
}

/**
 * Turns Ctrl-C and SIGTERM into an abort, so that a command can say what goes on without it; a second one ends the
 * program at once.
 *
 * @returns the signal, and a function that gives the process its own handling back
 */
export function watchInterruptions(source: SignalSource): {readonly signal: AbortSignal; stop(): void} {
  const controller = new AbortController()
  const interrupt = () => {
    if (controller.signal.aborted) source.exit(exitCodes.cancelled)
    controller.abort()
  }
  for (const name of signals) source.on(name, interrupt)
  return {
    signal: controller.signal,
    stop: () => {
      for (const name of signals) source.removeListener(name, interrupt)
    },
  }
}
