import type {Clock} from '../clock.js'
import type {Deployments} from './deployments.js'
import {primaryOf, serviceDeploymentOf} from './deployments.js'
import {BLOCKED_REPEAT_MS, PASS_INTERVAL_MS, STEADY_HEALTH_INTERVAL_MS, STEADY_REPEAT_MS} from './durations.js'
import type {EventWriter} from './events.js'
import {eventTexts} from './events.js'
import {taskLimits} from './percentages.js'
import type {DeploymentRecord, ServiceRecord, TaskRecord} from './records.js'
import type {ServiceTasks} from './service-view.js'
import {isHealthy, isRunning} from './service-view.js'
import type {SchedulerState} from './state.js'

const DRAINING_STATES: readonly TaskRecord['lastStatus'][] = ['DEACTIVATING', 'STOPPING']

/** Notices how far a deployment has come: completed, steady, stuck; and when to look again. */
export class RolloutProgress {
  readonly #clock: Clock
  readonly #state: SchedulerState
  readonly #deployments: Deployments
  readonly #events: EventWriter

  constructor(options: {clock: Clock; state: SchedulerState; deployments: Deployments; events: EventWriter}) {
    this.#clock = options.clock
    this.#state = options.state
    this.#deployments = options.deployments
    this.#events = options.events
  }

  /** Updates the deployments after a pass has moved the tasks; answers in how many milliseconds to look again. */
  update(service: ServiceRecord, tasks: ServiceTasks): number | undefined {
    const {primary} = tasks
    if (primary === undefined) return undefined
    this.#countHealthy(service, primary, tasks)
    this.#retire(service, tasks)
    const settled = this.#isSettled(service, tasks)
    if (!settled) {
      delete primary.healthySince
      delete service.steadySince
      this.#reportBlocked(service, primary, tasks)
      return this.#waitUnsettled(service, primary, tasks)
    }
    primary.healthySince ??= this.#clock.now()
    const baking = this.#bakeLeft(service, primary)
    if (baking > 0) return Math.min(baking, PASS_INTERVAL_MS)
    if (primary.rolloutState === 'IN_PROGRESS') this.#complete(service, primary)
    this.#reportSteady(service)
    return this.#waitSteady(service, primary)
  }

  /** A task that becomes healthy ends a series of failures, unless the circuit breaker is to add them all up. */
  #countHealthy({settings}: ServiceRecord, primary: DeploymentRecord, {current}: ServiceTasks): void {
    const fresh = current.filter((assessed) => isHealthy(assessed) && assessed.task.healthyAt === undefined)
    for (const {task} of fresh) task.healthyAt = this.#clock.now()
    const {deploymentCircuitBreaker} = settings.deploymentConfiguration
    if (fresh.length === 0 || deploymentCircuitBreaker?.resetOnHealthyTask === false) return
    if (primary.rolloutState === 'FAILED') return
    primary.failedTasks = 0
    primary.breakerFailures = 0
  }

  /** Older deployments vanish when their tasks have drained; a failed one is shown until its rollback is done. */
  #retire(service: ServiceRecord, tasks: ServiceTasks): void {
    if (service.deployments.length < 2) return
    const draining = this.#state.tasksOf(service).filter(({lastStatus}) => DRAINING_STATES.includes(lastStatus))
    service.deployments = service.deployments.filter((deployment) => {
      if (deployment === tasks.primary) return true
      deployment.desiredCount = tasks.all.filter((assessed) => assessed.deployment === deployment).length
      if (deployment.rolloutState === 'FAILED' && tasks.primary?.rolloutState === 'IN_PROGRESS') return true
      return deployment.desiredCount > 0 || draining.some(({deploymentId}) => deploymentId === deployment.id)
    })
  }

  #isSettled(service: ServiceRecord, {primary, current, old}: ServiceTasks): boolean {
    return (
      primary?.rolloutState !== 'FAILED' &&
      old.length === 0 &&
      current.length === service.desiredCount &&
      current.every(isHealthy)
    )
  }

  #bakeLeft({settings}: ServiceRecord, {rolloutState, healthySince}: DeploymentRecord): number {
    if (rolloutState !== 'IN_PROGRESS' || healthySince === undefined) return 0
    const bake = (settings.deploymentConfiguration.bakeTimeInMinutes ?? 0) * 60_000
    return Math.max(0, healthySince + bake - this.#clock.now())
  }

  #complete(service: ServiceRecord, primary: DeploymentRecord): void {
    this.#deployments.complete(service, primary)
    service.completedSpec = primary.spec
    this.#events.write(service, eventTexts.completed(service.serviceName, primary.id))
  }

  #reportSteady(service: ServiceRecord): void {
    const now = this.#clock.now()
    const repeated = now - (service.steadyReportedAt ?? 0) >= STEADY_REPEAT_MS
    if (service.steadySince !== undefined && !repeated) return
    service.steadySince ??= now
    service.steadyReportedAt = now
    delete service.blockedReportedAt
    this.#events.write(service, eventTexts.steady(service.serviceName))
  }

  /** Nothing is on its way, and the percentages leave no room to start or stop anything. */
  #reportBlocked(service: ServiceRecord, primary: DeploymentRecord, {all, current}: ServiceTasks): void {
    if (primary.rolloutState !== 'IN_PROGRESS' || current.length >= service.desiredCount) return
    const {minimumHealthyPercent, maximumPercent} = service.settings.deploymentConfiguration
    const {lower, upper} = taskLimits(service.desiredCount, minimumHealthyPercent, maximumPercent)
    if (all.length < upper || all.length > lower || !all.every(isRunning)) return
    const now = this.#clock.now()
    if (service.blockedReportedAt !== undefined && now - service.blockedReportedAt < BLOCKED_REPEAT_MS) return
    service.blockedReportedAt = now
    this.#events.write(service, eventTexts.blocked(service.serviceName))
  }

  #waitUnsettled(service: ServiceRecord, primary: DeploymentRecord, {all, current}: ServiceTasks): number | undefined {
    if (primary.rolloutState === 'FAILED') {
      return service.deployments.length > 1 || all.length > 0 ? STEADY_HEALTH_INTERVAL_MS : undefined
    }
    const pause = (primary.nextLaunchAt ?? 0) - this.#clock.now()
    return pause > 0 && current.length === 0 ? pause : PASS_INTERVAL_MS
  }

  #waitSteady(service: ServiceRecord, {spec}: DeploymentRecord): number {
    if (service.deployments.length > 1) return PASS_INTERVAL_MS
    if (spec.loadBalancers.length > 0 && service.desiredCount > 0) return STEADY_HEALTH_INTERVAL_MS
    return Math.max(PASS_INTERVAL_MS, (service.steadyReportedAt ?? 0) + STEADY_REPEAT_MS - this.#clock.now())
  }
}

/** Keeps the counts of a service deployment in step with its deployment, for DescribeServiceDeployments. */
export function countServiceDeployment(service: ServiceRecord): void {
  const primary = primaryOf(service)
  const record = primary && serviceDeploymentOf(service, primary)
  if (primary === undefined || record === undefined || record.finishedAt !== undefined) return
  record.requestedCount = service.desiredCount
  if (!record.breaker.triggered) record.breaker.failureCount = primary.breakerFailures
}
