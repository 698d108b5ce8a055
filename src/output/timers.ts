import {formatDuration} from '../lib/duration.js'

/** The time that progress is shown in: always that of the machine, also with a local AWS that runs faster. */
export interface Timers {
  /** Milliseconds since any fixed moment. */
  now(): number
  /** Runs `run` every `milliseconds` until it is cancelled. */
  every(milliseconds: number, run: () => void): {cancel(): void}
}

/** Timers that do not keep the process alive. */
export const systemTimers: Timers = {
  now: () => performance.now(),
  every(milliseconds, run) {
    const timer = setInterval(run, milliseconds)
    timer.unref()
    return {cancel: () => clearInterval(timer)}
  },
}

/** ` (12s)`, ` (2m5s)`, or nothing below a second: the end of the line that tells how a step ended. */
export function elapsedSuffix(milliseconds: number): string {
  return milliseconds < 1000 ? '' : ` (${formatDuration(milliseconds)})`
}
