import {inParallel} from '../../aws/batching.js'
import {stopTask} from '../../ecs/tasks.js'
import type {Context} from '../context.js'
import {findGroupTasks} from './group-tasks.js'
import {waitForTasks} from './run/wait-for-tasks.js'

export interface StopTasksOptions {
  readonly cluster: string
  /** Of the task group. */
  readonly name: string
  /** Ids or ARNs; all running tasks of the group where there are none. */
  readonly taskIds: readonly string[]
  readonly wait: boolean
  readonly timeoutMs: number
  readonly dryRun: boolean
}

export interface StoppedTasks {
  readonly taskGroup: string
  readonly cluster: string
  /** The ids of the tasks that this command has stopped; in a dry run those that it would stop. */
  readonly stopped: readonly string[]
  readonly dryRun: boolean
}

/**
 * Stops tasks of a group; those that have ended are left as they are.
 *
 * @throws AwsError TASK_NOT_FOUND when one of `taskIds` is not of the group, before any is stopped
 */
export async function stopTasks(
  context: Pick<Context, 'aws' | 'clock' | 'signal' | 'output'>,
  options: StopTasksOptions,
): Promise<StoppedTasks> {
  const {aws} = context
  const {cluster, name, taskIds, wait, timeoutMs, dryRun} = options
  const tasks = await findGroupTasks(aws, {cluster, name, taskIds, stopped: false})
  const running = tasks.filter(({desiredStatus}) => desiredStatus !== 'STOPPED').map(({id}) => id)
  if (dryRun) return {taskGroup: name, cluster, stopped: running, dryRun}
  const known = await inParallel(running, (id) => stopTask(aws.ecs, cluster, id, 'Stopped by fargate task stop'))
  const stopped = running.filter((_id, index) => known[index])
  if (wait && stopped.length > 0) await waitForTasks(context, {cluster, name, taskIds: stopped, timeoutMs})
  return {taskGroup: name, cluster, stopped, dryRun}
}
