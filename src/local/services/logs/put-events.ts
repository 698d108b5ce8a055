import type {
  PutLogEventsCommandInput,
  PutLogEventsCommandOutput,
  RejectedLogEventsInfo,
} from '@aws-sdk/client-cloudwatch-logs'
import {PutLogEvents$} from '@aws-sdk/client-cloudwatch-logs'
import type {Operation, WithRequired} from '../../wire/service.js'
import {invalidParameter} from './faults.js'
import type {LogStore, NewEvent} from './log-store.js'
import {sizeOf, streamOf} from './log-store.js'
import {logsOperation} from './logs-operation.js'
import type {GroupRecord} from './records.js'
import {dayInMilliseconds, retainedSince} from './retention.js'

const maximumBatchBytes = 1_048_576
const oldestAge = 14 * dayInMilliseconds
const furthestFuture = 2 * 60 * 60 * 1000

type PutInput = WithRequired<PutLogEventsCommandInput, 'logGroupName' | 'logStreamName' | 'logEvents'>

/** PutLogEvents. Sequence tokens are answered and, as on AWS since 2023, not looked at. */
export const putLogEvents = (store: LogStore): Operation =>
  logsOperation<PutInput, PutLogEventsCommandOutput>(PutLogEvents$, (input, scope) => {
    const events = input.logEvents.map(({timestamp = 0, message = ''}) => ({timestamp, message}))
    checkBatch(events)
    const group = store.group(scope, input.logGroupName)
    const stream = streamOf(group, input.logStreamName)
    const {accepted, rejected} = sortOut(events, group, store.now())
    store.append(group, stream, accepted)
    return {
      nextSequenceToken: sequenceToken(store.now()),
      ...(rejected !== undefined && {rejectedLogEventsInfo: rejected}),
    }
  })

/** A token of 56 digits, as AWS's are. */
export const sequenceToken = (time: number): string => `49${String(time).padStart(54, '0')}`

function checkBatch(events: readonly NewEvent[]): void {
  const bytes = sizeOf(events)
  if (bytes > maximumBatchBytes) {
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${maximumBatchBytes}`)
  }
  const isOrdered = events.every(({timestamp}, index) => timestamp >= (events[index - 1]?.timestamp ?? 0))
  if (!isOrdered) {
    throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.')
  }
  if ((events.at(-1)?.timestamp ?? 0) - (events[0]?.timestamp ?? 0) > dayInMilliseconds) {
    throw invalidParameter('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.')
  }
}

/** Events over 14 days old, past the group's retention or over 2 hours ahead are left out; the others are taken. */
function sortOut(
  events: readonly NewEvent[],
  group: GroupRecord,
  now: number,
): {accepted: readonly NewEvent[]; rejected?: RejectedLogEventsInfo} {
  const before = (time: number) => events.filter(({timestamp}) => timestamp < time).length
  const tooOld = before(now - oldestAge)
  const expired = before(retainedSince(group, now))
  const tooNew = events.length - events.filter(({timestamp}) => timestamp > now + furthestFuture).length
  if (tooOld === 0 && expired === 0 && tooNew === events.length) return {accepted: events}
  return {
    accepted: events.slice(Math.max(tooOld, expired), tooNew),
    rejected: {
      ...(tooOld > 0 && {tooOldLogEventEndIndex: tooOld}),
      ...(expired > 0 && {expiredLogEventEndIndex: expired}),
      ...(tooNew < events.length && {tooNewLogEventStartIndex: tooNew}),
    },
  }
}
