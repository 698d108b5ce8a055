import {describeTaskDefinition} from '../../../ecs/task-definitions.js'
import {logGroupName} from '../../../lib/resource-names.js'
import type {LogEvent} from '../../../logs/log-events.js'
import type {Context} from '../../context.js'
import {followSources} from '../../logs/follow-sources.js'
import {logSourcesOf} from '../../logs/log-sources.js'
import type {EndedTask, WaitForTasksOptions} from './wait-for-tasks.js'
import {untilTasksEnd} from './wait-for-tasks.js'

/** The last lines of a container reach CloudWatch Logs within seconds after its end. */
const lastLinesWithinMs = 6000

export interface FollowTasksOptions extends WaitForTasksOptions {
  readonly taskDefinition: string
  /** Milliseconds since 1970: when the tasks were started. */
  readonly startedMs: number
}

/**
 * Waits for tasks as {@link waitForTasks} does, and passes on what they write meanwhile, each line once.
 */
export async function followTasks(
  context: Pick<Context, 'aws' | 'clock' | 'signal' | 'output'>,
  options: FollowTasksOptions,
  onEvents: (events: readonly LogEvent[]) => void,
): Promise<EndedTask[]> {
  const {aws, clock} = context
  const {name, taskIds, taskDefinition, startedMs} = options
  const revision = await describeTaskDefinition(aws.ecs, taskDefinition)
  const containers = revision?.taskDefinition.containerDefinitions ?? []
  const sources = logSourcesOf(containers, {ownGroup: logGroupName('task', name), tasks: taskIds})
  const ended = new AbortController()
  const signal = AbortSignal.any([context.signal, ended.signal])
  const following = followSources(
    {aws, clock, signal},
    sources,
    {startMs: startedMs, pattern: undefined},
    onEvents,
    async () => undefined,
  )
  // The lines of the tasks stand by themselves; how each task ended is told at the end.
  const progress = {update: () => undefined, log: () => undefined}
  const waiting = untilTasksEnd({aws, clock, signal}, options, progress).then(async (tasks) => {
    await clock.sleep(lastLinesWithinMs, signal)
    return tasks
  })
  try {
    return await Promise.race([waiting, following.then(() => waiting)])
  } finally {
    ended.abort()
    await Promise.allSettled([following, waiting])
  }
}
