import type {Clock} from '../../src/lib/clock.js'

/** A clock that jumps to the next pause's end as soon as nothing else can go on. */
export interface VirtualClock extends Clock {
  /** Runs an action when the clock reaches that many milliseconds after its start. */
  at(milliseconds: number, action: () => void): void
  /** Milliseconds since its start. */
  elapsed(): number
  /** The pauses that were asked for, in order. */
  readonly sleeps: readonly number[]
}

interface Timer {
  readonly at: number
  readonly fire: () => void
  /** Time goes on for the sake of those who sleep; actions happen on the way. */
  readonly isSleep: boolean
}

export function createVirtualClock(start: number = Date.UTC(2030, 0, 1)): VirtualClock {
  const timers = new Set<Timer>()
  const sleeps: number[] = []
  let now = start
  let scheduled = false

  const schedule = () => {
    if (scheduled || ![...timers].some(({isSleep}) => isSleep)) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      if (timers.size === 0) return
      now = Math.max(now, Math.min(...[...timers].map(({at}) => at)))
      for (const timer of [...timers].filter(({at}) => at <= now)) {
        timers.delete(timer)
        timer.fire()
      }
      schedule()
    })
  }
  const add = (timer: Timer) => {
    timers.add(timer)
    schedule()
  }

  return {
    now: () => now,
    elapsed: () => now - start,
    sleeps,
    at: (milliseconds, action) => add({at: start + milliseconds, fire: action, isSleep: false}),
    sleep(milliseconds, signal) {
      sleeps.push(milliseconds)
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        const timer = {at: now + milliseconds, fire: resolve, isSleep: true}
        add(timer)
        signal?.addEventListener('abort', () => {
          timers.delete(timer)
          resolve()
        })
      })
    },
  }
}
