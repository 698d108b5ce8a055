import type {TaskStopCode} from '@aws-sdk/client-ecs'
import type {Clock, Timer} from '../clock.js'
import type {NetworkPort, TargetGroupsPort} from '../ports.js'
import * as durations from './durations.js'
import type {TaskRecord, TaskStatus, TaskStep} from './records.js'
import type {SchedulerState} from './state.js'
import {attachNetwork, deregisterTargets, detachNetwork, registerTargets} from './task-network.js'
import type {TaskPreparation} from './task-preparation.js'
import type {TaskProcesses} from './task-processes.js'
import type {TaskTroubles} from './troubles.js'

/** What the service scheduler wants to hear of a task. */
export type TaskChange =
  | 'registered'
  | 'running'
  | 'health'
  | 'failed-to-start'
  | 'exited'
  | 'stopping'
  | 'draining'
  | 'stopped'

export interface TaskLifecycleOptions {
  readonly clock: Clock
  readonly state: SchedulerState
  readonly network: NetworkPort
  readonly targetGroups: TargetGroupsPort
  readonly preparation: TaskPreparation
  readonly processes: TaskProcesses
  readonly troubles: TaskTroubles
  readonly onChange: (task: TaskRecord, change: TaskChange) => void
}

/** AWS ends tasks with a TerminationNotice when what they run on goes away. */
const LOST_REASON =
  'The local AWS was stopped or the containers were removed: nothing of this task is left to go on with.'

/** Why a task is stopped. */
export interface StopCause {
  readonly stopCode: TaskStopCode
  readonly reason: string
}

/**
 * Takes each task through its states: PROVISIONING, PENDING, ACTIVATING, RUNNING, DEACTIVATING, STOPPING,
 * DEPROVISIONING, STOPPED. What comes next, and when, is in the task's record; a timer here only waits for it.
 */
export class TaskLifecycle {
  readonly #options: TaskLifecycleOptions
  readonly #timers = new Map<string, Timer>()

  constructor(options: TaskLifecycleOptions) {
    this.#options = options
    options.processes.listen({
      started: (task) => this.#started(task),
      healthChanged: (task) => options.onChange(task, 'health'),
      failedToStart: (task, reason) => {
        task.failure = {reason}
        this.#failToStart(task, reason)
      },
      essentialExited: (task) => this.#essentialExited(task),
      allExited: (task) => this.#allExited(task),
    })
  }

  /** Starts the life of a new task. */
  launch(task: TaskRecord): void {
    const {state, troubles, clock} = this.#options
    state.addTask(task)
    const wait = Math.max(0, (task.instanceReadyAt ?? 0) - clock.now()) + troubles.interfaceDelay(task, 'attach')
    this.#schedule(task, 'attach', wait + durations.PROVISION_MS)
  }

  /** Asks a task to stop; the first cause is the one that stays. */
  stop(task: TaskRecord, {stopCode, reason}: StopCause): void {
    if (task.desiredStatus === 'STOPPED') return
    task.desiredStatus = 'STOPPED'
    task.stopCode = stopCode
    task.stoppedReason = reason
    task.stoppingAt = this.#options.clock.now()
    this.#options.onChange(task, 'stopping')
    const drain = this.#deregister(task)
    if (this.#options.processes.isRunning(task)) {
      this.#enter(task, drain > 0 ? 'DEACTIVATING' : 'STOPPING')
      // The warning of Spot is SIGTERM, and it does not wait for connections to drain.
      this.#schedule(task, 'stop-containers', stopCode === 'SpotInterruption' ? 0 : drain)
    } else {
      if (task.lastStatus === 'RUNNING' || task.lastStatus === 'ACTIVATING') this.#enter(task, 'STOPPING')
      this.#schedule(task, 'deprovision', 0)
    }
  }

  /**
   * Goes on with a task of an earlier run. What is overdue happens at once; a task of which the runtime has nothing left
   * stops.
   */
  resume(task: TaskRecord): void {
    const {preparation, processes, clock} = this.#options
    if (task.runtime !== undefined && !processes.resume(task)) {
      this.#lose(task)
      return
    }
    if (task.step === undefined) return
    const {name, at} = task.step
    // What was fetched for the containers was in memory only.
    const failure = name === 'pull' || name === 'start' ? preparation.check(task) : undefined
    if (failure !== undefined) task.failure ??= failure
    this.#schedule(task, name, Math.max(0, at - clock.now()))
  }

  close(): void {
    for (const timer of this.#timers.values()) timer.cancel()
    this.#timers.clear()
    this.#options.processes.close()
  }

  #lose(task: TaskRecord): void {
    const {processes, clock} = this.#options
    processes.forget(task)
    task.executionStoppedAt = clock.now()
    if (task.desiredStatus === 'RUNNING') this.stop(task, {stopCode: 'TerminationNotice', reason: LOST_REASON})
    else this.#schedule(task, 'deprovision', 0)
  }

  #schedule(task: TaskRecord, name: TaskStep, milliseconds: number): void {
    this.#options.state.tasks.touch(task.taskArn)
    task.step = {name, at: this.#options.clock.now() + milliseconds}
    this.#timers.get(task.taskArn)?.cancel()
    this.#timers.set(
      task.taskArn,
      this.#options.clock.after(milliseconds, () => this.#run(task)),
    )
  }

  #run(task: TaskRecord): void {
    const step = task.step?.name
    this.#options.state.tasks.touch(task.taskArn)
    this.#timers.delete(task.taskArn)
    delete task.step
    if (step !== undefined) this.#steps[step](task)
  }

  #enter(task: TaskRecord, status: TaskStatus): void {
    if (task.lastStatus === status) return
    this.#options.state.tasks.touch(task.taskArn)
    task.lastStatus = status
    task.version++
  }

  readonly #steps: Record<TaskStep, (task: TaskRecord) => void> = {
    attach: (task) => this.#attach(task),
    prepare: (task) => this.#prepare(task),
    pull: (task) => this.#pull(task),
    start: (task) => this.#start(task),
    report: (task) => this.#report(task),
    run: (task) => this.#becomeRunning(task),
    'stop-containers': (task) => {
      this.#enter(task, 'STOPPING')
      this.#options.processes.stop(task)
    },
    deprovision: (task) => this.#deprovision(task),
    finish: (task) => this.#finish(task),
    forget: (task) => this.#options.state.removeTask(task),
  }

  #attach(task: TaskRecord): void {
    const reason = attachNetwork(this.#options.network, task)
    if (reason !== undefined) {
      task.failure = {reason}
      this.#failToStart(task, reason)
      return
    }
    task.connectivityAt = this.#options.clock.now()
    this.#enter(task, 'PENDING')
    this.#schedule(task, 'prepare', durations.PULL_START_MS)
  }

  #prepare(task: TaskRecord): void {
    task.pullStartedAt = this.#options.clock.now()
    const failure = this.#options.preparation.check(task)
    if (failure !== undefined) task.failure = failure
    this.#schedule(task, 'pull', failure === undefined ? 0 : durations.INITIALIZATION_FAILURE_MS)
  }

  #pull(task: TaskRecord): void {
    if (this.#failed(task)) return
    const {preparation} = this.#options
    const failure = preparation.pull(task)
    if (failure !== undefined) task.failure = failure
    const pullMs = failure === undefined ? durations.PULL_MS : durations.PULL_FAILURE_MS
    this.#schedule(task, 'start', pullMs + preparation.pullDelay(task))
  }

  #start(task: TaskRecord): void {
    task.pullStoppedAt = this.#options.clock.now()
    if (this.#failed(task)) return
    if (!this.#options.processes.start(task)) this.#schedule(task, 'start', durations.SAVE_RETRY_MS)
  }

  #started(task: TaskRecord): void {
    if (task.desiredStatus === 'RUNNING') this.#schedule(task, 'report', this.#options.processes.startReportMs)
  }

  #report(task: TaskRecord): void {
    if (task.targets.length === 0) {
      this.#becomeRunning(task)
      return
    }
    this.#enter(task, 'ACTIVATING')
    registerTargets(this.#options.targetGroups, task)
    this.#options.onChange(task, 'registered')
    this.#schedule(task, 'run', durations.ACTIVATION_MS)
  }

  #becomeRunning(task: TaskRecord): void {
    task.startedAt = this.#options.clock.now()
    this.#enter(task, 'RUNNING')
    this.#options.onChange(task, 'running')
  }

  /** Stops a task whose present start is known to fail; tells whether it was so. */
  #failed(task: TaskRecord): boolean {
    const {failure} = task
    if (failure === undefined) return false
    const container = task.containers.find(({name}) => name === failure.container)
    if (container !== undefined) container.reason = failure.reason
    this.#failToStart(task, failure.reason)
    return true
  }

  #failToStart(task: TaskRecord, reason: string): void {
    this.#options.onChange(task, 'failed-to-start')
    this.stop(task, {stopCode: 'TaskFailedToStart', reason})
  }

  #essentialExited(task: TaskRecord): void {
    if (task.desiredStatus === 'STOPPED') return
    this.#options.onChange(task, task.startedAt === undefined ? 'failed-to-start' : 'exited')
    this.stop(task, {stopCode: 'EssentialContainerExited', reason: 'Essential container in task exited'})
  }

  #allExited(task: TaskRecord): void {
    task.executionStoppedAt = this.#options.clock.now()
    if (task.desiredStatus === 'RUNNING') {
      this.stop(task, {stopCode: 'EssentialContainerExited', reason: 'Essential container in task exited'})
      return
    }
    if (task.lastStatus === 'DEPROVISIONING' || task.lastStatus === 'STOPPED') return
    this.#schedule(task, 'deprovision', durations.STOP_REPORT_MS)
  }

  #deregister(task: TaskRecord): number {
    if (!task.targetsRegistered) return 0
    const drain = deregisterTargets(this.#options.targetGroups, task)
    this.#options.onChange(task, 'draining')
    return drain
  }

  #deprovision(task: TaskRecord): void {
    this.#options.processes.dispose(task)
    for (const container of task.containers) container.lastStatus = 'STOPPED'
    this.#enter(task, 'DEPROVISIONING')
    const late = this.#options.troubles.interfaceDelay(task, 'detach')
    this.#schedule(task, 'finish', durations.DEPROVISION_MS + late)
  }

  #finish(task: TaskRecord): void {
    const {network, clock, onChange} = this.#options
    detachNetwork(network, task)
    task.stoppedAt = clock.now()
    this.#enter(task, 'STOPPED')
    this.#schedule(task, 'forget', durations.STOPPED_TASK_RETENTION_MS)
    onChange(task, 'stopped')
  }
}
