import {isAwsError} from '../../aws/errors.js'
import type {LogEvent, LogQuery} from '../../logs/log-events.js'
import {readLogEvents} from '../../logs/log-events.js'
import type {Logs} from '../../logs/sdk.js'
import type {LogSource} from './log-sources.js'
import {mergeByTime} from './merge-by-time.js'

export type LogWindow = Pick<LogQuery, 'startTime' | 'endTime' | 'pattern'>

/** What CloudWatch Logs does not have. */
export interface MissingSources {
  readonly groups: Set<string>
  /** Named streams; their group can be the one that is missing. */
  readonly streams: Set<string>
}

export const nothingMissing = (): MissingSources => ({groups: new Set(), streams: new Set()})

/** FilterLogEvents takes at most 100 stream names. */
const streamLimit = 100

/**
 * Reads several sources as one, oldest event first, with one page of each in memory.
 *
 * @param missing is told of groups and streams that do not exist; they count as empty
 */
export function readSources(
  logs: Logs,
  sources: readonly LogSource[],
  window: LogWindow,
  missing: MissingSources,
): AsyncGenerator<LogEvent[], void, void> {
  const parts = sources.flatMap(({group, streamPrefix, streams}) => {
    if (streams === undefined) return [readWhole(logs, {...window, group, streamPrefix}, missing)]
    return inChunks(streams).map((chunk) => readStreams(logs, {...window, group}, chunk, missing))
  })
  return mergeByTime(parts)
}

async function* readWhole(
  logs: Logs,
  query: LogQuery,
  missing: MissingSources,
): AsyncGenerator<LogEvent[], void, void> {
  try {
    yield* readLogEvents(logs, query)
  } catch (error) {
    if (!isAwsError(error, 'ResourceNotFoundException')) throw error
    missing.groups.add(query.group)
  }
}

/**
 * One stream that does not exist yet makes the whole call fail, without saying which: the streams are halved until
 * those that exist answer.
 */
async function* readStreams(
  logs: Logs,
  query: LogQuery,
  streams: readonly string[],
  missing: MissingSources,
): AsyncGenerator<LogEvent[], void, void> {
  try {
    yield* readLogEvents(logs, {...query, streams})
  } catch (error) {
    if (!isAwsError(error, 'ResourceNotFoundException')) throw error
    if (streams.length === 1) {
      for (const stream of streams) missing.streams.add(stream)
      return
    }
    const middle = Math.ceil(streams.length / 2)
    const halves = [streams.slice(0, middle), streams.slice(middle)]
    yield* mergeByTime(halves.map((half) => readStreams(logs, query, half, missing)))
  }
}

function inChunks(streams: readonly string[]): string[][] {
  const count = Math.ceil(streams.length / streamLimit)
  return Array.from({length: count}, (_, index) => streams.slice(index * streamLimit, (index + 1) * streamLimit))
}
