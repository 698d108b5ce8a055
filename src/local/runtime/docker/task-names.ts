import type {TaskSpec} from '../../task-runtime.js'
import type {Labels} from './server-identity.js'
import type {TaskHost} from './task-host.js'

/** What a task's things are called in the engine, and the labels that they bear. */
export interface TaskNames {
  readonly labels: Labels
  /** Of the container that holds the task's network. */
  readonly network: string
  container(name: string): string
  volume(name: string): string
}

export function taskNames({serverId, labels}: TaskHost, {taskId}: TaskSpec): TaskNames {
  const prefix = `fargate-${serverId}-${taskId}`
  return {
    labels: {...labels, 'fargate.local.task': taskId},
    network: `${prefix}-network`,
    container: (name) => `${prefix}-${name}`,
    volume: (name) => `${prefix}-volume-${name}`,
  }
}
