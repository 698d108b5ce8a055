import type {TaskDefinitionRevision} from '../../ecs/task-definitions.js'
import {AwsError} from '../../errors/errors.js'
import {lastNameOf} from '../../lib/arn.js'
import type {WorkloadKind} from '../../lib/resource-names.js'
import {logGroupName, logStreamName} from '../../lib/resource-names.js'
import {joinList} from '../../lib/text.js'
import type {Output} from '../../output/output.js'
import type {LogSource} from './log-sources.js'
import {logSourcesOf, otherLogDrivers} from './log-sources.js'
import type {MissingSources} from './read-sources.js'

export interface Workload {
  readonly kind: WorkloadKind
  readonly name: string
  /** Ids; all tasks where there are none. */
  readonly tasks: readonly string[]
  /** What its tasks run; undefined where that is gone. */
  readonly revision: TaskDefinitionRevision | undefined
}

const titles: Readonly<Record<WorkloadKind, string>> = {service: 'service', task: 'task group'}

/**
 * Where a service or task group logs: where its task definition says, or else where this program has them log.
 *
 * @throws AwsError NO_LOG_GROUP where no container logs to CloudWatch Logs
 */
export function workloadLogSources({kind, name, tasks, revision}: Workload): LogSource[] {
  const ownGroup = logGroupName(kind, name)
  if (revision === undefined) {
    const streams = tasks.map((id) => logStreamName(name, id))
    return [{group: ownGroup, ...(streams.length > 0 && {streams})}]
  }
  const {containerDefinitions = []} = revision.taskDefinition
  const sources = logSourcesOf(containerDefinitions, {ownGroup, tasks})
  if (sources.length > 0) return sources
  const drivers = otherLogDrivers(containerDefinitions)
  const where = drivers.length === 0 ? 'has no log driver' : `logs with ${joinList(drivers)}`
  throw new AwsError('NO_LOG_GROUP', `${titles[kind]} ${name} ${where}, so CloudWatch Logs has nothing of it`, {
    details: {[kind]: name, taskDefinition: revision.arn, logDrivers: drivers},
  })
}

/** Whether nothing was written to a source so far, or it is gone. */
export const isMissing = ({group, streams}: LogSource, missing: MissingSources): boolean =>
  streams === undefined ? missing.groups.has(group) : streams.every((stream) => missing.streams.has(stream))

/** Names the tasks that were asked for and have written nothing; nobody else knows whether they exist. */
export function warnOfTasks(
  output: Pick<Output, 'warn'>,
  sources: readonly LogSource[],
  missing: MissingSources,
  listTasks: string,
): void {
  const streams = sources.flatMap((source) => source.streams ?? [])
  // A task has a stream for each of its containers that has written something.
  const written = new Set(streams.filter((stream) => !missing.streams.has(stream)).map(lastNameOf))
  for (const task of new Set(streams.map(lastNameOf))) {
    if (!written.has(task)) output.warn(`task ${task} has no log so far: ${listTasks} lists the tasks`)
  }
}
