/** A pending call of {@link Clock.after}. */
export interface Timer {
  cancel(): void
}

/** The only source of time in the local AWS. */
export interface Clock {
  /** Milliseconds since 1970, as the AWS timestamps show them. */
  now(): number
  /** Runs `run` once, `milliseconds` of AWS time from now. */
  after(milliseconds: number, run: () => void): Timer
}

/**
 * The clock of a running local AWS. With a speed above 1 its whole time runs faster, timestamps included, so that
 * what is waited for and what is measured agree; it is ahead of the machine's clock then.
 * Timers do not keep the process alive; the server does.
 *
 * @param origin a moment on both clocks, in milliseconds since 1970; they are the same now where it is not given
 */
export function systemClock(speed = 1, origin = {local: Date.now(), machine: Date.now()}): Clock {
  return {
    now: () => Math.round(origin.local + (Date.now() - origin.machine) * speed),
    after(milliseconds, run) {
      const timer = setTimeout(run, milliseconds / speed)
      timer.unref()
      return {cancel: () => clearTimeout(timer)}
    },
  }
}

/** Milliseconds from any moment, on the machine's own clock: for how long something really took. */
export const machineTime = (): number => performance.now()

interface PendingCall {
  readonly at: number
  readonly order: number
  readonly run: () => void
}

/** A clock that moves only when told to, so that a test sees a ten-minute rollout in milliseconds. */
export class VirtualClock implements Clock {
  #now: number
  #order = 0
  #pending: PendingCall[] = []

  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  after(milliseconds: number, run: () => void): Timer {
    const call: PendingCall = {at: this.#now + Math.max(0, milliseconds), order: this.#order++, run}
    this.#pending.push(call)
    return {
      cancel: () => {
        this.#pending = this.#pending.filter((other) => other !== call)
      },
    }
  }

  /** Moves `milliseconds` forward and runs what falls due, in order, letting promises settle between two calls. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds
    await settle()
    for (let call = this.#takeDue(end); call !== undefined; call = this.#takeDue(end)) {
      this.#now = Math.max(this.#now, call.at)
      call.run()
      await settle()
    }
    this.#now = Math.max(this.#now, end)
  }

  /** Waits in virtual time: moves the clock itself, so one waiter at a time is enough to drive a test. */
  async sleep(milliseconds: number): Promise<void> {
    await this.advance(milliseconds)
  }

  #takeDue(end: number): PendingCall | undefined {
    let next: PendingCall | undefined
    for (const call of this.#pending) {
      if (call.at > end) continue
      if (next === undefined || call.at < next.at || (call.at === next.at && call.order < next.order)) next = call
    }
    if (next !== undefined) this.#pending = this.#pending.filter((other) => other !== next)
    return next
  }
}

/** Lets everything that is already resolved run: promises, then two rounds of the event loop. */
async function settle(): Promise<void> {
  for (let round = 0; round < 2; round++) await new Promise<void>((resolve) => setImmediate(resolve))
}
