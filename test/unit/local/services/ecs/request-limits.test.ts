import type {RunTaskCommandInput} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand,
  DeleteTaskDefinitionsCommand,
  DeregisterTaskDefinitionCommand,
  DescribeClustersCommand,
  ListClustersCommand,
  ListServicesCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import type {World} from './world.js'
import {createWorld, definition, network, prepare, serviceRequest} from './world.js'

const run = (world: World, overrides: Partial<RunTaskCommandInput>) =>
  world.send(
    new RunTaskCommand({
      cluster: 'fargate',
      taskDefinition: 'web',
      launchType: 'FARGATE',
      networkConfiguration: network,
      ...overrides,
    }),
  )

const refusal = {code: 'InvalidParameterException'}

describe('RunTask takes', () => {
  test.each<[string, Partial<RunTaskCommandInput>, Partial<RunTaskCommandInput>]>([
    ['ten tasks', {count: 10}, {count: 11}],
    ['a client token of 64 characters', {clientToken: 'x'.repeat(64)}, {clientToken: 'x'.repeat(65)}],
    ['a client token of printable characters', {clientToken: '!~'}, {clientToken: 'a b'}],
    ['a starter of 128 characters', {startedBy: 'x'.repeat(128)}, {startedBy: 'x'.repeat(129)}],
    ['tags of the task definition', {propagateTags: 'TASK_DEFINITION'}, {propagateTags: 'SERVICE'}],
  ])('%s and no more', async (_, good, bad) => {
    const world = createWorld()
    await prepare(world)
    await expect(run(world, bad)).rejects.toMatchObject(refusal)
    expect((await run(world, good)).failures).toEqual([])
  })
})

test('CreateService takes a client token of 36 characters and no more', async () => {
  const world = createWorld()
  await prepare(world)
  const create = (length: number) =>
    world.send(new CreateServiceCommand(serviceRequest({clientToken: 'x'.repeat(length)})))
  await expect(create(37)).rejects.toMatchObject(refusal)
  expect((await create(36)).service?.status).toBe('ACTIVE')
})

describe('pages', () => {
  test.each([0, 101])('of %i are refused', async (maxResults) => {
    const world = createWorld()
    await prepare(world)
    const cluster = 'fargate'
    await expect(world.send(new ListServicesCommand({cluster, maxResults}))).rejects.toMatchObject(refusal)
    await expect(world.send(new ListTasksCommand({cluster, maxResults}))).rejects.toMatchObject(refusal)
    await expect(world.send(new ListClustersCommand({maxResults}))).rejects.toMatchObject(refusal)
  })

  test('are not told by the token of something else', async () => {
    const world = createWorld()
    await expect(world.send(new ListClustersCommand({nextToken: 'x'}))).rejects.toMatchObject(refusal)
  })
})

test('a hundred clusters are described at once and no more', async () => {
  const world = createWorld()
  const clusters = (count: number) => Array.from({length: count}, (_, index) => `c${index}`)
  const describeClusters = (count: number) => world.send(new DescribeClustersCommand({clusters: clusters(count)}))
  await expect(describeClusters(101)).rejects.toMatchObject(refusal)
  expect((await describeClusters(100)).failures).toHaveLength(100)
})

test('ten task definitions are deleted at once and no more', async () => {
  const world = createWorld()
  const taskDefinitions: string[] = []
  for (let revision = 1; revision <= 11; revision++) {
    await world.send(new RegisterTaskDefinitionCommand(definition()))
    await world.send(new DeregisterTaskDefinitionCommand({taskDefinition: `web:${revision}`}))
    taskDefinitions.push(`web:${revision}`)
  }
  await expect(world.send(new DeleteTaskDefinitionsCommand({taskDefinitions}))).rejects.toMatchObject(refusal)
  const answer = await world.send(new DeleteTaskDefinitionsCommand({taskDefinitions: taskDefinitions.slice(1)}))
  expect(answer.taskDefinitions?.map(({status}) => status)).toEqual(Array(10).fill('DELETE_IN_PROGRESS'))
})
