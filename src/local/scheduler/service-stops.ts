import type {EventWriter} from './events.js'
import {eventTexts} from './events.js'
import type {ServiceRecord, TaskRecord} from './records.js'
import type {AssessedTask} from './service-view.js'
import {isRunning, isUnhealthy} from './service-view.js'
import type {TaskLifecycle} from './task-lifecycle.js'

/** Stops tasks of services and writes the events that say so. */
export class ServiceStops {
  readonly #lifecycle: TaskLifecycle
  readonly #events: EventWriter

  constructor({lifecycle, events}: {lifecycle: TaskLifecycle; events: EventWriter}) {
    this.#lifecycle = lifecycle
    this.#events = events
  }

  /** Stops tasks because the service wants fewer of them; `initiator` is the deployment on whose behalf. */
  scaleIn(service: ServiceRecord, tasks: readonly AssessedTask[], initiator: string): void {
    const reason = `Scaling activity initiated by (deployment ${initiator})`
    const pending = tasks.filter((candidate) => !isRunning(candidate))
    const running = tasks.filter(isRunning)
    if (pending.length > 0) {
      this.#events.write(service, eventTexts.stoppedPending(service.serviceName, pending.length))
      this.#stop(pending, () => reason)
    }
    if (running.length > 0) {
      this.#announce(service, running)
      this.#stop(running, () => reason)
    }
  }

  /** Stops tasks that failed their health checks, each with an event that says which check. */
  replaceUnhealthy(service: ServiceRecord, tasks: readonly AssessedTask[]): void {
    if (tasks.length === 0) return
    for (const {task, health} of tasks) {
      if (health.verdict !== 'unhealthy') continue
      const message =
        health.cause === 'container'
          ? eventTexts.unhealthyContainer(service.serviceName, task)
          : eventTexts.unhealthyTarget(service.serviceName, task, health.port, health.targetGroupArn, health.reason)
      this.#events.write(service, message)
    }
    this.#announce(service, tasks)
    this.#stop(tasks, unhealthyReason)
  }

  #announce(service: ServiceRecord, tasks: readonly AssessedTask[]): void {
    const records: TaskRecord[] = tasks.map(({task}) => task)
    this.#events.write(service, eventTexts.stoppedRunning(service.serviceName, records))
  }

  #stop(tasks: readonly AssessedTask[], reason: (assessed: AssessedTask) => string): void {
    for (const assessed of tasks) {
      this.#lifecycle.stop(assessed.task, {stopCode: 'ServiceSchedulerInitiated', reason: reason(assessed)})
    }
  }
}

function unhealthyReason({health}: AssessedTask): string {
  return health.verdict === 'unhealthy' && health.cause === 'target'
    ? `Task failed ELB health checks in (target-group ${health.targetGroupArn})`
    : 'Task failed container health checks'
}

/** Which tasks go first: those that do not run yet, then the unhealthy, then the newest. */
export function leastUseful(tasks: readonly AssessedTask[], count: number): AssessedTask[] {
  const rank = (assessed: AssessedTask): number => (isRunning(assessed) ? (isUnhealthy(assessed) ? 1 : 2) : 0)
  return [...tasks]
    .reverse()
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, Math.max(0, count))
}
