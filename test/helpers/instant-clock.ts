import type {Clock} from '../../src/lib/clock.js'

export interface InstantClock extends Clock {
  /** Milliseconds of each sleep, in their order. */
  readonly sleeps: readonly number[]
}

/** A clock on which every sleep is over at once, and the time has passed. */
export function createInstantClock(startMs: number, onSleep: (sleeps: number) => void = () => undefined): InstantClock {
  const sleeps: number[] = []
  let now = startMs
  return {
    sleeps,
    now: () => now,
    async sleep(milliseconds, signal) {
      if (signal?.aborted) return
      sleeps.push(milliseconds)
      now += milliseconds
      onSleep(sleeps.length)
    },
  }
}
