import type {Clock} from '../clock.js'
import type {TargetGroupsPort} from '../ports.js'
import {breakerThreshold} from './circuit-breaker.js'
import type {Deployments} from './deployments.js'
import {BREAKER_REASON, primaryOf} from './deployments.js'
import type {EventWriter} from './events.js'
import {eventTexts} from './events.js'
import {countFailedHealth} from './failures.js'
import {flushNotices} from './notices.js'
import {taskLimits} from './percentages.js'
import type {DeploymentRecord, ServiceRecord} from './records.js'
import type {RolloutProgress} from './rollout-progress.js'
import type {ServiceLaunches} from './service-launches.js'
import type {ServiceStops} from './service-stops.js'
import {leastUseful} from './service-stops.js'
import type {AssessedTask, ServiceTasks} from './service-view.js'
import {assess, isHealthy, isRunning, isUnhealthy} from './service-view.js'
import type {SchedulerState} from './state.js'

export interface ServiceReconcilerOptions {
  readonly clock: Clock
  readonly state: SchedulerState
  readonly targetGroups: TargetGroupsPort
  readonly deployments: Deployments
  readonly events: EventWriter
  readonly launches: ServiceLaunches
  readonly stops: ServiceStops
  readonly progress: RolloutProgress
}

/**
 * One pass of the service scheduler: compares what runs with what is wanted, and moves towards it as far as
 * minimumHealthyPercent and maximumPercent allow.
 */
export class ServiceReconciler {
  readonly #options: ServiceReconcilerOptions

  constructor(options: ServiceReconcilerOptions) {
    this.#options = options
  }

  /** Makes one pass; answers after how many milliseconds to make the next, undefined where only a change needs one. */
  pass(service: ServiceRecord): number | undefined {
    if (service.status === 'INACTIVE') return undefined
    this.#options.deployments.takeUp(service)
    flushNotices(service, this.#options.events)
    const next = service.status === 'DRAINING' ? this.#drain(service) : this.#roll(service)
    flushNotices(service, this.#options.events)
    return next
  }

  /** A deleted service stops its tasks and is INACTIVE when the last has stopped. */
  #drain(service: ServiceRecord): number | undefined {
    const {stops, state} = this.#options
    const initiator = primaryOf(service)?.id ?? ''
    stops.scaleIn(service, this.#assess(service).all, initiator)
    if (state.tasksOf(service).some(({lastStatus}) => lastStatus !== 'STOPPED')) return undefined
    service.status = 'INACTIVE'
    service.deployments = []
    return undefined
  }

  #roll(service: ServiceRecord): number | undefined {
    const {progress} = this.#options
    const failing = this.#failUnhealthy(service)
    this.#breakCircuit(service, failing)
    const primary = primaryOf(service)
    if (primary === undefined) return undefined
    primary.desiredCount = service.desiredCount
    if (primary.rolloutState !== 'FAILED') this.#startMissing(service, primary, failing)
    this.#options.stops.replaceUnhealthy(service, primary.rolloutState === 'FAILED' ? [] : failing)
    this.#stopSurplus(service, primary)
    if (primary.rolloutState !== 'FAILED') this.#stopOld(service, primary)
    flushNotices(service, this.#options.events)
    return progress.update(service, this.#assess(service))
  }

  #assess(service: ServiceRecord): ServiceTasks {
    const {state, targetGroups, clock} = this.#options
    return assess({state, targetGroups, now: clock.now()}, service)
  }

  /** Counts the tasks that fail their health checks; they are replaced in this same pass. */
  #failUnhealthy(service: ServiceRecord): AssessedTask[] {
    const primary = primaryOf(service)
    if (primary?.rolloutState === 'FAILED') return []
    const failing = this.#assess(service).all.filter(isUnhealthy)
    for (const {deployment} of failing) {
      if (deployment !== undefined) countFailedHealth(deployment, this.#options.clock.now())
    }
    return failing
  }

  #breakCircuit(service: ServiceRecord, failing: readonly AssessedTask[]): void {
    const {deployments, events, stops} = this.#options
    const {deploymentConfiguration} = service.settings
    const breaker = deploymentConfiguration.deploymentCircuitBreaker
    const primary = primaryOf(service)
    if (primary?.rolloutState !== 'IN_PROGRESS' || breaker?.enable !== true) return
    if (primary.breakerFailures < breakerThreshold(deploymentConfiguration, service.desiredCount)) return
    const {current} = this.#assess(service)
    stops.replaceUnhealthy(service, failing)
    stops.scaleIn(
      service,
      current.filter((assessed) => !isRunning(assessed)),
      primary.id,
    )
    events.write(service, eventTexts.failed(service.serviceName, primary.id))
    const source = breaker.rollback === true ? service.completedSpec : undefined
    if (source === undefined || primary.isRollback) {
      deployments.fail(service, primary)
      return
    }
    const next = deployments.rollBack(service, primary, source, BREAKER_REASON)
    events.write(service, eventTexts.rollingBack(service.serviceName, next.id))
  }

  #startMissing(service: ServiceRecord, primary: DeploymentRecord, failing: readonly AssessedTask[]): void {
    const {clock, launches} = this.#options
    const tasks = this.#assess(service)
    const good = tasks.current.filter((assessed) => !isUnhealthy(assessed)).length
    const missing = service.desiredCount - good
    const count = Math.min(missing, this.#limits(service).upper - tasks.all.length)
    if (count <= 0 || (primary.nextLaunchAt ?? 0) > clock.now()) return
    launches.launch(service, primary, {count, running: tasks.all.map(({task}) => task), replaced: failing.length})
  }

  #stopSurplus(service: ServiceRecord, primary: DeploymentRecord): void {
    const {current} = this.#assess(service)
    const surplus = leastUseful(current, current.length - service.desiredCount)
    if (surplus.length > 0) delete service.steadySince
    this.#options.stops.scaleIn(service, surplus, primary.id)
  }

  /**
   * Stops tasks of older deployments as far as enough healthy ones remain. Their running tasks count as healthy:
   * they served before the update. Tasks that do not run yet, and those of failed deployments, go at once.
   */
  #stopOld(service: ServiceRecord, primary: DeploymentRecord): void {
    const {current, old} = this.#assess(service)
    const isServing = (assessed: AssessedTask) => isRunning(assessed) && assessed.deployment?.rolloutState !== 'FAILED'
    const serving = old.filter(isServing)
    const healthy = current.filter(isHealthy).length
    const spare = healthy + serving.length - this.#limits(service).lower
    const stopped = [...old.filter((assessed) => !isServing(assessed)), ...serving.slice(0, Math.max(0, spare))]
    this.#options.stops.scaleIn(service, stopped, primary.id)
  }

  #limits(service: ServiceRecord) {
    const {minimumHealthyPercent, maximumPercent} = service.settings.deploymentConfiguration
    return taskLimits(service.desiredCount, minimumHealthyPercent, maximumPercent)
  }
}
