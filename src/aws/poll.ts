import {CancelledError, WaitTimeoutError} from '../errors/errors.js'
import type {Clock} from '../lib/clock.js'
import {isPassing, isThrottle} from './errors.js'

export interface PollOptions {
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Milliseconds between two looks; doubled, up to a minute, while AWS throttles. */
  readonly everyMs: number
  readonly timeoutMs: number
  /** What is waited for, to be named in errors: `load balancer web to become active`. */
  readonly what: string
}

const slowestPollMs = 60_000

/** A network that is away for longer than this does not come back by itself; throttles always do. */
const longestAbsenceMs = 180_000

/**
 * Looks again and again until `probe` answers something else than undefined. A look that is throttled, or meets a
 * network that is away for a moment, slows the polling down and is no failure of what is waited for.
 *
 * @throws WaitTimeoutError when the time is over; CancelledError when the signal is aborted
 */
export async function pollUntil<Value>(options: PollOptions, probe: () => Promise<Value | undefined>): Promise<Value> {
  const {clock, signal, timeoutMs, what} = options
  const deadline = clock.now() + timeoutMs
  let pauseMs = options.everyMs
  let answeredAt = clock.now()
  for (;;) {
    if (signal.aborted) throw new CancelledError('CANCELLED', `stopped waiting for ${what}`)
    try {
      const value = await probe()
      if (value !== undefined) return value
      pauseMs = options.everyMs
      answeredAt = clock.now()
    } catch (error) {
      if (!isPassing(error)) throw error
      if (!isThrottle(error) && clock.now() - answeredAt > longestAbsenceMs) throw error
      pauseMs = Math.min(pauseMs * 2, slowestPollMs)
    }
    const left = deadline - clock.now()
    if (left <= 0)
      throw new WaitTimeoutError('WAIT_TIMED_OUT', `gave up waiting for ${what} after ${seconds(timeoutMs)}`)
    await clock.sleep(Math.min(pauseMs, left), signal)
  }
}

const seconds = (milliseconds: number): string => `${Math.round(milliseconds / 1000)} s`
