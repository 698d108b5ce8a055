import type {ListTaskDefinitionsCommandInput, RegisterTaskDefinitionCommandInput} from '@aws-sdk/client-ecs'
import {
  DeleteTaskDefinitionsCommand,
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  ListTaskDefinitionFamiliesCommand,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import type {World} from './world.js'
import {createWorld, definition} from './world.js'

const register = (world: World, overrides: Partial<RegisterTaskDefinitionCommandInput> = {}) =>
  world.send(new RegisterTaskDefinitionCommand(definition(overrides)))

describe('describing', () => {
  test.each([
    ['web', 3],
    ['web:2', 2],
    ['arn:aws:ecs:us-east-1:123456789012:task-definition/web:1', 1],
    ['arn:aws:ecs:us-east-1:123456789012:task-definition/web', 3],
  ])('%s is revision %d', async (taskDefinition, revision) => {
    const world = createWorld()
    for (let count = 0; count < 3; count++) await register(world)
    const answer = await world.send(new DescribeTaskDefinitionCommand({taskDefinition}))
    expect(answer.taskDefinition?.revision).toBe(revision)
    expect(answer).not.toHaveProperty('tags')
  })

  test.each(['absent', 'web:9', 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:1'])(
    '%s answers "Unable to describe task definition."',
    async (taskDefinition) => {
      const world = createWorld()
      await register(world)
      await expect(world.send(new DescribeTaskDefinitionCommand({taskDefinition}))).rejects.toMatchObject({
        code: 'ClientException',
        message: 'Unable to describe task definition.',
      })
    },
  )

  test('another region or account has task definitions of its own', async () => {
    const world = createWorld()
    await register(world)
    const other = {account: '123456789012', region: 'eu-west-1'}
    const command = new DescribeTaskDefinitionCommand({taskDefinition: 'web'})
    await expect(world.send(command, other)).rejects.toMatchObject({code: 'ClientException'})
    const registered = await world.send(new RegisterTaskDefinitionCommand(definition()), other)
    expect(registered.taskDefinition?.taskDefinitionArn).toBe(
      'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:1',
    )
  })
})

describe('the end of a task definition', () => {
  test('is INACTIVE, then DELETE_IN_PROGRESS, and its number is not used again', async () => {
    const world = createWorld()
    await register(world)
    const gone = await world.send(new DeregisterTaskDefinitionCommand({taskDefinition: 'web:1'}))
    expect(gone.taskDefinition).toMatchObject({status: 'INACTIVE', deregisteredAt: expect.any(Date)})
    await expect(world.send(new DescribeTaskDefinitionCommand({taskDefinition: 'web'}))).rejects.toThrow(
      'Unable to describe task definition.',
    )
    const deleted = await world.send(new DeleteTaskDefinitionsCommand({taskDefinitions: ['web:1']}))
    expect(deleted.taskDefinitions).toMatchObject([{status: 'DELETE_IN_PROGRESS', deleteRequestedAt: expect.any(Date)}])
    expect((await register(world)).taskDefinition?.revision).toBe(2)
  })

  test('does not come by deletion while it is ACTIVE', async () => {
    const world = createWorld()
    await register(world)
    const answer = await world.send(new DeleteTaskDefinitionsCommand({taskDefinitions: ['web:1', 'web:7']}))
    expect(answer.taskDefinitions).toEqual([])
    expect(answer.failures).toHaveLength(2)
    const many = Array.from({length: 11}, (_, index) => `web:${index}`)
    await expect(world.send(new DeleteTaskDefinitionsCommand({taskDefinitions: many}))).rejects.toMatchObject({
      code: 'InvalidParameterException',
    })
  })
})

test('lists are sorted by family and revision, filtered and paged', async () => {
  const world = createWorld()
  for (const family of ['web', 'api', 'web']) await register(world, {family})
  for (let count = 0; count < 10; count++) await register(world, {family: 'zeta'})
  const names = async (input: ListTaskDefinitionsCommandInput) => {
    const {taskDefinitionArns = [], nextToken} = await world.send(new ListTaskDefinitionsCommand(input))
    return {names: taskDefinitionArns.map((arn) => arn.slice(arn.lastIndexOf('/') + 1)), nextToken}
  }
  expect((await names({familyPrefix: 'web', sort: 'DESC'})).names).toEqual(['web:2', 'web:1'])
  expect((await names({familyPrefix: 'zeta', sort: 'DESC', maxResults: 2})).names).toEqual(['zeta:10', 'zeta:9'])
  const first = await names({maxResults: 2})
  expect(first.names).toEqual(['api:1', 'web:1'])
  const second = await names({maxResults: 2, nextToken: first.nextToken})
  expect(second.names).toEqual(['web:2', 'zeta:1'])
  await world.send(new DeregisterTaskDefinitionCommand({taskDefinition: 'api:1'}))
  expect((await names({status: 'INACTIVE'})).names).toEqual(['api:1'])
  const families = await world.send(new ListTaskDefinitionFamiliesCommand({status: 'ACTIVE'}))
  expect(families.families).toEqual(['web', 'zeta'])
})
