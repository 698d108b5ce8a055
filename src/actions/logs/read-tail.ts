import type {LogEvent} from '../../logs/log-events.js'
import type {Logs} from '../../logs/sdk.js'
import type {LogSource} from './log-sources.js'
import type {LogWindow, MissingSources} from './read-sources.js'
import {readSources} from './read-sources.js'

/** CloudWatch Logs filters events forwards only: windows before one another are read, each so much longer. */
const firstWindowMs = 60_000
const growth = 8

export interface TailOptions extends LogWindow {
  /** The most events that are wanted. */
  readonly count: number
  /** Milliseconds since 1970. */
  readonly nowMs: number
}

export interface Tail {
  /** Oldest first. */
  readonly events: readonly LogEvent[]
  /** Older ones of the same millisecond as the first, which are not among them. */
  readonly leftOut: readonly LogEvent[]
}

/**
 * The last events of several sources. It reads back only as far as it must, and holds no more than what is wanted,
 * beside one page of each source.
 *
 * @param missing is told of groups and streams that do not exist; they count as empty
 */
export async function readTail(
  logs: Logs,
  sources: readonly LogSource[],
  {count, nowMs, startTime = 0, endTime, pattern}: TailOptions,
  missing: MissingSources,
): Promise<Tail> {
  let events: LogEvent[] = []
  let until = endTime
  let length = firstWindowMs
  while (events.length < count) {
    const from = Math.max(startTime, (until ?? nowMs) - length)
    const wanted = count - events.length
    let last: LogEvent[] = []
    for await (const page of readSources(logs, sources, {startTime: from, endTime: until, pattern}, missing)) {
      last = endOf([...last, ...page], wanted)
    }
    events = [...last, ...events]
    if (from <= startTime) break
    until = from - 1
    length *= growth
  }
  const left = Math.max(0, events.length - count)
  return {events: events.slice(left), leftOut: events.slice(0, left)}
}

/** So many events from the end, and those of the same millisecond as the first of them. */
function endOf(events: readonly LogEvent[], count: number): LogEvent[] {
  const first = events.at(-count)?.timestamp
  return first === undefined ? [...events] : events.filter(({timestamp}) => timestamp >= first)
}
