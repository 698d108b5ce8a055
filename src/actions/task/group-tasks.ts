import type {Task} from '../../ecs/tasks.js'
import {describeTasks, listTasks} from '../../ecs/tasks.js'
import {AwsError} from '../../errors/errors.js'
import {closest} from '../../lib/closest.js'
import {taskDefinitionFamily, taskGroupMarker, taskGroupOf} from '../../lib/resource-names.js'
import type {Context} from '../context.js'
import {didYouMean} from '../did-you-mean.js'

type Aws = Pick<Context['aws'], 'ecs'>

export interface GroupTasksOptions {
  readonly cluster: string
  /** Of the task group. */
  readonly name: string
  /** Ids or ARNs; all tasks of the group where there are none. */
  readonly taskIds?: readonly string[]
  /** Tasks that were stopped too; ECS remembers them for about an hour. */
  readonly stopped: boolean
}

/**
 * The tasks of a group: those that were started with its marker.
 *
 * @throws AwsError TASK_NOT_FOUND when one of `taskIds` is not of the group
 */
export async function findGroupTasks({ecs}: Aws, options: GroupTasksOptions): Promise<Task[]> {
  const {cluster, name, taskIds = [], stopped} = options
  const startedBy = taskGroupMarker(name)
  const [running, ended] = await Promise.all([
    // ListTasks takes `startedBy` only as the only filter, and answers running tasks then.
    listTasks(ecs, cluster, {startedBy}),
    stopped || taskIds.length > 0
      ? listTasks(ecs, cluster, {family: taskDefinitionFamily('task', name), desiredStatus: 'STOPPED'})
      : [],
  ])
  const described = await describeTasks(ecs, cluster, [...new Set([...running, ...ended])])
  const tasks = described.filter((task) => task.startedBy === startedBy)
  if (taskIds.length === 0) return tasks
  return taskIds.map((id) => {
    const task = tasks.find((each) => each.id === id || each.arn === id)
    if (task !== undefined) return task
    throw new AwsError('TASK_NOT_FOUND', `task ${id} is not one of task group ${name} in cluster ${cluster}`, {
      details: {task: id, taskGroup: name, cluster},
      hints: [`fargate task ps ${name} --all --cluster ${cluster}`],
    })
  })
}

/** All running tasks of the cluster that were started as part of a task group, by its name. */
export async function groupsOf({ecs}: Aws, cluster: string): Promise<Map<string, Task[]>> {
  const tasks = await describeTasks(ecs, cluster, await listTasks(ecs, cluster, {}))
  const groups = new Map<string, Task[]>()
  for (const task of tasks) {
    const name = taskGroupOf(task.startedBy)
    if (name !== undefined) groups.set(name, [...(groups.get(name) ?? []), task])
  }
  return groups
}

/** A group is there as long as a task of it runs; one that is mistyped looks like one that has ended. */
export async function noTasksError(aws: Aws, cluster: string, name: string): Promise<AwsError> {
  const similar = closest(name, [...(await groupsOf(aws, cluster)).keys()])
  return new AwsError(
    'TASK_GROUP_NOT_FOUND',
    `no task of group ${name} runs in cluster ${cluster}${didYouMean(similar)}`,
    {
      details: {taskGroup: name, cluster, similar},
      hints: [`fargate task list --cluster ${cluster}`, `fargate task ps ${name} --all --cluster ${cluster}`],
    },
  )
}
