import type {Clock, Timer} from '../clock.js'
import type {LogsPort} from '../ports.js'
import type {ContainerSpec, RunningTask, TaskEvents, TaskProgress, TaskRuntime} from '../task-runtime.js'
import {ContainerHealth} from './container-health.js'
import {START_REPORT_MS, UNREPORTED_HEALTH_MS} from './durations.js'
import type {RandomSource} from './ids.js'
import {newNumber} from './ids.js'
import type {ContainerRecord, TaskDefinitionRecord, TaskRecord} from './records.js'
import {writeLog} from './task-logs.js'
import type {FindTaskDefinition, TaskPreparation} from './task-preparation.js'
import {noSecrets} from './task-secrets.js'
import {taskSpec} from './task-spec.js'
import type {TaskTroubles} from './troubles.js'

export interface TaskProcessesOptions {
  readonly clock: Clock
  readonly logs: LogsPort
  readonly runtime: TaskRuntime
  readonly random: RandomSource
  readonly preparation: TaskPreparation
  readonly findTaskDefinition: FindTaskDefinition
  readonly troubles: TaskTroubles
  /** To be called before a record of a task changes. */
  readonly touch: (task: TaskRecord) => void
  /** Saves all state at once; tells whether it could. */
  readonly save?: (() => boolean) | undefined
}

/** What the life cycle wants to hear of a task's containers. */
export interface ProcessListener {
  started(task: TaskRecord): void
  essentialExited(task: TaskRecord): void
  failedToStart(task: TaskRecord, reason: string): void
  allExited(task: TaskRecord): void
  healthChanged(task: TaskRecord): void
}

interface Process {
  readonly running: RunningTask
  readonly timers: Timer[]
  readonly health: ContainerHealth
}

/** The containers of tasks in the runtime: keeps their records and their output. */
export class TaskProcesses {
  readonly #options: TaskProcessesOptions
  readonly #processes = new Map<string, Process>()
  #listener: ProcessListener | undefined

  constructor(options: TaskProcessesOptions) {
    this.#options = options
  }

  listen(listener: ProcessListener): void {
    this.#listener = listener
  }

  /**
   * From the start of the containers until the agent's report reaches ECS, in milliseconds. Programs that are slower
   * than the clock have as long as on AWS: one that ends sooner was never RUNNING.
   */
  get startReportMs(): number {
    return START_REPORT_MS * (this.#options.runtime.clockSpeed ?? 1)
  }

  /** Whether containers of the task may still run. */
  isRunning(task: TaskRecord): boolean {
    return this.#processes.has(task.taskArn) && task.containers.some(({lastStatus}) => lastStatus !== 'STOPPED')
  }

  /**
   * Runs the task's containers. Without its definition nothing can run, and the task ends at once.
   *
   * @returns false where it could not be saved that they start: then they do not, since they could start twice
   */
  start(task: TaskRecord): boolean {
    const {runtime, clock, save} = this.#options
    const plan = this.#plan(task)
    if (plan === undefined) {
      this.#listener?.allExited(task)
      return true
    }
    const {spec, events, own} = plan
    for (const container of spec.containers) this.#prepareRecord(task, container)
    task.runtime = {kind: runtime.kind, since: clock.now()}
    // What is simulated starts again as well as it goes on.
    if (runtime.kind === 'docker' && save?.() === false) {
      delete task.runtime
      return false
    }
    this.#processes.set(task.taskArn, {running: runtime.run(spec, events), ...own})
    return true
  }

  /** Goes on with the containers of an earlier run; tells whether the runtime has anything left of them. */
  resume(task: TaskRecord): boolean {
    const {runtime} = this.#options
    const plan = task.runtime?.kind === runtime.kind ? this.#plan(task) : undefined
    if (plan === undefined) return false
    const {spec, events, own} = plan
    const running = runtime.resume?.(spec, events, progressOf(task))
    if (running === undefined) return false
    this.#processes.set(task.taskArn, {running, ...own})
    for (const {name, lastStatus} of task.containers) {
      if (lastStatus === 'RUNNING') this.#assumeHealthy(task, name, spec.containers, own)
    }
    return true
  }

  stop(task: TaskRecord): void {
    if (task.runtime !== undefined) task.runtime = {...task.runtime, stoppingSince: this.#options.clock.now()}
    this.#processes.get(task.taskArn)?.running.stop()
  }

  /** Notes that the runtime has nothing of a task. */
  forget(task: TaskRecord): void {
    delete task.runtime
    for (const container of task.containers) container.lastStatus = 'STOPPED'
  }

  dispose(task: TaskRecord): void {
    delete task.runtime
    this.#options.preparation.forget(task)
    const process = this.#processes.get(task.taskArn)
    if (process === undefined) return
    this.#processes.delete(task.taskArn)
    end(process)
  }

  /** Looks at the health of a task's containers again: what makes it fail has come or gone. */
  reviewHealth(task: TaskRecord): void {
    this.#processes.get(task.taskArn)?.health.review()
  }

  close(): void {
    for (const process of this.#processes.values()) end(process)
    this.#processes.clear()
  }

  #plan(task: TaskRecord) {
    const {findTaskDefinition, preparation, runtime} = this.#options
    const definition = findTaskDefinition(task.taskDefinitionArn)
    if (definition === undefined) return undefined
    // A simulated container has no use for secrets, and what is not handed out cannot be seen.
    const secrets = runtime.kind === 'docker' ? preparation.secretsOf(task) : noSecrets
    const spec = taskSpec(task, definition, {pulls: preparation.pullsOf(task), secrets})
    const onChange = () => {
      this.#options.touch(task)
      this.#listener?.healthChanged(task)
    }
    const own = {timers: [], health: new ContainerHealth({...this.#options, onChange}, task, spec.containers)}
    return {spec, own, events: this.#events(task, definition, spec.containers, own)}
  }

  #prepareRecord(task: TaskRecord, {name, imageDigest}: ContainerSpec): void {
    const container = findContainer(task, name)
    if (container === undefined) return
    container.runtimeId = `${task.taskId}-${newNumber(this.#options.random, 10)}`
    if (imageDigest !== undefined) container.imageDigest = imageDigest
  }

  #events(
    task: TaskRecord,
    definition: TaskDefinitionRecord,
    specs: readonly ContainerSpec[],
    own: Omit<Process, 'running'>,
  ): TaskEvents {
    const touching =
      <Rest extends unknown[]>(handle: (name: string, ...rest: Rest) => void) =>
      (name: string, ...rest: Rest) => {
        this.#options.touch(task)
        handle(name, ...rest)
      }
    return {
      started: touching((name) => this.#started(task, name, specs, own)),
      exited: touching((name, exit) => this.#exited(task, name, exit)),
      failed: (reason, name) => {
        this.#options.touch(task)
        this.#failed(task, reason, name)
      },
      output: touching((name, line, position) => {
        writeLog(this.#options, task, definition, name, line)
        const container = findContainer(task, name)
        if (container !== undefined && position !== undefined) container.outputPosition = position
      }),
      health: touching((name, status) => {
        const container = findContainer(task, name)
        if (container !== undefined) own.health.report(container, status)
      }),
    }
  }

  #started(task: TaskRecord, name: string, specs: readonly ContainerSpec[], own: Omit<Process, 'running'>): void {
    const container = findContainer(task, name)
    if (container === undefined || container.lastStatus !== 'PENDING') return
    container.lastStatus = 'RUNNING'
    container.startedAt = this.#options.clock.now()
    this.#assumeHealthy(task, name, specs, own)
    if (task.containers.every(({lastStatus}) => lastStatus !== 'PENDING')) this.#listener?.started(task)
  }

  /** Where nobody runs the health check of a container it counts as passed some time after the start. */
  #assumeHealthy(
    task: TaskRecord,
    name: string,
    specs: readonly ContainerSpec[],
    {timers, health}: Omit<Process, 'running'>,
  ): void {
    const {clock, runtime, touch} = this.#options
    const container = findContainer(task, name)
    const check = specs.find((spec) => spec.name === name)?.healthCheck
    if (container === undefined || check === undefined || runtime.checksHealth === true) return
    const due = (container.startedAt ?? clock.now()) + check.startPeriodSeconds * 1000 + UNREPORTED_HEALTH_MS
    const assume = () => {
      if (container.healthStatus !== 'UNKNOWN') return
      touch(task)
      health.report(container, 'HEALTHY')
    }
    timers.push(clock.after(Math.max(0, due - clock.now()), assume))
  }

  #exited(task: TaskRecord, name: string, exit: {exitCode?: number; reason?: string}): void {
    const container = findContainer(task, name)
    if (container === undefined || container.lastStatus === 'STOPPED') return
    container.lastStatus = 'STOPPED'
    if (exit.exitCode !== undefined) container.exitCode = exit.exitCode
    if (exit.reason !== undefined) container.reason = exit.reason
    const last = task.containers.every(({lastStatus}) => lastStatus === 'STOPPED')
    if (container.essential) this.#listener?.essentialExited(task)
    if (last) this.#listener?.allExited(task)
  }

  /** A task that has been told to stop is not held to have failed. */
  #failed(task: TaskRecord, reason: string, name: string | undefined): void {
    const container = name === undefined ? undefined : findContainer(task, name)
    if (container !== undefined && container.lastStatus !== 'STOPPED') {
      container.lastStatus = 'STOPPED'
      container.reason = reason
    }
    if (task.desiredStatus === 'RUNNING') this.#listener?.failedToStart(task, reason)
    else if (task.containers.every(({lastStatus}) => lastStatus === 'STOPPED')) this.#listener?.allExited(task)
  }
}

function end({running, timers, health}: Process): void {
  for (const timer of timers) timer.cancel()
  health.close()
  running.dispose()
}

const progressOf = (task: TaskRecord): TaskProgress => ({
  since: task.runtime?.since ?? 0,
  ...(task.runtime?.stoppingSince === undefined ? {} : {stoppingSince: task.runtime.stoppingSince}),
  containers: new Map(
    task.containers.map(({name, lastStatus, startedAt, reportedHealth, outputPosition}) => [
      name,
      {
        status: lastStatus,
        ...(startedAt === undefined ? {} : {startedAt}),
        ...(reportedHealth === undefined ? {} : {health: reportedHealth}),
        ...(outputPosition === undefined ? {} : {outputPosition}),
      },
    ]),
  ),
})

const findContainer = (task: TaskRecord, name: string): ContainerRecord | undefined =>
  task.containers.find((container) => container.name === name)
