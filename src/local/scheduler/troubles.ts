import type {ContainerRecord, TaskRecord} from './records.js'

/** What may go wrong with a task that nothing in its definition says. */
export interface TaskTroubles {
  /** How many milliseconds longer than usual the network interface takes to come, or to go. */
  interfaceDelay(task: TaskRecord, phase: 'attach' | 'detach'): number
  /** Why an image cannot be pulled, as the agent states it after `CannotPullContainerError: `. */
  pullProblem(task: TaskRecord, container: ContainerRecord): string | undefined
  /** How many milliseconds longer than usual the pull of an image takes. */
  pullDelay(task: TaskRecord, container: ContainerRecord): number
  /** Whether the health check of a container fails, whatever the container does. */
  failsHealthCheck(task: TaskRecord, container: ContainerRecord): boolean
  /** How many milliseconds after it is RUNNING a task on Fargate Spot is taken back; undefined where it is not. */
  spotInterruption(task: TaskRecord): number | undefined
}

/** Nothing goes wrong. */
export const noTroubles: TaskTroubles = {
  interfaceDelay: () => 0,
  pullProblem: () => undefined,
  pullDelay: () => 0,
  failsHealthCheck: () => false,
  spotInterruption: () => undefined,
}
