import type {GetLogEventsCommandInput, GetLogEventsCommandOutput} from '@aws-sdk/client-cloudwatch-logs'
import {GetLogEvents$} from '@aws-sdk/client-cloudwatch-logs'
import type {Operation, WithRequired} from '../../wire/service.js'
import type {Boundary} from './event-order.js'
import {beforeTime, indexAfter} from './event-order.js'
import {maximumPageEvents, scanEvents} from './event-pages.js'
import type {EventPosition} from './event-tokens.js'
import {eventToken, parseEventToken} from './event-tokens.js'
import type {LogStore} from './log-store.js'
import {requestedGroup, streamOf} from './log-store.js'
import {logsOperation} from './logs-operation.js'
import type {LogEvent} from './records.js'
import {retainedSince} from './retention.js'

type GetInput = WithRequired<GetLogEventsCommandInput, 'logStreamName'>

/**
 * GetLogEvents. Pages are in the order of time whichever way one goes; a token that leads nowhere comes back as it is,
 * and leads on once there are new events.
 */
export const getLogEvents = (store: LogStore): Operation =>
  logsOperation<GetInput, GetLogEventsCommandOutput>(GetLogEvents$, (input, scope) => {
    const group = requestedGroup(store, scope, input)
    const {events} = streamOf(group, input.logStreamName)
    const since = Math.max(input.startTime ?? 0, retainedSince(group, store.now()))
    // Events at the end time itself are left out, unlike in FilterLogEvents.
    const until = input.endTime === undefined ? events.length : indexAfter(events, beforeTime(input.endTime))

    const position = input.nextToken === undefined ? undefined : parseEventToken(input.nextToken)
    const {direction, from, to} = rangeOf(
      events,
      {from: indexAfter(events, beforeTime(since)), to: until},
      position,
      input,
    )
    const {found} = scanEvents(events, {from, to, direction, limit: input.limit ?? maximumPageEvents})
    const page = direction === 'forward' ? found : found.toReversed()
    const edges = edgesOf(page, position?.boundary ?? beforeTime(since))
    return {
      events: page.map(({timestamp, message, ingestionTime}) => ({timestamp, message, ingestionTime})),
      nextForwardToken: eventToken({direction: 'forward', boundary: edges.after}),
      nextBackwardToken: eventToken({direction: 'backward', boundary: edges.before}),
    }
  })

interface Range {
  readonly from: number
  readonly to: number
}

/** The part of the stream to read, and from which end: the token's, else the oldest or, by default, the youngest. */
function rangeOf(
  events: readonly LogEvent[],
  {from, to}: Range,
  position: EventPosition | undefined,
  {startFromHead}: GetInput,
): Range & Pick<EventPosition, 'direction'> {
  if (position === undefined) return {from, to, direction: startFromHead === true ? 'forward' : 'backward'}
  const index = indexAfter(events, position.boundary)
  const isForward = position.direction === 'forward'
  return {from: isForward ? Math.max(from, index) : from, to: isForward ? to : Math.min(to, index), ...position}
}

/** The boundaries around a page; an empty page stays where it was. */
function edgesOf(page: readonly LogEvent[], boundary: Boundary): {before: Boundary; after: Boundary} {
  const first = page[0]
  const last = page.at(-1)
  if (first === undefined || last === undefined) return {before: boundary, after: boundary}
  return {before: {timestamp: first.timestamp, serial: first.serial - 1}, after: last}
}
