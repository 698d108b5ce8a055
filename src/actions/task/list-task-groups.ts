import type {Context} from '../context.js'
import {groupsOf} from './group-tasks.js'

export interface TaskGroupSummary {
  readonly taskGroup: string
  /** Tasks that are meant to run. */
  readonly instances: number
}

export interface TaskGroups {
  readonly cluster: string
  /** By name. */
  readonly taskGroups: readonly TaskGroupSummary[]
}

/** The task groups of which a task runs. */
export async function listTaskGroups({aws}: Pick<Context, 'aws'>, cluster: string): Promise<TaskGroups> {
  const groups = [...(await groupsOf(aws, cluster))].map(([taskGroup, tasks]) => ({taskGroup, instances: tasks.length}))
  return {cluster, taskGroups: groups.sort((one, other) => (one.taskGroup < other.taskGroup ? -1 : 1))}
}
