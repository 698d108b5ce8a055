import type {Clock} from '../lib/clock.js'

/** Shorter pauses would only load the machine. */
const shortestPauseMs = 20

/**
 * The clock of the machine.
 *
 * @param speed how many times faster than the machine's clock a local AWS runs; pauses shrink with it, the time of day
 *   stays
 */
export function createSystemClock(speed = 1): Clock {
  return {
    now: () => Date.now(),
    sleep(milliseconds, signal) {
      const pause = speed === 1 ? milliseconds : Math.max(shortestPauseMs, milliseconds / speed)
      return signal?.aborted ? Promise.resolve() : wakeAfter(pause, signal)
    },
  }
}

function wakeAfter(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, milliseconds)
    signal?.addEventListener('abort', wake)
  })
}
