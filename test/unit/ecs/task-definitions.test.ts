import {
  DeleteTaskDefinitionsCommand,
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import {
  deleteTaskDefinitions,
  describeTaskDefinition,
  describeTaskDefinitions,
  familyAndRevision,
  familyOf,
  listTaskDefinitions,
  registerTaskDefinition,
  revisionOf,
} from '../../../src/ecs/task-definitions.js'
import {mockedAws, mockSdk, refusal} from '../../helpers/aws-mocks.js'

const mock = mockSdk(ECSClient)
const {ecs} = mockedAws
const arn = (name: string) => `arn:aws:ecs:us-east-1:123456789012:task-definition/${name}`
const unknown = () => refusal('ClientException', 'Unable to describe task definition.')

describe('describeTaskDefinition', () => {
  test('answers a revision with its tags', async () => {
    const taskDefinition = {taskDefinitionArn: arn('service_web:3'), family: 'service_web'}
    const tags = [{key: 'team', value: 'blue'}]
    mock
      .on(DescribeTaskDefinitionCommand, {taskDefinition: 'service_web', include: ['TAGS']})
      .resolves({taskDefinition, tags})

    expect(await describeTaskDefinition(ecs, 'service_web')).toEqual({arn: arn('service_web:3'), taskDefinition, tags})
  })

  test('answers undefined for one that does not exist', async () => {
    mock.on(DescribeTaskDefinitionCommand).rejects(unknown())

    expect(await describeTaskDefinition(ecs, 'service_web')).toBeUndefined()
  })

  test('throws other client errors', async () => {
    mock.on(DescribeTaskDefinitionCommand).rejects(refusal('ClientException', 'Invalid revision number.'))

    await expect(describeTaskDefinition(ecs, 'x:y')).rejects.toMatchObject({code: 'CLIENT'})
  })
})

test('describeTaskDefinitions asks for each once, and one that is gone does not hide the others', async () => {
  mock
    .on(DescribeTaskDefinitionCommand)
    .callsFake(({taskDefinition}: {taskDefinition: string}) => ({taskDefinition: {taskDefinitionArn: taskDefinition}}))
    .on(DescribeTaskDefinitionCommand, {taskDefinition: arn('gone:1')})
    .rejects(unknown())
  const found = await describeTaskDefinitions(ecs, [arn('a:1'), arn('gone:1'), arn('a:1'), arn('b:2')])

  expect([...found.keys()]).toEqual([arn('a:1'), arn('b:2')])
  expect(mock).toHaveReceivedCommandTimes(DescribeTaskDefinitionCommand, 3)
})

test('registerTaskDefinition answers the new ARN', async () => {
  mock
    .on(RegisterTaskDefinitionCommand, {family: 'service_web'})
    .resolves({taskDefinition: {taskDefinitionArn: arn('service_web:4')}})

  expect(await registerTaskDefinition(ecs, {family: 'service_web', containerDefinitions: []})).toBe(
    arn('service_web:4'),
  )
})

test('listTaskDefinitions leaves out families that only begin alike', async () => {
  mock
    .on(ListTaskDefinitionsCommand, {familyPrefix: 'service_web', status: 'ACTIVE'})
    .resolves({taskDefinitionArns: [arn('service_web:1'), arn('service_web-admin:1')], nextToken: 'more'})
    .on(ListTaskDefinitionsCommand, {nextToken: 'more'})
    .resolves({taskDefinitionArns: [arn('service_web:2')]})

  expect(await listTaskDefinitions(ecs, 'service_web')).toEqual([arn('service_web:1'), arn('service_web:2')])
})

describe('deleteTaskDefinitions', () => {
  test('deregisters each and deletes ten at a time', async () => {
    const arns = Array.from({length: 12}, (_, index) => arn(`service_web:${index}`))
    mock.on(DeregisterTaskDefinitionCommand).resolves({})
    mock.on(DeleteTaskDefinitionsCommand).resolves({})
    await deleteTaskDefinitions(ecs, arns)

    expect(mock).toHaveReceivedCommandTimes(DeregisterTaskDefinitionCommand, 12)
    expect(mock).toHaveReceivedNthCommandWith(DeleteTaskDefinitionsCommand, 1, {taskDefinitions: arns.slice(0, 10)})
    expect(mock).toHaveReceivedNthCommandWith(DeleteTaskDefinitionsCommand, 2, {taskDefinitions: arns.slice(10)})
  })

  test('deletes what is deregistered already without doing that again', async () => {
    mock.on(DeregisterTaskDefinitionCommand).resolves({})
    mock.on(DeleteTaskDefinitionsCommand).resolves({})
    await deleteTaskDefinitions(ecs, [arn('service_web:2')], [arn('service_web:1')])

    expect(mock).toHaveReceivedCommandTimes(DeregisterTaskDefinitionCommand, 1)
    expect(mock).toHaveReceivedCommandWith(DeleteTaskDefinitionsCommand, {
      taskDefinitions: [arn('service_web:1'), arn('service_web:2')],
    })
  })

  test('does nothing for none', async () => {
    await deleteTaskDefinitions(ecs, [])

    expect(mock).not.toHaveReceivedAnyCommand()
  })

  test('throws where ECS answers a failure', async () => {
    mock.on(DeregisterTaskDefinitionCommand).resolves({})
    mock
      .on(DeleteTaskDefinitionsCommand)
      .resolves({failures: [{arn: 'arn:x', reason: 'The task definition is ACTIVE.'}]})

    await expect(deleteTaskDefinitions(ecs, ['arn:x'])).rejects.toMatchObject({code: 'DELETE_FAILED', exitCode: 5})
  })
})

test.each([
  [arn('web:3'), 'web', '3', 'web:3'],
  ['web:3', 'web', '3', 'web:3'],
  ['web', 'web', '', 'web'],
])('the parts of %s', (name, family, revision, both) => {
  expect([familyOf(name), revisionOf(name), familyAndRevision(name)]).toEqual([family, revision, both])
})
