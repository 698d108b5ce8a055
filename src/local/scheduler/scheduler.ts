import type {Clock, Timer} from '../clock.js'
import type {ImagesPort, LogsPort, NetworkPort, RolesPort, SecretsPort, TargetGroupsPort} from '../ports.js'
import type {TaskRuntime} from '../task-runtime.js'
import type {ContainerInstancesOptions} from './container-instances.js'
import {ContainerInstances} from './container-instances.js'
import {Deployments, primaryOf} from './deployments.js'
import {FIRST_PASS_MS} from './durations.js'
import {EventWriter, eventTexts} from './events.js'
import {countFailedLaunch, countRunning} from './failures.js'
import type {RandomSource} from './ids.js'
import {noteTargets} from './notices.js'
import type {FindPlacementProblem} from './placement.js'
import type {DeploymentSpec, ServiceRecord, TaskRecord} from './records.js'
import {countServiceDeployment, RolloutProgress} from './rollout-progress.js'
import {ServiceLaunches} from './service-launches.js'
import {ServiceReconciler} from './service-reconciler.js'
import {ServiceStops} from './service-stops.js'
import {SpotInterruptions} from './spot-interruptions.js'
import {SchedulerState} from './state.js'
import type {TaskOrder} from './task-factory.js'
import {TaskFactory} from './task-factory.js'
import type {TaskChange} from './task-lifecycle.js'
import {TaskLifecycle} from './task-lifecycle.js'
import type {FindTaskDefinition} from './task-preparation.js'
import {TaskPreparation} from './task-preparation.js'
import {TaskProcesses} from './task-processes.js'
import type {TaskTroubles} from './troubles.js'
import {noTroubles} from './troubles.js'

export interface SchedulerOptions {
  readonly clock: Clock
  readonly random: RandomSource
  readonly network: NetworkPort
  readonly roles: RolesPort
  readonly logs: LogsPort
  readonly images: ImagesPort
  readonly secrets: SecretsPort
  readonly targetGroups: TargetGroupsPort
  readonly runtime: TaskRuntime
  readonly findTaskDefinition: FindTaskDefinition
  readonly findPlacementProblem: FindPlacementProblem
  /** Whether ECS scales the Auto Scaling group of a capacity provider. */
  readonly isManaged: ContainerInstancesOptions['isManaged']
  /** Saves all state at once; tells whether it could. Nothing is saved where it is not given. */
  readonly save?: (() => boolean) | undefined
  /** What goes wrong with tasks on purpose; nothing where it is not given. */
  readonly troubles?: TaskTroubles | undefined
}

/** Why StopServiceDeployment rolled back. */
const REQUESTED_ROLLBACK_REASON = 'Service deployment rolled back because it was stopped by a user.'

/** The service scheduler and the life cycle of tasks, for all accounts and regions. */
export class Scheduler {
  readonly state = new SchedulerState()
  readonly instances: ContainerInstances
  readonly #clock: Clock
  readonly #factory: TaskFactory
  readonly #lifecycle: TaskLifecycle
  readonly #deployments: Deployments
  readonly #events: EventWriter
  readonly #processes: TaskProcesses
  readonly #spot: SpotInterruptions
  readonly #reconciler: ServiceReconciler
  readonly #passes = new Map<string, {readonly at: number; readonly timer: Timer}>()
  #closed = false

  constructor(options: SchedulerOptions) {
    const {clock, random, targetGroups, troubles = noTroubles} = options
    const {state} = this
    const now = () => clock.now()
    this.#clock = clock
    this.#events = new EventWriter(now, random)
    this.#deployments = new Deployments(now, random)
    this.#factory = new TaskFactory({...options, now})
    const preparation = new TaskPreparation({...options, troubles})
    const touch = ({taskArn}: TaskRecord) => state.tasks.touch(taskArn)
    const processes = new TaskProcesses({...options, preparation, troubles, touch})
    this.#processes = processes
    const onChange = (task: TaskRecord, change: TaskChange) => this.#onChange(task, change)
    this.#lifecycle = new TaskLifecycle({...options, state, preparation, processes, troubles, onChange})
    this.#spot = new SpotInterruptions({clock, troubles, lifecycle: this.#lifecycle})
    const parts = {clock, state, targetGroups, deployments: this.#deployments, events: this.#events}
    this.instances = new ContainerInstances({...options, state})
    const {instances} = this
    const launched = {factory: this.#factory, lifecycle: this.#lifecycle, instances}
    const launches = new ServiceLaunches({...options, ...parts, ...launched})
    const stops = new ServiceStops({lifecycle: this.#lifecycle, events: this.#events})
    this.#reconciler = new ServiceReconciler({...parts, launches, stops, progress: new RolloutProgress(parts)})
  }

  /** Adds a service, or replaces an INACTIVE one of the same name, and starts its first deployment. */
  addService(service: ServiceRecord): void {
    this.state.services.set(service.serviceArn, service)
    this.startDeployment(service)
  }

  /** Starts a deployment of what the service's record now says. */
  startDeployment(service: ServiceRecord): void {
    this.#deployments.start(service)
    this.wake(service)
  }

  /** Ends the deployment in progress in favour of what ran before. */
  rollBack(service: ServiceRecord, source: DeploymentSpec): void {
    const primary = primaryOf(service)
    if (primary === undefined) return
    const next = this.#deployments.rollBack(service, primary, source, REQUESTED_ROLLBACK_REASON)
    this.#events.write(service, eventTexts.rollingBack(service.serviceName, next.id))
    this.wake(service)
  }

  /** Begins to stop a service's tasks; it is INACTIVE when the last has stopped. */
  drainService(service: ServiceRecord): void {
    service.status = 'DRAINING'
    service.desiredCount = 0
    for (const deployment of service.deployments) deployment.desiredCount = 0
    this.wake(service)
  }

  /** Looks at a service soon: something about it has changed. */
  wake(service: ServiceRecord, milliseconds = FIRST_PASS_MS): void {
    if (this.#closed) return
    const at = this.#clock.now() + milliseconds
    const planned = this.#passes.get(service.serviceArn)
    if (planned !== undefined && planned.at <= at) return
    planned?.timer.cancel()
    const timer = this.#clock.after(milliseconds, () => this.#pass(service))
    this.#passes.set(service.serviceArn, {at, timer})
  }

  /** Launches a task of its own, as RunTask does. */
  runTask(order: TaskOrder): TaskRecord {
    const task = this.#factory.create(order)
    this.#lifecycle.launch(task)
    return task
  }

  /** Stops a task on behalf of a user; a service replaces it. */
  stopTask(task: TaskRecord, reason = 'Task stopped by user'): void {
    this.#lifecycle.stop(task, {stopCode: 'UserInitiated', reason})
  }

  /** Looks at every running task again: what goes wrong on purpose has changed. */
  review(): void {
    for (const task of this.state.tasks.values()) {
      if (task.desiredStatus !== 'RUNNING') continue
      this.#processes.reviewHealth(task)
      this.#spot.watch(task)
    }
  }

  /** Goes on with services and tasks of an earlier run that are in the state again: what is due first comes first. */
  resume(): void {
    const due = ({step}: TaskRecord) => step?.at ?? Number.POSITIVE_INFINITY
    const tasks = [...this.state.tasks.values()].sort((one, other) => due(one) - due(other))
    for (const task of tasks) this.#lifecycle.resume(task)
    for (const service of this.state.services.values()) this.wake(service)
    this.review()
  }

  /** Stops every timer and frees what the runtime holds; the state stays readable. */
  close(): void {
    this.#closed = true
    for (const {timer} of this.#passes.values()) timer.cancel()
    this.#passes.clear()
    this.#spot.close()
    this.#lifecycle.close()
  }

  #pass(service: ServiceRecord): void {
    this.#passes.delete(service.serviceArn)
    if (this.state.services.get(service.serviceArn) !== service) return
    const next = this.#reconciler.pass(service)
    countServiceDeployment(service)
    if (next !== undefined) this.wake(service, next)
  }

  #onChange(task: TaskRecord, change: TaskChange): void {
    if (change === 'running') this.#spot.watch(task)
    const service = this.state.serviceOf(task)
    if (service === undefined) return
    if (change === 'registered') noteTargets(service, task, 'registered')
    if (change === 'draining') noteTargets(service, task, 'deregistered')
    this.#countChange(service, task, change)
    this.wake(service, 0)
  }

  #countChange(service: ServiceRecord, task: TaskRecord, change: TaskChange): void {
    const deployment = service.deployments.find(({id}) => id === task.deploymentId)
    if (deployment === undefined) return
    if (change === 'running') countRunning(deployment)
    if (change !== 'failed-to-start') return
    const {serviceName} = service
    if (task.failure !== undefined) {
      this.#events.write(service, eventTexts.cannotPlace(serviceName, task.failure.reason))
    }
    if (countFailedLaunch(deployment, this.#clock.now())) {
      this.#events.write(service, eventTexts.inconsistent(serviceName))
    }
  }
}
