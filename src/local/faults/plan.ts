import type {Clock, Timer} from '../clock.js'
import {seededRandom} from '../random.js'
import type {Fault, FaultState, FaultView} from './fault.js'
import {faultDocument, faultSummary} from './fault.js'
import type {FaultKind} from './kinds.js'

/** A fault in a plan, as plain JSON. Times are milliseconds since 1970. */
export interface PlannedFault {
  readonly id: string
  readonly serial: number
  readonly fault: Fault
  readonly addedAt: number
  readonly endsAt?: number
  /** The occasions so far. */
  seen: number
  struck: number
  /** What came of each task, target or role that it has met: it stays so. */
  readonly subjects: Record<string, boolean>
}

/** All that a plan knows, as plain JSON. */
interface FaultSnapshot {
  readonly seed: number
  readonly serial: number
  readonly faults: readonly PlannedFault[]
}

export interface FaultPlanOptions {
  readonly clock: Clock
  /** Decides what probabilities come to: the same seed and the same occasions give the same faults. */
  readonly seed: number
}

/** The faults of a local AWS, and how often each has struck. */
export class FaultPlan {
  readonly #clock: Clock
  #seed: number
  readonly #listeners: (() => void)[] = []
  readonly #timers = new Map<string, Timer>()
  #serial = 0
  #faults: PlannedFault[] = []

  constructor({clock, seed}: FaultPlanOptions) {
    this.#clock = clock
    this.#seed = seed
  }

  get seed(): number {
    return this.#seed
  }

  /** Adds faults that have been checked. */
  add(faults: readonly Fault[]): FaultView[] {
    const added = faults.map((fault) => this.#planned(fault))
    this.#faults.push(...added)
    for (const planned of added) this.#watchEnd(planned)
    this.#changed()
    return added.map((planned) => this.#view(planned))
  }

  /** Removes a fault; tells whether there was one of this id. */
  remove(id: string): boolean {
    const left = this.#faults.filter((planned) => planned.id !== id)
    if (left.length === this.#faults.length) return false
    this.#faults = left
    this.#timers.get(id)?.cancel()
    this.#timers.delete(id)
    this.#changed()
    return true
  }

  /** Removes every fault; answers how many there were. */
  clear(): number {
    const count = this.#faults.length
    this.close()
    this.#faults = []
    if (count > 0) this.#changed()
    return count
  }

  /** Every fault, oldest first. */
  list(): FaultView[] {
    return this.#faults.map((planned) => this.#view(planned))
  }

  /** The faults of some kinds whose time is not over, oldest first. A used-up one still holds for what it has struck. */
  current(...kinds: readonly FaultKind[]): readonly PlannedFault[] {
    return this.#faults.filter((planned) => kinds.includes(planned.fault.kind) && this.#state(planned) !== 'over')
  }

  /**
   * Tells whether a fault strikes on this occasion, and counts it.
   *
   * @param subject a task, target or role: asked of it again, the answer stays and does not count
   */
  strikes(planned: PlannedFault, subject?: string): boolean {
    const known = subject === undefined ? undefined : planned.subjects[subject]
    if (known !== undefined) return known
    const {count, every = 1, skip = 0, probability = 1} = planned.fault
    planned.seen++
    const turn = planned.seen - skip
    const isTurn = turn > 0 && turn % every === 0 && this.#draw(planned) < probability
    const strikes = isTurn && planned.struck < (count ?? Number.POSITIVE_INFINITY)
    if (strikes) planned.struck++
    if (subject !== undefined) planned.subjects[subject] = strikes
    return strikes
  }

  /** Hears of every fault that comes or goes, also of one whose time is over. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  snapshot(): FaultSnapshot {
    return {seed: this.#seed, serial: this.#serial, faults: structuredClone(this.#faults)}
  }

  /** Continues from a snapshot; to be called once the tasks are there that it is about. */
  restore(snapshot: unknown): void {
    const {seed, serial, faults} = structuredClone(snapshot) as FaultSnapshot
    this.close()
    this.#seed = seed
    this.#serial = serial
    this.#faults = [...faults]
    for (const planned of this.#faults) this.#watchEnd(planned)
    this.#changed()
  }

  /** Calls off what waits on the clock. */
  close(): void {
    for (const timer of this.#timers.values()) timer.cancel()
    this.#timers.clear()
  }

  #planned(fault: Fault): PlannedFault {
    const serial = ++this.#serial
    const addedAt = this.#clock.now()
    const end = fault.forMs === undefined ? {} : {endsAt: addedAt + fault.forMs}
    return {id: `${fault.kind}-${serial}`, serial, fault, addedAt, ...end, seen: 0, struck: 0, subjects: {}}
  }

  /** A timer may be early by what the clock rounds, and is then set again. */
  #watchEnd(planned: PlannedFault): void {
    if (planned.endsAt === undefined || this.#state(planned) === 'over') return
    const timer = this.#clock.after(planned.endsAt - this.#clock.now(), () => {
      if (this.#state(planned) === 'over') this.#changed()
      else this.#watchEnd(planned)
    })
    this.#timers.set(planned.id, timer)
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }

  /** A number from 0 to below 1 for each occasion of each fault, whatever else happens in between. */
  #draw({serial, seen}: PlannedFault): number {
    return seededRandom(this.#seed ^ Math.imul(serial, 0x9e3779b1) ^ Math.imul(seen, 0x85ebca6b))()
  }

  #state({fault, struck, endsAt}: PlannedFault): FaultState {
    if (endsAt !== undefined && endsAt <= this.#clock.now()) return 'over'
    return fault.count !== undefined && struck >= fault.count ? 'used-up' : 'in-force'
  }

  #view(planned: PlannedFault): FaultView {
    const {id, fault, struck, addedAt, endsAt} = planned
    return {
      id,
      state: this.#state(planned),
      summary: faultSummary(fault),
      struck,
      addedAt: new Date(addedAt).toISOString(),
      ...(endsAt !== undefined && {endsAt: new Date(endsAt).toISOString()}),
      fault: faultDocument(fault),
    }
  }
}
