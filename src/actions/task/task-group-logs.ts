import {describeTaskDefinition} from '../../ecs/task-definitions.js'
import {lastNameOf} from '../../lib/arn.js'
import {taskDefinitionFamily} from '../../lib/resource-names.js'
import type {Context} from '../context.js'
import type {LogPlace} from '../logs/log-reading.js'
import {isMissing, warnOfTasks, workloadLogSources} from '../logs/workload-sources.js'
import {findGroupTasks, noTasksError} from './group-tasks.js'

export interface TaskGroupLogsOptions {
  readonly cluster: string
  /** Of the task group. */
  readonly name: string
  /** Ids or ARNs; all tasks where there are none. */
  readonly tasks: readonly string[]
}

/**
 * Where the containers of a task group log, also of one whose tasks have all ended: its log group stays.
 *
 * @throws AwsError NO_LOG_GROUP where they log elsewhere than in CloudWatch Logs; TASK_GROUP_NOT_FOUND, once it is read,
 *   where there is neither a task nor a log group
 */
export async function findTaskGroupLogs(
  {aws, output}: Pick<Context, 'aws' | 'output'>,
  {cluster, name, tasks}: TaskGroupLogsOptions,
): Promise<LogPlace> {
  const revision = await describeTaskDefinition(aws.ecs, taskDefinitionFamily('task', name))
  const sources = workloadLogSources({kind: 'task', name, tasks: tasks.map(lastNameOf), revision})
  return {
    sources,
    async explainMissing(missing) {
      if (sources.every((source) => isMissing(source, missing))) {
        const known = await findGroupTasks(aws, {cluster, name, stopped: true})
        if (known.length === 0) throw await noTasksError(aws, cluster, name)
      }
      warnOfTasks(output, sources, missing, `fargate task ps ${name} --all`)
    },
  }
}
