import type {Clock, Timer} from '../clock.js'
import type {ContainerSpec} from '../task-runtime.js'
import type {ContainerRecord, TaskRecord} from './records.js'
import type {TaskTroubles} from './troubles.js'

type Verdict = 'HEALTHY' | 'UNHEALTHY'

export interface ContainerHealthOptions {
  readonly clock: Clock
  readonly troubles: TaskTroubles
  readonly onChange: (task: TaskRecord) => void
}

/** The health of the containers of one task: what their checks say, unless these fail for another reason. */
export class ContainerHealth {
  readonly #options: ContainerHealthOptions
  readonly #task: TaskRecord
  readonly #specs: readonly ContainerSpec[]
  readonly #failing = new Map<string, Timer>()

  constructor(options: ContainerHealthOptions, task: TaskRecord, specs: readonly ContainerSpec[]) {
    this.#options = options
    this.#task = task
    this.#specs = specs
  }

  /** Notes the verdict of a container's own check. */
  report(container: ContainerRecord, verdict: Verdict): void {
    if (!container.hasHealthCheck || container.lastStatus !== 'RUNNING') return
    container.reportedHealth = verdict
    this.#review(container)
  }

  /** To be called when what fails may have changed. */
  review(): void {
    for (const container of this.#task.containers) this.#review(container)
  }

  close(): void {
    for (const timer of this.#failing.values()) timer.cancel()
    this.#failing.clear()
  }

  #review(container: ContainerRecord): void {
    const {reportedHealth, name} = container
    if (reportedHealth === undefined || container.lastStatus !== 'RUNNING') return
    const fails = reportedHealth === 'HEALTHY' && this.#options.troubles.failsHealthCheck(this.#task, container)
    if (fails && container.healthStatus === 'UNHEALTHY') return
    if (!fails) {
      this.#failing.get(name)?.cancel()
      this.#failing.delete(name)
      this.#show(container, reportedHealth)
    } else if (!this.#failing.has(name)) {
      const timer = this.#options.clock.after(this.#failureMs(name), () => this.#fail(container))
      this.#failing.set(name, timer)
    }
  }

  #fail(container: ContainerRecord): void {
    this.#failing.delete(container.name)
    if (container.lastStatus !== 'RUNNING') return
    if (this.#options.troubles.failsHealthCheck(this.#task, container)) this.#show(container, 'UNHEALTHY')
  }

  /** As many checks in a row must fail as the health check has retries; the first of them has just been made. */
  #failureMs(name: string): number {
    const check = this.#specs.find((spec) => spec.name === name)?.healthCheck
    if (check === undefined) return 0
    const now = this.#options.clock.now()
    const graceMs = Math.max(0, (this.#task.startedAt ?? now) + check.startPeriodSeconds * 1000 - now)
    return graceMs + (check.retries - 1) * check.intervalSeconds * 1000
  }

  #show(container: ContainerRecord, verdict: Verdict): void {
    if (container.healthStatus === verdict) return
    container.healthStatus = verdict
    this.#options.onChange(this.#task)
  }
}
