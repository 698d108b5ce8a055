import type {
  FilteredLogEvent,
  FilterLogEventsCommandInput,
  FilterLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs'
import {FilterLogEvents$} from '@aws-sdk/client-cloudwatch-logs'
import type {Operation} from '../../wire/service.js'
import {afterTime, beforeTime, indexAfter} from './event-order.js'
import {maximumPageEvents, scanEvents} from './event-pages.js'
import type {EventPosition} from './event-tokens.js'
import {eventId, eventToken, parseEventToken} from './event-tokens.js'
import {invalidParameter} from './faults.js'
import {parseFilterPattern} from './filter-pattern.js'
import type {LogStore} from './log-store.js'
import {requestedGroup, streamOf} from './log-store.js'
import {logsOperation} from './logs-operation.js'
import type {GroupRecord, LogEvent} from './records.js'
import {retainedSince} from './retention.js'

/** AWS searches backwards only in what came after this day. */
const earliestBackwardStart = Date.UTC(2024, 0, 1)

/** FilterLogEvents: the events of all streams together, in the order of time. */
export const filterLogEvents = (store: LogStore): Operation =>
  logsOperation<FilterLogEventsCommandInput, FilterLogEventsCommandOutput>(FilterLogEvents$, (input, scope) => {
    const group = requestedGroup(store, scope, input)
    const matchesStream = streamFilter(group, input)
    const matchesText = parseFilterPattern(input.filterPattern ?? '')
    const position = input.nextToken === undefined ? undefined : parseEventToken(input.nextToken)
    const direction = position?.direction ?? firstDirection(input)
    const {events} = group
    const since = Math.max(input.startTime ?? 0, retainedSince(group, store.now()))
    const until = input.endTime === undefined ? events.length : indexAfter(events, afterTime(input.endTime))

    const {found, last, hasMore} = scanEvents(events, {
      ...narrowed(events, {from: indexAfter(events, beforeTime(since)), to: until}, position),
      direction,
      limit: input.limit ?? maximumPageEvents,
      isWanted: (event) => matchesStream(event.logStreamName) && matchesText(event.message),
    })
    return {
      events: found.map(view),
      searchedLogStreams: [],
      ...(hasMore && last !== undefined && {nextToken: eventToken({direction, boundary: edgeOf(last, direction)})}),
    }
  })

/** The streams that a request asks for, each of which must exist. */
function streamFilter(group: GroupRecord, input: FilterLogEventsCommandInput): (name: string) => boolean {
  const {logStreamNames, logStreamNamePrefix} = input
  if (logStreamNames !== undefined && logStreamNamePrefix !== undefined) {
    throw invalidParameter('LogStream names and LogStream name prefix are mutually exclusive parameters.')
  }
  if (logStreamNamePrefix !== undefined) return (name) => name.startsWith(logStreamNamePrefix)
  if (logStreamNames === undefined) return () => true
  const names = new Set(logStreamNames.map((name) => streamOf(group, name).name))
  return (name) => names.has(name)
}

function firstDirection({startFromHead, startTime = 0}: FilterLogEventsCommandInput): EventPosition['direction'] {
  if (startFromHead !== false) return 'forward'
  if (startTime < earliestBackwardStart) {
    throw invalidParameter('startFromHead can be false only with a startTime on or after Jan 1, 2024 00:00:00 UTC.')
  }
  return 'backward'
}

function narrowed(
  events: readonly LogEvent[],
  {from, to}: {from: number; to: number},
  position: EventPosition | undefined,
): {from: number; to: number} {
  if (position === undefined) return {from, to}
  const index = indexAfter(events, position.boundary)
  return position.direction === 'forward' ? {from: Math.max(from, index), to} : {from, to: Math.min(to, index)}
}

/** Where the search stopped: after the last event seen, or before it when going back. */
const edgeOf = ({timestamp, serial}: LogEvent, direction: EventPosition['direction']) => ({
  timestamp,
  serial: direction === 'forward' ? serial : serial - 1,
})

const view = (event: LogEvent): FilteredLogEvent => ({
  logStreamName: event.logStreamName,
  timestamp: event.timestamp,
  message: event.message,
  ingestionTime: event.ingestionTime,
  eventId: eventId(event),
})
