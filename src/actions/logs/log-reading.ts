import type {LogEvent} from '../../logs/log-events.js'
import type {Context} from '../context.js'
import {followSources} from './follow-sources.js'
import type {LogSource} from './log-sources.js'
import type {MissingSources} from './read-sources.js'
import {nothingMissing, readSources} from './read-sources.js'
import {readTail} from './read-tail.js'

/** Where a workload logs. */
export interface LogPlace {
  readonly sources: readonly LogSource[]
  /**
   * Says what it means that some of them do not exist.
   *
   * @throws AwsError where there is no such workload
   */
  explainMissing(missing: MissingSources): Promise<void>
}

/** What of the log is wanted. */
export interface LogRequest {
  /** CloudWatch Logs filter pattern. */
  readonly filter: string | undefined
  /** Milliseconds since 1970; the whole history where it is not given, or the last minute of what is followed. */
  readonly startMs: number | undefined
  /** The last events only; all of the time that is asked for where it is not given. */
  readonly tail: number | undefined
}

export interface ReadLogRequest extends LogRequest {
  /** Milliseconds since 1970. */
  readonly endMs: number | undefined
}

/** Gets events as they are read, oldest first, so that nobody needs to hold them all. */
export type OnLogEvents = (events: readonly LogEvent[]) => void

const backlogMs = 60_000

/**
 * Reads what was written.
 *
 * @returns the number of events
 * @throws AwsError of `explainMissing`
 */
export async function readLogs(
  {aws, clock}: Pick<Context, 'aws' | 'clock'>,
  {sources, explainMissing}: LogPlace,
  {filter, startMs, endMs, tail}: ReadLogRequest,
  onEvents: OnLogEvents,
): Promise<number> {
  const missing = nothingMissing()
  const window = {startTime: startMs, endTime: endMs, pattern: filter}
  let count = 0
  const show = (events: readonly LogEvent[]) => {
    count += events.length
    if (events.length > 0) onEvents(events)
  }
  if (tail !== undefined) {
    const {events} = await readTail(aws.logs, sources, {...window, count: tail, nowMs: clock.now()}, missing)
    show(events)
  } else for await (const events of readSources(aws.logs, sources, window, missing)) show(events)
  await explainMissing(missing)
  return count
}

/** As {@link readLogs}, and goes on with what is written until the signal is aborted, new tasks included. */
export async function followLogs(
  context: Pick<Context, 'aws' | 'clock' | 'signal'>,
  {sources, explainMissing}: LogPlace,
  {filter, startMs, tail}: LogRequest,
  onEvents: OnLogEvents,
): Promise<void> {
  const nowMs = context.clock.now()
  const follow = (startMs: number, shown: readonly LogEvent[]) =>
    followSources(context, sources, {startMs, pattern: filter, shown, readUntilMs: nowMs}, onEvents, explainMissing)
  if (tail === undefined) {
    const from = startMs ?? nowMs - backlogMs
    return followSources(context, sources, {startMs: from, pattern: filter}, onEvents, explainMissing)
  }
  const window = {startTime: startMs, pattern: filter, count: tail, nowMs}
  try {
    const {events, leftOut} = await readTail(context.aws.logs, sources, window, nothingMissing())
    if (events.length > 0) onEvents(events)
    // What is older than these was left out on purpose.
    const from = events.length < tail ? (startMs ?? 0) : (events[0]?.timestamp ?? nowMs)
    return await follow(from, [...leftOut, ...events])
  } catch (error) {
    if (!context.signal.aborted) throw error
  }
}
