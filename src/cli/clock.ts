import {setTimeout as delay} from 'node:timers/promises'
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
    async sleep(milliseconds, signal) {
      if (signal?.aborted) return
      const pause = speed === 1 ? milliseconds : Math.max(shortestPauseMs, milliseconds / speed)
      await delay(pause, undefined, {signal}).catch((error: Error) => {
        if (error.name !== 'AbortError') throw error
      })
    },
  }
}
