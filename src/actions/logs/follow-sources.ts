import {isThrottle} from '../../aws/errors.js'
import type {LogEvent} from '../../logs/log-events.js'
import type {Context} from '../context.js'
import type {LogSource} from './log-sources.js'
import type {MissingSources} from './read-sources.js'
import {nothingMissing, readSources} from './read-sources.js'
import {SeenEvents} from './seen-events.js'

/** FilterLogEvents is throttled at five calls a second in most regions. */
const pollEveryMs = 2000
const slowestPollMs = 60_000
/** Most events can be read within seconds after their time. */
const overlapMs = 30_000
/** Some come minutes late; they are looked for less often, since that means to read much again. */
const lateMs = 5 * 60_000
const sweepEveryMs = 30_000
const rememberedEvents = 100_000

export interface FollowOptions {
  /** Milliseconds since 1970. */
  readonly startMs: number
  readonly pattern: string | undefined
  /** What was shown before. */
  readonly shown?: readonly LogEvent[]
  /** Milliseconds since 1970: what is not late was read up to here; `startMs` where it is not given. */
  readonly readUntilMs?: number
}

type FollowContext = Pick<Context, 'clock' | 'signal'> & {readonly aws: Pick<Context['aws'], 'logs'>}

/**
 * Passes on events as they arrive, each once, until the signal is aborted. Windows overlap, so that an event which
 * arrives late is not lost; it comes then, out of order. A throttle slows the reading down and never ends it.
 *
 * @param onEvents gets the new events of a page, never none
 * @param onFirstRead is told what was missing when everything up to now was read for the first time
 */
export async function followSources(
  {aws, clock, signal}: FollowContext,
  sources: readonly LogSource[],
  {startMs, pattern, shown = [], readUntilMs = startMs}: FollowOptions,
  onEvents: (events: LogEvent[]) => void,
  onFirstRead: (missing: MissingSources) => Promise<void>,
): Promise<void> {
  const seen = new SeenEvents(rememberedEvents)
  for (const event of shown) seen.add(event)
  /** Up to here everything that is not late was read. */
  let readUntil = readUntilMs
  let sweptAt = clock.now()
  let isFirst = true
  let pauseMs = pollEveryMs

  const read = async (): Promise<void> => {
    const now = clock.now()
    const isSweep = now - sweptAt >= sweepEveryMs
    const startTime = Math.max(startMs, seen.floor, readUntil - (isSweep ? lateMs : overlapMs))
    const missing = nothingMissing()
    for await (const page of readSources(aws.logs, sources, {startTime, pattern}, missing)) {
      const fresh = page.filter((event) => seen.add(event))
      if (fresh.length > 0) onEvents(fresh)
      // Should the next page fail, reading goes on from this one.
      readUntil = Math.max(readUntil, Math.min(now, page.at(-1)?.timestamp ?? 0))
    }
    readUntil = Math.max(readUntil, now)
    if (isSweep) sweptAt = now
    seen.forgetBefore(readUntil - lateMs)
    if (isFirst) await onFirstRead(missing)
    isFirst = false
  }

  while (!signal.aborted) {
    try {
      await read()
      pauseMs = pollEveryMs
    } catch (error) {
      if (signal.aborted) return
      if (!isThrottle(error)) throw error
      pauseMs = Math.min(pauseMs * 2, slowestPollMs)
    }
    await clock.sleep(pauseMs, signal)
  }
}
