import type {Context} from '../context.js'
import {createTaskDefinitionReader} from '../task-definition-reader.js'
import type {TaskSummary} from '../task-summary.js'
import {summarizeTasks} from '../task-summary.js'
import type {GroupTasksOptions} from './group-tasks.js'
import {findGroupTasks} from './group-tasks.js'

export interface GroupTasks {
  readonly taskGroup: string
  readonly cluster: string
  readonly tasks: readonly TaskSummary[]
}

/** The tasks of a group, with their addresses. */
export async function listGroupTasks({aws}: Pick<Context, 'aws'>, options: GroupTasksOptions): Promise<GroupTasks> {
  const {cluster, name} = options
  const tasks = await findGroupTasks(aws, options)
  const needs = {ec2: aws.ec2, definitionOf: createTaskDefinitionReader(aws.ecs)}
  return {taskGroup: name, cluster, tasks: await summarizeTasks(needs, tasks, {service: name})}
}
