import {CancelledError} from '../errors/errors.js'
import type {Output, StepProgress} from '../output/output.js'
import type {AnyStep, Found, Step} from './step.js'

/** What one step changes or, in a dry run, would change. */
export interface Change {
  readonly step: string
  readonly thing: string
  readonly change: 'create' | 'update' | 'delete'
  readonly detail?: string
}

export interface PlanReport {
  /** In the order of the plan; empty when everything was as wanted. */
  readonly changes: readonly Change[]
  /** The value of a step: found or made. `undefined` only in a dry run, for what does not exist yet. */
  value<Value>(step: Step<Value>): Value | undefined
}

export interface RunPlanOptions {
  readonly output: Pick<Output, 'step'>
  readonly signal: AbortSignal
  /** Stops after the looks. */
  readonly dryRun?: boolean
  /** Asked once, after the looks and before the first change, with what will change; throws to stop. */
  readonly beforeChanges?: (changes: readonly Change[]) => Promise<void>
}

/**
 * Runs a graph of steps: all looks first, at the same time as far as they do not need each other; then the changes,
 * each as soon as what it needs is done. Only local steps start before the looks end. A failing look means that nothing
 * is changed. After a failing change no further one starts, those under way end, and the first error is thrown; running
 * the plan again continues.
 */
export async function runPlan(steps: readonly AnyStep[], options: RunPlanOptions): Promise<PlanReport> {
  const run = new PlanRun(withNeeds(steps), options)
  return run.toEnd()
}

/** The steps with everything that they need, each once, needs first. */
function withNeeds(steps: readonly AnyStep[]): AnyStep[] {
  const ordered = new Set<AnyStep>()
  const visit = (step: AnyStep) => {
    if (ordered.has(step)) return
    for (const need of Object.values(step.needs)) visit(need)
    ordered.add(step)
  }
  for (const step of steps) visit(step)
  return [...ordered]
}

class PlanRun {
  readonly #steps: readonly AnyStep[]
  readonly #options: RunPlanOptions
  readonly #looks = new Map<AnyStep, Promise<Found<unknown>>>()
  readonly #applied = new Map<AnyStep, Promise<unknown>>()
  readonly #found = new Map<AnyStep, Found<unknown>>()
  readonly #values = new Map<AnyStep, unknown>()
  readonly #stop = new AbortController()
  /** Settled once it is known whether AWS may be changed: not before the last look, nor before it is confirmed. */
  readonly #released = Promise.withResolvers<void>()
  readonly #signal: AbortSignal
  #failed = false
  #firstError: unknown

  constructor(steps: readonly AnyStep[], options: RunPlanOptions) {
    this.#steps = steps
    this.#options = options
    this.#signal = AbortSignal.any([options.signal, this.#stop.signal])
  }

  async toEnd(): Promise<PlanReport> {
    for (const step of this.#steps) this.#looks.set(step, this.#lookAt(step))
    const early = this.#options.dryRun ? [] : this.#steps.filter((step) => step.local)
    for (const step of early) this.#keep(this.#applyOnce(step))
    try {
      const changes = await this.#changesToMake()
      this.#released.resolve()
      if (!this.#options.dryRun && changes.length > 0) {
        await this.#settle(this.#steps.map((step) => this.#applyOnce(step)))
      }
      return {
        changes,
        value: <Value>(step: Step<Value>) => this.#values.get(step) as Value | undefined,
      }
    } catch (error) {
      throw await this.#stopped(error)
    }
  }

  /** Ends the looks, and asks whether what they found may be changed. */
  async #changesToMake(): Promise<Change[]> {
    await this.#settle(this.#looks.values())
    const changes = this.#changes()
    if (!this.#options.dryRun && changes.length > 0) {
      this.#throwIfOver()
      await this.#options.beforeChanges?.(changes)
    }
    return changes
  }

  /** Stops the local work that is under way, waits for its end, and answers the error to throw. */
  async #stopped(error: unknown): Promise<unknown> {
    this.#remember(error)
    this.#released.resolve()
    await Promise.allSettled(this.#applied.values())
    return this.#firstError
  }

  async #lookAt(step: AnyStep): Promise<Found<unknown>> {
    const needs: Record<string, unknown> = {}
    for (const [name, need] of Object.entries(step.needs)) {
      const found = await (this.#looks.get(need) as Promise<Found<unknown>>)
      needs[name] = found.state === 'absent' ? undefined : found.value
    }
    this.#throwIfOver()
    try {
      const found = await step.look(needs)
      this.#found.set(step, found)
      if (found.state !== 'absent') this.#values.set(step, found.value)
      return found
    } catch (error) {
      this.#remember(error)
      throw error
    }
  }

  #applyOnce(step: AnyStep): Promise<unknown> {
    const pending = this.#applied.get(step) ?? this.#applyAfterNeeds(step)
    this.#applied.set(step, pending)
    return pending
  }

  async #applyAfterNeeds(step: AnyStep): Promise<unknown> {
    const entries = Object.entries(step.needs)
    const values = await Promise.all(entries.map(([, need]) => this.#applyOnce(need)))
    const found = await (this.#looks.get(step) as Promise<Found<unknown>>)
    if (found.state === 'present') return found.value
    if (!step.local) await this.#released.promise
    this.#throwIfOver()
    const needs = Object.fromEntries(entries.map(([name], index) => [name, values[index]]))
    const title = `${step.doing ?? verb(found)} ${step.title}`
    try {
      const value = await this.#options.output.step(title, (progress) =>
        step.apply(needs, found, {...bound(progress), signal: this.#signal}),
      )
      this.#values.set(step, value)
      return value
    } catch (error) {
      this.#remember(error)
      throw error
    }
  }

  /** Remembers the first error, so that no further step starts and local work stops. */
  #remember(error: unknown): void {
    if (this.#failed) return
    this.#failed = true
    this.#firstError = error
    this.#stop.abort()
  }

  #throwIfOver(): void {
    if (this.#options.signal.aborted) throw new CancelledError('CANCELLED', 'cancelled before the next change')
    if (this.#failed) throw this.#firstError
  }

  /** Waits for all of them, then throws the error of the first that failed. */
  async #settle(pending: Iterable<Promise<unknown>>): Promise<void> {
    const results = await Promise.allSettled(pending)
    const rejected = results.find((result) => result.status === 'rejected')
    if (rejected !== undefined) throw rejected.reason
  }

  /** Marks a promise as looked after: its error is remembered, and thrown at the end of the looks. */
  #keep(pending: Promise<unknown>): void {
    pending.catch((error: unknown) => this.#remember(error))
  }

  #changes(): Change[] {
    const changes: Change[] = []
    for (const step of this.#steps) {
      const found = this.#found.get(step)
      if (found === undefined || found.state === 'present') continue
      changes.push({
        step: step.id,
        thing: step.title,
        change: found.state === 'absent' ? 'create' : (found.change ?? 'update'),
        ...(found.detail !== undefined && {detail: found.detail}),
      })
    }
    return changes
  }
}

const bound = (progress: StepProgress): StepProgress => ({
  update: (text) => progress.update(text),
  log: (line) => progress.log(line),
})

function verb(found: Found<unknown>): string {
  if (found.state === 'absent') return 'Creating'
  return found.state === 'differs' && found.change === 'delete' ? 'Deleting' : 'Updating'
}
