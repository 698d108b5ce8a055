import type {Clock} from '../lib/clock.js'

/** Shorter pauses would only load the machine. */
const shortestPauseMs = 20

/** The time of a local AWS: at `origin`, a moment on both clocks in milliseconds since 1970, and `speed` times as fast. */
export interface FasterTime {
  readonly speed: number
  readonly origin: {readonly local: number; readonly machine: number}
}

const machineTime: FasterTime = {speed: 1, origin: {local: 0, machine: 0}}

/** The clock of the machine, or that of a local AWS, whose pauses are shorter and whose time is ahead. */
export function createSystemClock({speed, origin}: FasterTime = machineTime): Clock {
  return {
    now: () => Math.round(origin.local + (Date.now() - origin.machine) * speed),
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
