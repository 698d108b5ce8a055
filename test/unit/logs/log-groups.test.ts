import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {describe, expect, test} from 'vitest'
import {lastLogLines, readLogEvents} from '../../../src/logs/log-events.js'
import {createLogGroup, deleteLogGroup, findLogGroup, logGroupTags, setRetention} from '../../../src/logs/log-groups.js'
import {mockedAws, mockSdk, refusal} from '../../helpers/aws-mocks.js'

const mock = mockSdk(CloudWatchLogsClient)
const {logs} = mockedAws
const name = '/fargate/service/web'
const gone = () => refusal('ResourceNotFoundException')

describe('findLogGroup', () => {
  test('finds the exact name among all that begin so', async () => {
    mock
      .on(DescribeLogGroupsCommand, {logGroupNamePrefix: name})
      .resolves({logGroups: [{logGroupName: `${name}-admin`}], nextToken: 'more'})
      .on(DescribeLogGroupsCommand, {logGroupNamePrefix: name, nextToken: 'more'})
      .resolves({logGroups: [{logGroupName: name, logGroupArn: 'arn:web', arn: 'arn:web:*', retentionInDays: 30}]})

    expect(await findLogGroup(logs, name)).toEqual({name, arn: 'arn:web', retentionDays: 30})
  })

  test('answers an ARN that the tagging operations take', async () => {
    mock.on(DescribeLogGroupsCommand).resolves({logGroups: [{logGroupName: name, arn: 'arn:web:*'}]})

    expect(await findLogGroup(logs, name)).toEqual({name, arn: 'arn:web', retentionDays: undefined})
  })

  test('answers undefined where there is none of that very name', async () => {
    mock.on(DescribeLogGroupsCommand).resolves({logGroups: [{logGroupName: `${name}2`}]})

    expect(await findLogGroup(logs, name)).toBeUndefined()
  })
})

test('createLogGroup takes one that exists as it is', async () => {
  mock.on(CreateLogGroupCommand).resolvesOnce({}).rejects(refusal('ResourceAlreadyExistsException'))
  await createLogGroup(logs, name, {a: 'b'})
  await createLogGroup(logs, name, {a: 'b'})

  expect(mock).toHaveReceivedNthCommandWith(CreateLogGroupCommand, 1, {logGroupName: name, tags: {a: 'b'}})
})

test('setRetention sends days', async () => {
  mock.on(PutRetentionPolicyCommand, {logGroupName: name, retentionInDays: 14}).resolves({})

  await setRetention(logs, name, 14)
})

test('an absent group is deleted already and has no tags', async () => {
  mock.on(DeleteLogGroupCommand).rejects(gone())
  mock.on(ListTagsForResourceCommand).rejects(gone())

  await deleteLogGroup(logs, name)
  expect(await logGroupTags(logs, 'arn:web')).toEqual({})
})

test('logGroupTags answers tags by key', async () => {
  mock.on(ListTagsForResourceCommand, {resourceArn: 'arn:web'}).resolves({tags: {a: 'b'}})

  expect(await logGroupTags(logs, 'arn:web')).toEqual({a: 'b'})
})

describe('lastLogLines', () => {
  test('asks for the end of the stream', async () => {
    mock.on(GetLogEventsCommand).resolves({events: [{message: 'one'}, {message: 'two'}]})

    expect(await lastLogLines(logs, name, 'fargate/web/abc', 10)).toEqual(['one', 'two'])
    expect(mock).toHaveReceivedCommandExactlyOnceWith(GetLogEventsCommand, {
      logGroupName: name,
      logStreamName: 'fargate/web/abc',
      limit: 10,
      startFromHead: false,
    })
  })

  test('answers none of a stream that does not exist', async () => {
    mock.on(GetLogEventsCommand).rejects(gone())

    expect(await lastLogLines(logs, name, 'fargate/web/abc', 10)).toEqual([])
  })
})

test('readLogEvents hands on page by page, empty ones as well, and asks for no more than is read', async () => {
  mock
    .on(FilterLogEventsCommand, {logGroupName: name, startTime: 5})
    .resolves({events: [{eventId: '1', logStreamName: 's', timestamp: 7, message: 'm'}], nextToken: 'two'})
    .on(FilterLogEventsCommand, {logGroupName: name, nextToken: 'two'})
    .resolves({events: [], nextToken: 'three'})
  const read = []
  for await (const page of readLogEvents(logs, {group: name, startTime: 5})) {
    read.push(page)
    if (read.length === 2) break
  }

  expect(read).toEqual([[{id: '1', stream: 's', timestamp: 7, message: 'm'}], []])
  expect(mock).toHaveReceivedCommandTimes(FilterLogEventsCommand, 2)
})
