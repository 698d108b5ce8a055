import type {Service} from '../../ecs/services.js'
import {describeService} from '../../ecs/services.js'
import {describeTaskDefinition} from '../../ecs/task-definitions.js'
import {AwsError} from '../../errors/errors.js'
import {lastNameOf} from '../../lib/arn.js'
import {logGroupName, logStreamName} from '../../lib/resource-names.js'
import {joinList} from '../../lib/text.js'
import type {LogEvent} from '../../logs/log-events.js'
import type {Context} from '../context.js'
import {followSources} from '../logs/follow-sources.js'
import type {LogSource} from '../logs/log-sources.js'
import {logSourcesOf, otherLogDrivers} from '../logs/log-sources.js'
import type {MissingSources} from '../logs/read-sources.js'
import {nothingMissing, readSources} from '../logs/read-sources.js'
import {unknownServiceError} from './known-service.js'

export interface ServiceLogsOptions {
  readonly cluster: string
  readonly name: string
  /** Ids or ARNs; all tasks where there are none. */
  readonly tasks: readonly string[]
  /** CloudWatch Logs filter pattern. */
  readonly filter: string | undefined
}

export interface ReadServiceLogsOptions extends ServiceLogsOptions {
  /** Milliseconds since 1970; the whole history where it is not given. */
  readonly startMs: number | undefined
  /** Milliseconds since 1970. */
  readonly endMs: number | undefined
}

export interface FollowServiceLogsOptions extends ServiceLogsOptions {
  /** Milliseconds since 1970; the last minute where it is not given. */
  readonly startMs: number | undefined
}

/** Gets events as they are read, oldest first, so that nobody needs to hold them all. */
export type OnLogEvents = (events: readonly LogEvent[]) => void

const backlogMs = 60_000

/**
 * Reads what the containers of a service wrote, also of one that is deleted while its log group stays.
 *
 * @returns the number of events
 * @throws AwsError LOG_GROUP_NOT_FOUND where there is neither service nor log group
 */
export async function readServiceLogs(
  context: Pick<Context, 'aws' | 'output'>,
  options: ReadServiceLogsOptions,
  onEvents: OnLogEvents,
): Promise<number> {
  const place = await findLogs(context, options)
  const missing = nothingMissing()
  let count = 0
  const window = {startTime: options.startMs, endTime: options.endMs, pattern: options.filter}
  for await (const events of readSources(context.aws.logs, place.sources, window, missing)) {
    count += events.length
    onEvents(events)
  }
  await explainMissing(context, options, place, missing)
  return count
}

/** As {@link readServiceLogs}, and goes on with what is written until the signal is aborted, new tasks included. */
export async function followServiceLogs(
  context: Pick<Context, 'aws' | 'output' | 'clock' | 'signal'>,
  options: FollowServiceLogsOptions,
  onEvents: OnLogEvents,
): Promise<void> {
  const place = await findLogs(context, options)
  const startMs = options.startMs ?? context.clock.now() - backlogMs
  await followSources(context, place.sources, {startMs, pattern: options.filter}, onEvents, (missing) =>
    explainMissing(context, options, place, missing),
  )
}

interface LogPlace {
  readonly service: Service | undefined
  readonly sources: readonly LogSource[]
}

/** A service that others made logs where its task definition says; one that is gone, where this program had it log. */
async function findLogs({aws}: Pick<Context, 'aws'>, {cluster, name, tasks}: ServiceLogsOptions): Promise<LogPlace> {
  const ownGroup = logGroupName('service', name)
  const ids = tasks.map(lastNameOf)
  const service = await describeService(aws.ecs, cluster, name)
  const revision = service && (await describeTaskDefinition(aws.ecs, service.taskDefinition))
  if (revision === undefined) {
    const streams = ids.map((id) => logStreamName(name, id))
    return {service, sources: [{group: ownGroup, ...(streams.length > 0 && {streams})}]}
  }
  const {containerDefinitions = []} = revision.taskDefinition
  const sources = logSourcesOf(containerDefinitions, {ownGroup, tasks: ids})
  if (sources.length > 0) return {service, sources}
  const drivers = otherLogDrivers(containerDefinitions)
  const where = drivers.length === 0 ? 'has no log driver' : `logs with ${joinList(drivers)}`
  throw new AwsError('NO_LOG_GROUP', `service ${name} ${where}, so CloudWatch Logs has nothing of it`, {
    details: {service: name, taskDefinition: revision.arn, logDrivers: drivers},
  })
}

/**
 * A log group or stream that is missing is no failure while the service is there: nothing was written yet.
 *
 * @throws AwsError LOG_GROUP_NOT_FOUND where the service is gone, too; with the services of similar names
 */
async function explainMissing(
  {aws, output}: Pick<Context, 'aws' | 'output'>,
  {cluster, name}: ServiceLogsOptions,
  {service, sources}: LogPlace,
  missing: MissingSources,
): Promise<void> {
  const isAlive = service !== undefined && service.status !== 'INACTIVE'
  if (!isAlive && sources.every((source) => isMissing(source, missing))) {
    const [{group, streams} = {group: ''}] = sources
    const besides = `there is ${streams === undefined ? 'no log group' : 'nothing of its tasks in log group'} ${group}`
    throw await unknownServiceError(aws, {cluster, name, remains: service}, {code: 'LOG_GROUP_NOT_FOUND', besides})
  }
  for (const task of tasksWithoutLog(sources, missing)) {
    output.warn(`task ${task} has no log so far: fargate service ps ${name} --all lists the tasks`)
  }
}

const isMissing = ({group, streams}: LogSource, missing: MissingSources): boolean =>
  streams === undefined ? missing.groups.has(group) : streams.every((stream) => missing.streams.has(stream))

/** A task has a stream for each of its containers that has written something. */
function tasksWithoutLog(sources: readonly LogSource[], missing: MissingSources): string[] {
  const streams = sources.flatMap((source) => source.streams ?? [])
  const written = new Set(streams.filter((stream) => !missing.streams.has(stream)).map(lastNameOf))
  return [...new Set(streams.map(lastNameOf))].filter((task) => !written.has(task))
}
