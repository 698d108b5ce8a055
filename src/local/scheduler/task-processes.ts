import type {Clock, Timer} from '../clock.js'
import type {ContainerSpec, LogsPort, RunningTask, TaskEvents, TaskRuntime} from '../ports.js'
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

  /** Runs the task's containers. Without its definition nothing can run, and the task ends at once. */
  start(task: TaskRecord): void {
    const {findTaskDefinition, preparation, runtime} = this.#options
    const definition = findTaskDefinition(task.taskDefinitionArn)
    if (definition === undefined) {
      this.#listener?.allExited(task)
      return
    }
    // A simulated container has no use for secrets, and what is not handed out cannot be seen.
    const secrets = runtime.kind === 'docker' ? preparation.secretsOf(task) : noSecrets
    const spec = taskSpec(task, definition, {pulls: preparation.pullsOf(task), secrets})
    const timers: Timer[] = []
    const onChange = () => this.#listener?.healthChanged(task)
    const health = new ContainerHealth({...this.#options, onChange}, task, spec.containers)
    for (const container of spec.containers) this.#prepareRecord(task, container)
    const running = runtime.run(spec, this.#events(task, definition, spec.containers, {timers, health}))
    this.#processes.set(task.taskArn, {running, timers, health})
  }

  stop(task: TaskRecord): void {
    this.#processes.get(task.taskArn)?.running.stop()
  }

  dispose(task: TaskRecord): void {
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
    return {
      started: (name) => this.#started(task, name, specs, own),
      exited: (name, exit) => this.#exited(task, name, exit),
      failed: (reason, name) => this.#failed(task, reason, name),
      output: (name, line) => writeLog(this.#options, task, definition, name, line),
      health: (name, status) => {
        const container = findContainer(task, name)
        if (container !== undefined) own.health.report(container, status)
      },
    }
  }

  #started(
    task: TaskRecord,
    name: string,
    specs: readonly ContainerSpec[],
    {timers, health}: Omit<Process, 'running'>,
  ): void {
    const container = findContainer(task, name)
    if (container === undefined || container.lastStatus !== 'PENDING') return
    container.lastStatus = 'RUNNING'
    const check = specs.find((spec) => spec.name === name)?.healthCheck
    if (check !== undefined && this.#options.runtime.checksHealth !== true) {
      const wait = check.startPeriodSeconds * 1000 + UNREPORTED_HEALTH_MS
      const assume = () => {
        if (container.healthStatus === 'UNKNOWN') health.report(container, 'HEALTHY')
      }
      timers.push(this.#options.clock.after(wait, assume))
    }
    if (task.containers.every(({lastStatus}) => lastStatus !== 'PENDING')) this.#listener?.started(task)
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

const findContainer = (task: TaskRecord, name: string): ContainerRecord | undefined =>
  task.containers.find((container) => container.name === name)
