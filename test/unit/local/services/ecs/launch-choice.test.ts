import type {CapacityProviderStrategyItem, RunTaskCommandInput} from '@aws-sdk/client-ecs'
import {PutClusterCapacityProvidersCommand, RunTaskCommand} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import type {World} from './world.js'
import {createWorld, network, prepare} from './world.js'

async function withProviders(capacityProviders: string[], defaults: CapacityProviderStrategyItem[] = []) {
  const world = createWorld()
  await prepare(world)
  await world.send(
    new PutClusterCapacityProvidersCommand({
      cluster: 'fargate',
      capacityProviders,
      defaultCapacityProviderStrategy: defaults,
    }),
  )
  return world
}

const run = (world: World, overrides: Partial<RunTaskCommandInput>) =>
  world.send(
    new RunTaskCommand({cluster: 'fargate', taskDefinition: 'web', networkConfiguration: network, ...overrides}),
  )

const both = ['FARGATE', 'FARGATE_SPOT']

describe('a capacity provider strategy is refused with InvalidParameterException', () => {
  test.each<[string, CapacityProviderStrategyItem[]]>([
    [
      'A capacity provider strategy can contain a maximum of 20 capacity providers.',
      Array.from({length: 21}, () => ({capacityProvider: 'FARGATE'})),
    ],
    [
      'The specified capacity provider strategy is not valid. Only one capacity provider can have a base value.',
      both.map((capacityProvider) => ({capacityProvider, base: 1, weight: 1})),
    ],
    [
      'The specified capacity provider strategy is not valid. At least one capacity provider must have a weight' +
        ' greater than zero.',
      both.map((capacityProvider) => ({capacityProvider, weight: 0})),
    ],
    [
      'The specified capacity provider strategy cannot contain a capacity provider that is not associated with the' +
        ' cluster. Associate the capacity provider with the cluster and try again.',
      [{capacityProvider: 'other'}],
    ],
  ])('%s', async (message, capacityProviderStrategy) => {
    const world = await withProviders(both)
    const refusal = {code: 'InvalidParameterException', message}
    await expect(run(world, {capacityProviderStrategy})).rejects.toMatchObject(refusal)
  })

  test('beside a launch type', async () => {
    const world = await withProviders(both)
    await expect(
      run(world, {launchType: 'FARGATE', capacityProviderStrategy: [{capacityProvider: 'FARGATE'}]}),
    ).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message:
        'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
    })
  })
})

describe('tasks run', () => {
  test('by the default strategy of the cluster where the request says nothing', async () => {
    const world = await withProviders(both, [{capacityProvider: 'FARGATE_SPOT', weight: 1}])
    const {tasks} = await run(world, {})
    expect(tasks).toMatchObject([{launchType: 'FARGATE', capacityProviderName: 'FARGATE_SPOT'}])
  })

  test('on the launch type that the request names, whatever the default strategy is', async () => {
    const world = await withProviders(both, [{capacityProvider: 'FARGATE_SPOT', weight: 1}])
    const {tasks = []} = await run(world, {launchType: 'FARGATE'})
    expect(tasks).toMatchObject([{launchType: 'FARGATE'}])
    expect(tasks[0]).not.toHaveProperty('capacityProviderName')
  })

  test('base first, then by weight', async () => {
    const world = await withProviders(both)
    const {tasks = []} = await run(world, {
      count: 8,
      capacityProviderStrategy: [
        {capacityProvider: 'FARGATE', base: 2, weight: 1},
        {capacityProvider: 'FARGATE_SPOT', weight: 2},
      ],
    })
    const spot = tasks.filter(({capacityProviderName}) => capacityProviderName === 'FARGATE_SPOT')
    expect(spot).toHaveLength(4)
  })
})
