import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
  ListTagsLogGroupCommand,
  TagLogGroupCommand,
  TagResourceCommand,
  UntagLogGroupCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {describe, expect, test} from 'vitest'
import {scope, start, startLogs, startWithGroup} from './fixture.js'

describe('a log group', () => {
  test('is described as AWS does', async () => {
    const {client, logs} = startLogs()

    await client.send(new CreateLogGroupCommand({logGroupName: '/fargate/service/web'}))
    const {logGroups} = await client.send(new DescribeLogGroupsCommand({}))

    expect(logGroups).toEqual([
      {
        logGroupName: '/fargate/service/web',
        arn: 'arn:aws:logs:us-east-1:000000000000:log-group:/fargate/service/web:*',
        logGroupArn: 'arn:aws:logs:us-east-1:000000000000:log-group:/fargate/service/web',
        creationTime: start,
        logGroupClass: 'STANDARD',
        metricFilterCount: 0,
        storedBytes: 0,
        deletionProtectionEnabled: false,
      },
    ])
    expect(logs.hasGroup(scope, '/fargate/service/web')).toBe(true)
    expect(logs.hasGroup({...scope, region: 'eu-west-1'}, '/fargate/service/web')).toBe(false)
  })

  test('is made once and deleted once', async () => {
    const {client} = startLogs()
    const create = () => client.send(new CreateLogGroupCommand({logGroupName: 'web'}))
    const remove = () => client.send(new DeleteLogGroupCommand({logGroupName: 'web'}))
    await create()

    await expect(create()).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'The specified log group already exists',
    })
    await remove()
    await expect(remove()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    })
    await create()
  })

  test.each([
    [
      'over 512 characters',
      'n'.repeat(513),
      'Invalid LogGroup or LogStream, both must have length less than or equal to 512.',
    ],
    [
      'with a space',
      'my group',
      "1 validation error detected: Value 'my group' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
    ],
    ['as those of AWS', 'aws/web', 'Log groups starting with AWS/ are reserved for AWS.'],
  ])('cannot have a name %s', async (_case, logGroupName, message) => {
    const {client} = startLogs()

    await expect(client.send(new CreateLogGroupCommand({logGroupName}))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message,
    })
  })

  test('stays while it is protected', async () => {
    const {client} = startLogs()
    await client.send(new CreateLogGroupCommand({logGroupName: 'web', deletionProtectionEnabled: true}))

    await expect(client.send(new DeleteLogGroupCommand({logGroupName: 'web'}))).rejects.toMatchObject({
      name: 'ValidationException',
    })
  })
})

describe('describing groups', () => {
  async function startWithGroups() {
    const {client} = startLogs()
    for (const logGroupName of ['/fargate/task/b', '/fargate/service/Web', '/fargate/service/api', '/aws/lambda/web']) {
      await client.send(new CreateLogGroupCommand({logGroupName}))
    }
    return client
  }

  test.each([
    [{}, ['/aws/lambda/web', '/fargate/service/Web', '/fargate/service/api', '/fargate/task/b']],
    [{logGroupNamePrefix: '/fargate/service/'}, ['/fargate/service/Web', '/fargate/service/api']],
    [{logGroupNamePattern: 'WEB'}, ['/aws/lambda/web', '/fargate/service/Web']],
    [{logGroupNamePrefix: '/other'}, []],
    [{logGroupIdentifiers: ['/fargate/task/b']}, ['/fargate/task/b']],
  ])('by %j finds them in the order of their names', async (input, names) => {
    const client = await startWithGroups()

    const {logGroups = []} = await client.send(new DescribeLogGroupsCommand(input))

    expect(logGroups.map(({logGroupName}) => logGroupName)).toEqual(names)
  })

  test('goes page by page, also when a group goes in between', async () => {
    const client = await startWithGroups()
    const page = (nextToken?: string) => client.send(new DescribeLogGroupsCommand({limit: 2, nextToken}))

    const first = await page()
    await client.send(new DeleteLogGroupCommand({logGroupName: '/fargate/service/Web'}))
    const second = await page(first.nextToken)

    expect(second.logGroups?.map(({logGroupName}) => logGroupName)).toEqual(['/fargate/service/api', '/fargate/task/b'])
    expect(second.nextToken).toBeUndefined()
  })

  test.each([
    [
      {logGroupNamePrefix: 'a', logGroupNamePattern: 'b'},
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    ],
    [{nextToken: 'somebody-elses'}, 'The specified nextToken is invalid.'],
    [
      {limit: 51},
      "1 validation error detected: Value '51' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 50",
    ],
  ])('by %j is refused', async (input, message) => {
    const {client} = startLogs()

    await expect(client.send(new DescribeLogGroupsCommand(input))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message,
    })
  })
})

const someTags = (count: number) => Object.fromEntries(Array.from({length: count}, (_, index) => [`k${index}`, 'v']))

describe('tags of a group', () => {
  const resourceArn = 'arn:aws:logs:us-east-1:000000000000:log-group:web'

  test('are the same by name and by ARN', async () => {
    const {client} = startLogs()
    await client.send(new CreateLogGroupCommand({logGroupName: 'web', tags: {env: 'test'}}))
    await client.send(new TagResourceCommand({resourceArn, tags: {a: '1', b: '2'}}))
    await client.send(new TagLogGroupCommand({logGroupName: 'web', tags: {a: '3', c: '4'}}))
    await client.send(new UntagResourceCommand({resourceArn, tagKeys: ['b']}))
    await client.send(new UntagLogGroupCommand({logGroupName: 'web', tags: ['c']}))

    const byArn = await client.send(new ListTagsForResourceCommand({resourceArn}))
    const byName = await client.send(new ListTagsLogGroupCommand({logGroupName: 'web'}))

    expect(byArn.tags).toEqual({env: 'test', a: '3'})
    expect(byName.tags).toEqual(byArn.tags)
  })

  test.each([
    ['with a key of AWS', {'aws:a': '1'}, 'InvalidParameterException'],
    ['with a foreign character', {'a?': '1'}, 'InvalidParameterException'],
    ['over 50 at once', someTags(51), 'InvalidParameterException'],
  ])('%s are refused', async (_case, tags, name) => {
    const {client} = await startWithGroup()

    await expect(client.send(new TagResourceCommand({resourceArn, tags}))).rejects.toMatchObject({name})
  })

  test('over 50 together are refused', async () => {
    const {client} = await startWithGroup()
    await client.send(new TagResourceCommand({resourceArn, tags: someTags(50)}))

    await expect(client.send(new TagResourceCommand({resourceArn, tags: {another: 'v'}}))).rejects.toMatchObject({
      name: 'TooManyTagsException',
    })
  })

  test('are not found by the ARN with a star that DescribeLogGroups shows', async () => {
    const {client} = await startWithGroup()

    await expect(client.send(new ListTagsForResourceCommand({resourceArn: `${resourceArn}:*`}))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
  })

  test('of a group that does not exist are not found', async () => {
    const {client} = startLogs()

    await expect(client.send(new ListTagsForResourceCommand({resourceArn}))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })
})
