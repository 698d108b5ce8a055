import type {Clock} from '../clock.js'
import type {ImagesPort, LogsPort, SecretsPort} from '../ports.js'
import type {TaskDefinitionRecord, TaskRecord} from './records.js'
import {openLogs} from './task-logs.js'
import type {SecretValues} from './task-secrets.js'
import {noSecrets, resolveSecrets} from './task-secrets.js'
import type {Pulls} from './task-spec.js'
import {pullImages} from './task-spec.js'
import type {TaskTroubles} from './troubles.js'

/** How the scheduler finds the task definition of a task; absent once it is deleted for good. */
export type FindTaskDefinition = (taskDefinitionArn: string) => TaskDefinitionRecord | undefined

export interface TaskPreparationOptions {
  readonly clock: Clock
  readonly logs: LogsPort
  readonly images: ImagesPort
  readonly secrets: SecretsPort
  readonly findTaskDefinition: FindTaskDefinition
  readonly troubles: TaskTroubles
}

type Failure = NonNullable<TaskRecord['failure']>

/** What the agent does before it starts containers: secrets, log streams, then images. */
export class TaskPreparation {
  readonly #options: TaskPreparationOptions
  readonly #pulls = new Map<string, Pulls>()
  /** In memory only, until the task is gone: values of secrets are in no record. */
  readonly #secrets = new Map<string, SecretValues>()

  constructor(options: TaskPreparationOptions) {
    this.#options = options
  }

  /** The reason, beginning with `ResourceInitializationError`, why the task cannot be set up. */
  check(task: TaskRecord): Failure | undefined {
    const definition = this.#options.findTaskDefinition(task.taskDefinitionArn)
    if (definition === undefined) return undefined
    const secrets = resolveSecrets(this.#options.secrets, task, definition)
    if (secrets.outcome === 'failed') return {reason: secrets.reason}
    this.#secrets.set(task.taskArn, secrets.values)
    const reason = openLogs(this.#options.logs, task, definition)
    return reason === undefined ? undefined : {reason}
  }

  /** Pulls the images; the failure begins with `CannotPullContainerError` and names its container. */
  pull(task: TaskRecord): Failure | undefined {
    for (const container of task.containers) {
      const problem = this.#options.troubles.pullProblem(task, container)
      if (problem !== undefined) return {reason: `CannotPullContainerError: ${problem}`, container: container.name}
    }
    const pulls = pullImages(this.#options.images, task)
    for (const [container, pull] of pulls) {
      if (pull.outcome === 'failed') return {reason: `CannotPullContainerError: ${pull.reason}`, container}
    }
    this.#pulls.set(task.taskArn, pulls)
    return undefined
  }

  /** How many milliseconds longer than usual the pull of the task's images takes; they are pulled side by side. */
  pullDelay(task: TaskRecord): number {
    return Math.max(0, ...task.containers.map((container) => this.#options.troubles.pullDelay(task, container)))
  }

  /** What was pulled for the task. */
  pullsOf(task: TaskRecord): Pulls {
    return this.#pulls.get(task.taskArn) ?? pullImages(this.#options.images, task)
  }

  /** The secrets of the task, by reference: those that were fetched, or after a restart what they are now. */
  secretsOf(task: TaskRecord): SecretValues {
    const fetched = this.#secrets.get(task.taskArn)
    const definition = this.#options.findTaskDefinition(task.taskDefinitionArn)
    if (fetched !== undefined || definition === undefined) return fetched ?? noSecrets
    const again = resolveSecrets(this.#options.secrets, task, definition)
    return again.outcome === 'resolved' ? again.values : noSecrets
  }

  forget(task: TaskRecord): void {
    this.#secrets.delete(task.taskArn)
    this.#pulls.delete(task.taskArn)
  }
}
