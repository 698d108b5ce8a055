import type {InputLogEvent} from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {describe, expect, test} from 'vitest'
import {scope, start, startLogs, startWithGroup, texts} from './fixture.js'

const hour = 60 * 60 * 1000
const day = 24 * hour

describe('PutLogEvents', () => {
  async function startWithStream() {
    const started = await startWithGroup()
    const stream = {logGroupName: 'web', logStreamName: 's'}
    await started.client.send(new CreateLogStreamCommand(stream))
    const put = (...logEvents: InputLogEvent[]) => started.client.send(new PutLogEventsCommand({...stream, logEvents}))
    const read = async () => texts((await started.client.send(new GetLogEventsCommand(stream))).events)
    return {...started, put, read}
  }
  const event = (offset: number, message = 'x'): InputLogEvent => ({timestamp: start + offset, message})

  test('keeps events in the order of their times across batches', async () => {
    const {put, read} = await startWithStream()

    await put(event(10, 'b'), event(30, 'd'))
    const {nextSequenceToken, rejectedLogEventsInfo} = await put(event(0, 'a'), event(20, 'c'), event(30, 'e'))

    expect(await read()).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(nextSequenceToken).toMatch(/^\d{56}$/)
    expect(rejectedLogEventsInfo).toBeUndefined()
  })

  test.each<[string, InputLogEvent[], string]>([
    [
      'events out of order',
      [event(10), event(0)],
      'Log events in a single PutLogEvents request must be in chronological order.',
    ],
    [
      'more than a day',
      [event(-day - 1), event(0)],
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    ],
    [
      'more than 1 MB with 26 bytes for each event',
      [event(0, 'x'.repeat(1_048_576 - 26)), event(0)],
      'Upload too large: 1048603 bytes exceeds limit of 1048576',
    ],
    [
      'an empty message',
      [event(0), event(0, '')],
      "1 validation error detected: Value '' at 'logEvents.2.member.message' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'no events',
      [],
      "1 validation error detected: Value '[]' at 'logEvents' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'more than 10000 events',
      Array.from({length: 10_001}, () => event(0)),
      "1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length less than or equal to 10000",
    ],
  ])('refuses %s', async (_case, events, message) => {
    const {put, read} = await startWithStream()

    await expect(put(...events)).rejects.toMatchObject({name: 'InvalidParameterException', message})
    expect(await read()).toEqual([])
  })

  test('takes what is neither too old nor too new, and says what it left', async () => {
    const {put, read} = await startWithStream()

    const old = await put(event(-14 * day - 2), event(-14 * day - 1), event(-14 * day, 'just old enough'))
    const young = await put(event(2 * hour, 'just young enough'), event(2 * hour + 1))

    expect(old.rejectedLogEventsInfo).toEqual({tooOldLogEventEndIndex: 2})
    expect(young.rejectedLogEventsInfo).toEqual({tooNewLogEventStartIndex: 1})
    expect(await read()).toEqual(['just old enough', 'just young enough'])
  })

  test('needs group and stream', async () => {
    const {client} = await startWithGroup()
    const put = (logGroupName: string) =>
      client.send(new PutLogEventsCommand({logGroupName, logStreamName: 'no', logEvents: [event(0)]}))

    await expect(put('no')).rejects.toMatchObject({message: 'The specified log group does not exist.'})
    await expect(put('web')).rejects.toMatchObject({message: 'The specified log stream does not exist.'})
  })
})

describe('the port', () => {
  test('makes the stream where it is missing, and drops empty lines as the log driver does', async () => {
    const {client, logs} = await startWithGroup()

    logs.append(scope, 'web', 'fargate/web/1', [
      {timestamp: start + 1, message: 'second'},
      {timestamp: start, message: ''},
      {timestamp: start, message: 'first'},
    ])

    const {events} = await client.send(new FilterLogEventsCommand({logGroupName: 'web'}))
    expect(events?.map(({logStreamName, message}) => [logStreamName, message])).toEqual([
      ['fargate/web/1', 'first'],
      ['fargate/web/1', 'second'],
    ])
  })

  test('needs the group', () => {
    const {logs} = startLogs()

    expect(() => logs.append(scope, 'web', 's', [{timestamp: start, message: 'x'}])).toThrow(
      'The specified log group does not exist.',
    )
  })
})
