import type {Clock, Timer} from '../clock.js'

/** A clock whose pending calls can all be called off. */
export interface ClosableClock extends Clock {
  close(): void
}

/** Wraps a clock so that whatever waits on it ends with its owner. */
export function closableClock(clock: Clock): ClosableClock {
  const pending = new Set<Timer>()
  let closed = false
  return {
    now: () => clock.now(),
    after(milliseconds, run) {
      if (closed) return {cancel: () => undefined}
      const timer = clock.after(milliseconds, () => {
        pending.delete(timer)
        run()
      })
      pending.add(timer)
      return {
        cancel: () => {
          pending.delete(timer)
          timer.cancel()
        },
      }
    },
    close() {
      closed = true
      for (const timer of pending) timer.cancel()
      pending.clear()
    },
  }
}
