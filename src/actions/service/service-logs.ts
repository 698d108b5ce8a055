import {describeService} from '../../ecs/services.js'
import {describeTaskDefinition} from '../../ecs/task-definitions.js'
import {lastNameOf} from '../../lib/arn.js'
import type {Context} from '../context.js'
import type {LogPlace} from '../logs/log-reading.js'
import {isMissing, warnOfTasks, workloadLogSources} from '../logs/workload-sources.js'
import {unknownServiceError} from './known-service.js'

export interface ServiceLogsOptions {
  readonly cluster: string
  readonly name: string
  /** Ids or ARNs; all tasks where there are none. */
  readonly tasks: readonly string[]
}

/**
 * Where the containers of a service log. A service that others made logs where its task definition says; one that is
 * gone, where this program had it log.
 *
 * @throws AwsError NO_LOG_GROUP where they log elsewhere than in CloudWatch Logs; LOG_GROUP_NOT_FOUND, once it is read,
 *   where there is neither service nor log group
 */
export async function findServiceLogs(
  {aws, output}: Pick<Context, 'aws' | 'output'>,
  options: ServiceLogsOptions,
): Promise<LogPlace> {
  const {cluster, name, tasks} = options
  const service = await describeService(aws.ecs, cluster, name)
  const revision = service && (await describeTaskDefinition(aws.ecs, service.taskDefinition))
  const ids = tasks.map(lastNameOf)
  const sources = workloadLogSources({kind: 'service', name, tasks: ids, revision})
  return {
    sources,
    async explainMissing(missing) {
      const isAlive = service !== undefined && service.status !== 'INACTIVE'
      if (!isAlive && sources.every((source) => isMissing(source, missing))) {
        const [{group, streams} = {group: ''}] = sources
        const besides = `there is ${streams === undefined ? 'no log group' : 'nothing of its tasks in log group'} ${group}`
        throw await unknownServiceError(aws, {cluster, name, remains: service}, {code: 'LOG_GROUP_NOT_FOUND', besides})
      }
      warnOfTasks(output, sources, missing, `fargate service ps ${name} --all`)
    },
  }
}
