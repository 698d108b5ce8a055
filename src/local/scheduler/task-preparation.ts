import type {Clock} from '../clock.js'
import type {ImagesPort, LogsPort} from '../ports.js'
import type {TaskDefinitionRecord, TaskRecord} from './records.js'
import {logFailure} from './task-logs.js'
import type {Pulls} from './task-spec.js'
import {pullImages} from './task-spec.js'

/** How the scheduler finds the task definition of a task; absent once it is deleted for good. */
export type FindTaskDefinition = (taskDefinitionArn: string) => TaskDefinitionRecord | undefined

export interface TaskPreparationOptions {
  readonly clock: Clock
  readonly logs: LogsPort
  readonly images: ImagesPort
  readonly findTaskDefinition: FindTaskDefinition
}

type Failure = NonNullable<TaskRecord['failure']>

/** What the agent does before it starts containers: log streams, then images. */
export class TaskPreparation {
  readonly #options: TaskPreparationOptions
  readonly #pulls = new Map<string, Pulls>()

  constructor(options: TaskPreparationOptions) {
    this.#options = options
  }

  /** The reason, beginning with `ResourceInitializationError`, why the task cannot be set up. */
  check(task: TaskRecord): Failure | undefined {
    const definition = this.#options.findTaskDefinition(task.taskDefinitionArn)
    const reason = definition && logFailure(this.#options.logs, task, definition)
    return reason === undefined ? undefined : {reason}
  }

  /** Pulls the images; the failure begins with `CannotPullContainerError` and names its container. */
  pull(task: TaskRecord): Failure | undefined {
    const pulls = pullImages(this.#options.images, task)
    for (const [container, pull] of pulls) {
      if (pull.outcome === 'failed') return {reason: `CannotPullContainerError: ${pull.reason}`, container}
    }
    this.#pulls.set(task.taskArn, pulls)
    return undefined
  }

  /** What was pulled for the task. */
  pullsOf(task: TaskRecord): Pulls {
    return this.#pulls.get(task.taskArn) ?? pullImages(this.#options.images, task)
  }

  forget(task: TaskRecord): void {
    this.#pulls.delete(task.taskArn)
  }
}
