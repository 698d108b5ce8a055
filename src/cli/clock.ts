import type {Clock} from '../lib/clock.js'

/** Shorter pauses would only load the machine. */
const shortestPauseMs = 20

/** The time of a local AWS: it is the machine's at `epoch` (milliseconds since 1970) and runs `speed` times faster. */
export interface FasterTime {
  readonly speed: number
  readonly epoch: number
}

/** The clock of the machine, or that of a local AWS, whose pauses are shorter and whose time is ahead. */
export function createSystemClock({speed, epoch}: FasterTime = {speed: 1, epoch: 0}): Clock {
  return {
    now: () => (speed === 1 ? Date.now() : Math.round(epoch + (Date.now() - epoch) * speed)),
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
