import type {
  CreateLogStreamCommandInput,
  CreateLogStreamCommandOutput,
  DeleteLogStreamCommandInput,
  DeleteLogStreamCommandOutput,
  DescribeLogStreamsCommandInput,
  DescribeLogStreamsCommandOutput,
  LogStream,
} from '@aws-sdk/client-cloudwatch-logs'
import {CreateLogStream$, DeleteLogStream$, DescribeLogStreams$} from '@aws-sdk/client-cloudwatch-logs'
import type {Operation, WithRequired} from '../../wire/service.js'
import {invalidParameter} from './faults.js'
import type {LogStore} from './log-store.js'
import {requestedGroup} from './log-store.js'
import {logsOperation} from './logs-operation.js'
import {pageOf} from './paging.js'
import {sequenceToken} from './put-events.js'
import type {GroupRecord, StreamRecord} from './records.js'

type CreateInput = WithRequired<CreateLogStreamCommandInput, 'logGroupName' | 'logStreamName'>
type DeleteInput = WithRequired<DeleteLogStreamCommandInput, 'logGroupName' | 'logStreamName'>

/** CreateLogStream, DeleteLogStream and DescribeLogStreams. */
export const streamOperations = (store: LogStore): Operation[] => [
  logsOperation<CreateInput, CreateLogStreamCommandOutput>(CreateLogStream$, (input, scope) => {
    store.createStream(store.group(scope, input.logGroupName), input.logStreamName)
    return {}
  }),

  logsOperation<DeleteInput, DeleteLogStreamCommandOutput>(DeleteLogStream$, (input, scope) => {
    store.deleteStream(store.group(scope, input.logGroupName), input.logStreamName)
    return {}
  }),

  logsOperation<DescribeLogStreamsCommandInput, DescribeLogStreamsCommandOutput>(
    DescribeLogStreams$,
    (input, scope) => {
      const group = requestedGroup(store, scope, input)
      const byTime = input.orderBy === 'LastEventTime'
      if (byTime && input.logStreamNamePrefix !== undefined) {
        throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.')
      }
      const named = [...group.streams.values()].filter(({name}) => name.startsWith(input.logStreamNamePrefix ?? ''))
      const sorted = named.toSorted(
        (one, other) => (byTime ? lastTime(one) - lastTime(other) : 0) || byName(one, other),
      )
      const {items, next} = pageOf(input.descending === true ? sorted.reverse() : sorted, input)
      return {logStreams: items.map((stream) => view(group, stream)), ...next}
    },
  ),
]

const byName = (one: StreamRecord, other: StreamRecord): number => (one.name < other.name ? -1 : 1)

/** A stream without events counts by when it was made. */
const lastTime = ({events, createdAt}: StreamRecord): number => events.at(-1)?.timestamp ?? createdAt

/** AWS answers 0 stored bytes for every stream since 2019, and leaves times out until there is an event. */
const view = (group: GroupRecord, {name, createdAt, events, lastIngestionTime}: StreamRecord): LogStream => ({
  logStreamName: name,
  arn: `${group.arn}:log-stream:${name}`,
  creationTime: createdAt,
  storedBytes: 0,
  ...(lastIngestionTime !== undefined && {
    firstEventTimestamp: events[0]?.timestamp,
    lastEventTimestamp: events.at(-1)?.timestamp,
    lastIngestionTime,
    uploadSequenceToken: sequenceToken(lastIngestionTime),
  }),
})
