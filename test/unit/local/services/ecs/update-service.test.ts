import type {CreateServiceCommandInput, UpdateServiceCommandInput} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand,
  DeleteServiceCommand,
  PutClusterCapacityProvidersCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import type {World} from './world.js'
import {
  createWorld,
  definition,
  describeService,
  network,
  prepare,
  serviceRequest,
  steadyService,
  withTargetGroup,
} from './world.js'

const create = (world: World, overrides: Partial<CreateServiceCommandInput> = {}) =>
  world.send(new CreateServiceCommand(serviceRequest(overrides)))

const update = (world: World, changes: Omit<UpdateServiceCommandInput, 'service'>) =>
  world.send(new UpdateServiceCommand({cluster: 'fargate', service: 'web', ...changes}))

const remove = (world: World, force?: boolean) =>
  world.send(new DeleteServiceCommand({cluster: 'fargate', service: 'web', ...(force === undefined ? {} : {force})}))

const subnets = (...names: string[]) => ({networkConfiguration: {awsvpcConfiguration: {subnets: names}}})

describe('updating', () => {
  test.each<[string, Omit<UpdateServiceCommandInput, 'service'>, number]>([
    ['the task definition', {taskDefinition: 'web:2'}, 2],
    ['the task definition that it has', {taskDefinition: 'web:1'}, 1],
    ['the network', subnets('subnet-b'), 2],
    ['the platform version', {platformVersion: '1.4.0'}, 2],
    ['the load balancers', withTargetGroup, 2],
    ['Service Connect', {serviceConnectConfiguration: {enabled: true}}, 2],
    ['nothing, but forced', {forceNewDeployment: true}, 2],
    ['the desired count', {desiredCount: 5}, 1],
    ['the deployment configuration', {deploymentConfiguration: {maximumPercent: 150}}, 1],
    ['the grace period', {healthCheckGracePeriodSeconds: 10}, 1],
    ['tags on tasks', {propagateTags: 'SERVICE', enableECSManagedTags: true}, 1],
    ['zone rebalancing', {availabilityZoneRebalancing: 'DISABLED'}, 1],
  ])('%s: so many deployments are there then', async (_, changes, deployments) => {
    const world = createWorld()
    world.targets.add()
    await steadyService(world)
    await world.send(new RegisterTaskDefinitionCommand(definition()))
    const {service} = await update(world, changes)
    expect(service?.deployments).toHaveLength(deployments)
  })

  test('keeps what the request does not mention', async () => {
    const world = createWorld()
    await steadyService(world, {
      deploymentConfiguration: {minimumHealthyPercent: 50, deploymentCircuitBreaker: {enable: true, rollback: true}},
      tags: [{key: 'a', value: 'b'}],
    })
    const {service} = await update(world, {deploymentConfiguration: {maximumPercent: 150}})
    expect(service?.deploymentConfiguration).toMatchObject({
      minimumHealthyPercent: 50,
      maximumPercent: 150,
      deploymentCircuitBreaker: {enable: true, rollback: true, resetOnHealthyTask: true},
    })
    expect(service?.networkConfiguration).toMatchObject(network)
    expect(service?.launchType).toBe('FARGATE')
  })

  test('the capacity provider strategy must be forced, and an empty one brings the launch type back', async () => {
    const world = createWorld()
    await steadyService(world)
    const capacityProviders = ['FARGATE', 'FARGATE_SPOT']
    await world.send(
      new PutClusterCapacityProvidersCommand({
        cluster: 'fargate',
        capacityProviders,
        defaultCapacityProviderStrategy: [],
      }),
    )
    const capacityProviderStrategy = [{capacityProvider: 'FARGATE_SPOT', weight: 1}]
    await expect(update(world, {capacityProviderStrategy})).rejects.toThrow(/you must force a new deployment\.$/)
    const moved = await update(world, {capacityProviderStrategy, forceNewDeployment: true})
    expect(moved.service).toMatchObject({capacityProviderStrategy})
    expect(moved.service).not.toHaveProperty('launchType')
    const back = await update(world, {capacityProviderStrategy: [], forceNewDeployment: true})
    expect(back.service).toMatchObject({launchType: 'FARGATE'})
    expect(back.service).not.toHaveProperty('capacityProviderStrategy')
  })

  test('a refused update changes nothing', async () => {
    const world = createWorld()
    const before = await steadyService(world)
    await expect(update(world, {desiredCount: 9, ...subnets('subnet-x')})).rejects.toMatchObject({
      code: 'InvalidParameterException',
    })
    expect(await describeService(world)).toEqual(before)
  })

  test('a missing service answers ServiceNotFoundException, a deleted one ServiceNotActiveException', async () => {
    const world = createWorld()
    await prepare(world)
    await expect(update(world, {})).rejects.toMatchObject({
      code: 'ServiceNotFoundException',
      message: 'Service not found.',
    })
    await create(world)
    await remove(world, true)
    await expect(update(world, {})).rejects.toMatchObject({
      code: 'ServiceNotActiveException',
      message: 'Service was not ACTIVE.',
    })
  })
})
