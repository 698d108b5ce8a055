import {absentOn} from '../aws/errors.js'
import {pages} from '../aws/paging.js'
import type {Logs} from './sdk.js'

export interface LogEvent {
  readonly id: string
  readonly stream: string
  /** Milliseconds since 1970. */
  readonly timestamp: number
  readonly message: string
}

export interface LogQuery {
  readonly group: string
  /** All streams of the group where it is not given; at most 100. */
  readonly streams?: readonly string[] | undefined
  /** Streams whose names start so; not beside `streams`. */
  readonly streamPrefix?: string | undefined
  /** Milliseconds since 1970, inclusive. */
  readonly startTime?: number | undefined
  /** Milliseconds since 1970, inclusive. */
  readonly endTime?: number | undefined
  /** CloudWatch Logs filter pattern. */
  readonly pattern?: string | undefined
}

/**
 * Reads events page by page, oldest first, holding one page in memory. A page can be empty while more follow.
 *
 * @throws AwsError with the AWS name ResourceNotFoundException when the group does not exist, or only one of `streams`
 */
export async function* readLogEvents(logs: Logs, query: LogQuery): AsyncGenerator<LogEvent[], void, void> {
  const walk = pages(
    (nextToken) =>
      logs('FilterLogEvents', {
        logGroupName: query.group,
        ...(query.streams !== undefined && {logStreamNames: [...query.streams]}),
        ...(query.streamPrefix !== undefined && {logStreamNamePrefix: query.streamPrefix}),
        ...(query.startTime !== undefined && {startTime: query.startTime}),
        ...(query.endTime !== undefined && {endTime: query.endTime}),
        ...(query.pattern !== undefined && {filterPattern: query.pattern}),
        ...(nextToken !== undefined && {nextToken}),
      }),
    (page) => page.nextToken,
  )
  for await (const page of walk) {
    yield (page.events ?? []).map(({eventId = '', logStreamName = '', timestamp = 0, message = ''}) => ({
      id: eventId,
      stream: logStreamName,
      timestamp,
      message,
    }))
  }
}

/** The last lines of one stream, oldest first; none when the stream does not exist. */
export async function lastLogLines(logs: Logs, group: string, stream: string, limit: number): Promise<string[]> {
  const answer = await absentOn(
    logs('GetLogEvents', {logGroupName: group, logStreamName: stream, limit, startFromHead: false}),
    'ResourceNotFoundException',
  )
  return (answer?.events ?? []).map(({message = ''}) => message)
}
