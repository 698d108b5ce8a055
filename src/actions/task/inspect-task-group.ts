import {inParallel} from '../../aws/batching.js'
import type {Context} from '../context.js'
import type {DefinitionSummary} from '../definition-summary.js'
import {summarizeDefinition} from '../definition-summary.js'
import {createTaskDefinitionReader} from '../task-definition-reader.js'
import type {TaskSummary} from '../task-summary.js'
import {summarizeTasks} from '../task-summary.js'
import type {GroupTasksOptions} from './group-tasks.js'
import {findGroupTasks, noTasksError} from './group-tasks.js'

export interface InspectedTask extends TaskSummary {
  /** Absent when the task definition is deleted. */
  readonly definition: DefinitionSummary | undefined
}

export interface TaskGroupInspection {
  readonly taskGroup: string
  readonly cluster: string
  readonly tasks: readonly InspectedTask[]
}

/**
 * Everything about the tasks of a group.
 *
 * @throws AwsError TASK_GROUP_NOT_FOUND when there is none; TASK_NOT_FOUND
 */
export async function inspectTaskGroup(
  {aws}: Pick<Context, 'aws'>,
  options: GroupTasksOptions,
): Promise<TaskGroupInspection> {
  const {cluster, name} = options
  const tasks = await findGroupTasks(aws, options)
  if (tasks.length === 0) throw await noTasksError(aws, cluster, name)
  const definitionOf = createTaskDefinitionReader(aws.ecs)
  const summaries = await summarizeTasks({ec2: aws.ec2, definitionOf}, tasks, {service: name})
  const inspected = await inParallel(summaries, async (task) => {
    const revision = await definitionOf(task.taskDefinition)
    return {...task, definition: revision && summarizeDefinition(revision.taskDefinition, {service: name})}
  })
  return {taskGroup: name, cluster, tasks: inspected}
}
