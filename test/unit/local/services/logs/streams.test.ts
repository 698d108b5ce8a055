import {
  CreateLogStreamCommand,
  DeleteLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {describe, expect, test} from 'vitest'
import {start, startWithGroup} from './fixture.js'

describe('log streams', () => {
  test('show times once they have events', async () => {
    const {client, clock, write} = await startWithGroup()
    await client.send(new CreateLogStreamCommand({logGroupName: 'web', logStreamName: 'empty'}))
    await clock.advance(5000)
    write('full', [1000, 'a'], [2000, 'b'])

    const {logStreams} = await client.send(new DescribeLogStreamsCommand({logGroupName: 'web'}))

    expect(logStreams).toEqual([
      {
        logStreamName: 'empty',
        arn: 'arn:aws:logs:us-east-1:000000000000:log-group:web:log-stream:empty',
        creationTime: start,
        storedBytes: 0,
      },
      {
        logStreamName: 'full',
        arn: 'arn:aws:logs:us-east-1:000000000000:log-group:web:log-stream:full',
        creationTime: start + 5000,
        storedBytes: 0,
        firstEventTimestamp: start + 1000,
        lastEventTimestamp: start + 2000,
        lastIngestionTime: start + 5000,
        uploadSequenceToken: expect.stringMatching(/^\d{56}$/),
      },
    ])
  })

  test.each([
    [{}, ['fargate/a', 'fargate/b', 'other']],
    [{logStreamNamePrefix: 'fargate/'}, ['fargate/a', 'fargate/b']],
    [{descending: true}, ['other', 'fargate/b', 'fargate/a']],
    [{orderBy: 'LastEventTime' as const}, ['fargate/b', 'other', 'fargate/a']],
    [{orderBy: 'LastEventTime' as const, descending: true}, ['fargate/a', 'other', 'fargate/b']],
  ])('are ordered by %j', async (input, names) => {
    const {client, write} = await startWithGroup()
    write('other', [2000, 'x'])
    write('fargate/b', [1000, 'x'])
    write('fargate/a', [3000, 'x'])

    const {logStreams = []} = await client.send(new DescribeLogStreamsCommand({logGroupName: 'web', ...input}))

    expect(logStreams.map(({logStreamName}) => logStreamName)).toEqual(names)
  })

  test('come 50 at a time', async () => {
    const {client, write} = await startWithGroup()
    const names = Array.from({length: 120}, (_, index) => `s${String(index).padStart(3, '0')}`)
    for (const name of names) write(name, [0, 'x'])
    const seen: string[] = []
    let nextToken: string | undefined
    do {
      const page = await client.send(new DescribeLogStreamsCommand({logGroupName: 'web', nextToken}))
      expect(page.logStreams?.length).toBeLessThanOrEqual(50)
      seen.push(...(page.logStreams ?? []).map(({logStreamName = ''}) => logStreamName))
      nextToken = page.nextToken
    } while (nextToken !== undefined)

    expect(seen).toEqual(names)
  })

  test('are made once, and take their events with them', async () => {
    const {client, write} = await startWithGroup()
    write('a', [0, 'from a'])
    write('b', [1, 'from b'])
    const stream = {logGroupName: 'web', logStreamName: 'a'}

    await expect(client.send(new CreateLogStreamCommand(stream))).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'The specified log stream already exists',
    })
    await client.send(new DeleteLogStreamCommand(stream))

    const {events} = await client.send(new FilterLogEventsCommand({logGroupName: 'web'}))
    expect(events?.map(({message}) => message)).toEqual(['from b'])
    const {logGroups} = await client.send(new DescribeLogGroupsCommand({}))
    expect(logGroups?.[0]?.storedBytes).toBe('from b'.length + 26)
    await expect(client.send(new GetLogEventsCommand(stream))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log stream does not exist.',
    })
  })

  test('are found by the ARN of their group', async () => {
    const {client, write} = await startWithGroup()
    write('a', [0, 'x'])
    const logGroupIdentifier = 'arn:aws:logs:us-east-1:000000000000:log-group:web'

    const {logStreams} = await client.send(new DescribeLogStreamsCommand({logGroupIdentifier}))

    expect(logStreams).toHaveLength(1)
    await expect(
      client.send(new DescribeLogStreamsCommand({logGroupIdentifier, logGroupName: 'web'})),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'LogGroup name and LogGroup ARN are mutually exclusive parameters.',
    })
  })

  test('cannot be ordered by time under a prefix', async () => {
    const {client} = await startWithGroup()

    await expect(
      client.send(
        new DescribeLogStreamsCommand({logGroupName: 'web', logStreamNamePrefix: 'a', orderBy: 'LastEventTime'}),
      ),
    ).rejects.toMatchObject({message: 'Cannot order by LastEventTime with a logStreamNamePrefix.'})
  })
})
