import type {AwsTable} from './aws-table.js'
import {AwsFailure} from './aws-table.js'

export interface WrittenEvent {
  readonly stream: string
  readonly message: string
  /** Milliseconds since 1970. */
  readonly timestamp: number
  /** When it can be read; at its timestamp where it is not given. */
  readonly readableAt?: number
}

export interface LogGroupOptions {
  readonly name: string
  readonly events: readonly WrittenEvent[]
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly pageSize?: number
}

/** FilterLogEvents over events that become readable as time passes. */
export function fakeLogGroup({name, events, now, pageSize = 2}: LogGroupOptions): NonNullable<AwsTable['logs']> {
  const readable = () => events.filter(({timestamp, readableAt = timestamp}) => readableAt <= now())
  return {
    FilterLogEvents: (query) => {
      const {
        logGroupName,
        logStreamNames,
        logStreamNamePrefix = '',
        startTime = 0,
        endTime = Infinity,
        nextToken,
      } = query
      if (logGroupName !== name)
        throw new AwsFailure('ResourceNotFoundException', 'The specified log group does not exist.')
      if ((logStreamNames?.length ?? 0) > 100) throw new AwsFailure('InvalidParameterException')
      const streams = new Set(readable().map(({stream}) => stream))
      if (logStreamNames?.some((stream) => !streams.has(stream))) {
        throw new AwsFailure('ResourceNotFoundException', 'The specified log stream does not exist.')
      }
      const wanted = readable()
        .filter(({stream}) => logStreamNames?.includes(stream) ?? stream.startsWith(logStreamNamePrefix))
        .filter(({timestamp}) => timestamp >= startTime && timestamp <= endTime)
        .sort((one, other) => one.timestamp - other.timestamp)
      const from = Number(nextToken ?? 0)
      const page = wanted.slice(from, from + pageSize)
      return {
        events: page.map(({stream, timestamp, message}) => ({
          eventId: `${stream}/${timestamp}/${message}`,
          logStreamName: stream,
          timestamp,
          message,
        })),
        ...(from + pageSize < wanted.length && {nextToken: String(from + pageSize)}),
      }
    },
  }
}
