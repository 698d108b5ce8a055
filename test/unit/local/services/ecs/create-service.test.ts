import type {CreateServiceCommandInput} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand,
  DeregisterTaskDefinitionCommand,
  ListServicesCommand,
  PutClusterCapacityProvidersCommand,
} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import type {World} from './world.js'
import {
  ACCOUNT,
  createWorld,
  describeTasks,
  eventsOf,
  network,
  prepare,
  serviceRequest,
  TARGET_GROUP,
  withTargetGroup,
} from './world.js'

const create = (world: World, overrides: Partial<CreateServiceCommandInput> = {}) =>
  world.send(new CreateServiceCommand(serviceRequest(overrides)))

const subnets = (...names: string[]) => ({networkConfiguration: {awsvpcConfiguration: {subnets: names}}})

describe('a new service', () => {
  test('echoes what AWS fills in', async () => {
    const world = createWorld()
    await prepare(world)
    const {service} = await create(world)
    expect(service).toMatchObject({
      serviceArn: `arn:aws:ecs:us-east-1:${ACCOUNT}:service/fargate/web`,
      clusterArn: `arn:aws:ecs:us-east-1:${ACCOUNT}:cluster/fargate`,
      launchType: 'FARGATE',
      platformVersion: 'LATEST',
      platformFamily: 'Linux',
      schedulingStrategy: 'REPLICA',
      deploymentController: {type: 'ECS'},
      propagateTags: 'NONE',
      enableECSManagedTags: false,
      enableExecuteCommand: false,
      availabilityZoneRebalancing: 'ENABLED',
      loadBalancers: [],
      serviceRegistries: [],
      placementConstraints: [],
      placementStrategy: [],
      networkConfiguration: {awsvpcConfiguration: {...network.awsvpcConfiguration, assignPublicIp: 'DISABLED'}},
      deploymentConfiguration: {
        strategy: 'ROLLING',
        bakeTimeInMinutes: 0,
        maximumPercent: 200,
        minimumHealthyPercent: 100,
        deploymentCircuitBreaker: {
          enable: false,
          rollback: false,
          resetOnHealthyTask: true,
          thresholdConfiguration: {type: 'BOUNDED_PERCENT', value: 50},
        },
      },
    })
    expect(service?.deployments?.[0]?.platformVersion).toBe('1.4.0')
  })

  test('with the same client token and request is the service that is there', async () => {
    const world = createWorld()
    await prepare(world)
    const first = await create(world, {clientToken: 'token'})
    const again = await create(world, {clientToken: 'token'})
    expect(again.service?.deployments?.[0]?.id).toBe(first.service?.deployments?.[0]?.id)
    await expect(create(world, {clientToken: 'token', desiredCount: 3})).rejects.toThrow(
      'Creation of service was not idempotent.',
    )
  })

  test('of a name that is taken is refused: Creation of service was not idempotent.', async () => {
    const world = createWorld()
    await prepare(world)
    await create(world)
    await expect(create(world)).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: 'Creation of service was not idempotent.',
    })
  })
})

describe('a service is refused with InvalidParameterException', () => {
  const other = {...withTargetGroup.loadBalancers[0]}
  test.each<[string, Partial<CreateServiceCommandInput>, ((world: World) => unknown)?]>([
    [
      "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
      {networkConfiguration: undefined},
    ],
    ['subnets can not be empty.', subnets()],
    ['subnets can have at most 16 items.', subnets(...Array.from({length: 17}, () => 'subnet-a'))],
    [
      "Error retrieving subnet information for [subnet-a, subnet-x]: The subnet ID 'subnet-x' does not exist (ErrorCode: InvalidSubnetID.NotFound)",
      subnets('subnet-a', 'subnet-x'),
    ],
    [
      "Error retrieving security group information for [sg-x]: The security group 'sg-x' does not exist (ErrorCode: InvalidGroup.NotFound)",
      {networkConfiguration: {awsvpcConfiguration: {subnets: ['subnet-a'], securityGroups: ['sg-x']}}},
    ],
    ['The subnets provided must belong to the same VPC.', subnets('subnet-a', 'subnet-other')],
    [
      'The security groups and subnets provided must belong to the same VPC.',
      {networkConfiguration: {awsvpcConfiguration: {subnets: ['subnet-a'], securityGroups: ['sg-other']}}},
    ],
    [
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
      {capacityProviderStrategy: [{capacityProvider: 'FARGATE'}]},
    ],
    [
      'The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again.',
      {launchType: undefined, capacityProviderStrategy: [{capacityProvider: 'FARGATE_SPOT'}]},
    ],
    [
      'Unable to assume the service linked role. Please verify that the ECS service linked role exists.',
      {},
      (world) => world.serviceLinkedRoles.clear(),
    ],
    [
      `The target group with targetGroupArn ${TARGET_GROUP} does not have an associated load balancer.`,
      withTargetGroup,
      (world) => world.targets.add({loadBalancerArns: []}),
    ],
    [
      `The provided target group ${TARGET_GROUP} has target type instance, which is incompatible with the awsvpc network mode specified in the task definition.`,
      withTargetGroup,
      (world) => world.targets.add({targetType: 'instance'}),
    ],
    [
      'Unable to assume role and validate the specified targetGroupArn. Please verify that the ECS service role being passed has the proper permissions.',
      withTargetGroup,
    ],
    [
      'The container api does not exist in the task definition.',
      {loadBalancers: [{...other, containerName: 'api'}]},
      (world) => world.targets.add(),
    ],
    [
      'The container web did not have a container port 81 defined.',
      {loadBalancers: [{...other, containerPort: 81}]},
      (world) => world.targets.add(),
    ],
    [
      "The service couldn't be created because a valid taskRoleArn is not being used. Specify a valid task role in your task definition and try again.",
      {enableExecuteCommand: true},
    ],
    [
      'Placement constraints are not supported with FARGATE launch type.',
      {placementConstraints: [{type: 'memberOf', expression: 'attribute:x == y'}]},
    ],
    [
      'Placement strategies are not supported with FARGATE launch type.',
      {placementStrategy: [{type: 'spread', field: 'attribute:ecs.availability-zone'}]},
    ],
    [
      'placementStrategy can have at most 5 items.',
      {launchType: 'EC2', placementStrategy: Array.from({length: 6}, () => ({type: 'random' as const}))},
    ],
    [
      'placementConstraints can have at most 10 items.',
      {launchType: 'EC2', placementConstraints: Array.from({length: 11}, () => ({type: 'memberOf' as const}))},
    ],
    [
      'loadBalancers can have at most 5 items.',
      {loadBalancers: Array.from({length: 6}, () => other)},
      (world) => world.targets.add(),
    ],
    [
      'securityGroups can have at most 5 items.',
      {
        networkConfiguration: {
          awsvpcConfiguration: {subnets: ['subnet-a'], securityGroups: Array.from({length: 6}, () => 'sg-1')},
        },
      },
    ],
    ['desiredCount must be specified for the REPLICA scheduling strategy.', {desiredCount: undefined}],
  ])('%s', async (message, overrides, arrange) => {
    const world = createWorld()
    await prepare(world)
    arrange?.(world)
    await expect(create(world, overrides)).rejects.toMatchObject({code: 'InvalidParameterException', message})
    const {serviceArns} = await world.send(new ListServicesCommand({cluster: 'fargate'}))
    expect(serviceArns).toEqual([])
  })

  test.each<[string, Partial<CreateServiceCommandInput>]>([
    ['a name with a blank', {serviceName: 'a b'}],
    ['a client token of 37 characters', {clientToken: 'x'.repeat(37)}],
    ['a negative count', {desiredCount: -1}],
    ['a tag that AWS reserves', {tags: [{key: 'aws:x', value: 'y'}]}],
    ['51 tags', {tags: Array.from({length: 51}, (_, index) => ({key: `k${index}`, value: ''}))}],
  ])('%s', async (_, overrides) => {
    const world = createWorld()
    await prepare(world)
    await expect(create(world, overrides)).rejects.toMatchObject({code: 'InvalidParameterException'})
  })
})

describe('a service of', () => {
  test.each([
    ['absent', 'TaskDefinition not found.'],
    ['web:1', 'TaskDefinition is inactive'],
  ])('the task definition %s is refused: ClientException %s', async (taskDefinition, message) => {
    const world = createWorld()
    await prepare(world)
    await world.send(new DeregisterTaskDefinitionCommand({taskDefinition: 'web:1'}))
    await expect(create(world, {taskDefinition})).rejects.toMatchObject({code: 'ClientException', message})
  })

  test('a cluster that does not exist answers "Cluster not found."', async () => {
    const world = createWorld()
    await prepare(world)
    await expect(create(world, {cluster: 'absent'})).rejects.toMatchObject({
      code: 'ClusterNotFoundException',
      message: 'Cluster not found.',
    })
  })

  test('a platform version that does not exist is refused with PlatformUnknownException', async () => {
    const world = createWorld()
    await prepare(world)
    await expect(create(world, {platformVersion: '9.9'})).rejects.toMatchObject({code: 'PlatformUnknownException'})
  })

  test('capacity providers runs its tasks on them', async () => {
    const world = createWorld()
    await prepare(world)
    const capacityProviders = ['FARGATE', 'FARGATE_SPOT']
    await world.send(
      new PutClusterCapacityProvidersCommand({
        cluster: 'fargate',
        capacityProviders,
        defaultCapacityProviderStrategy: [],
      }),
    )
    const {service} = await create(world, {
      launchType: undefined,
      capacityProviderStrategy: [{capacityProvider: 'FARGATE_SPOT'}],
    })
    expect(service?.capacityProviderStrategy).toEqual([{capacityProvider: 'FARGATE_SPOT', weight: 1, base: 0}])
    expect(service).not.toHaveProperty('launchType')
    await world.clock.advance(10_000)
    const tasks = await describeTasks(world)
    expect(tasks.map(({capacityProviderName}) => capacityProviderName)).toEqual(['FARGATE_SPOT', 'FARGATE_SPOT'])
  })

  test('EC2, of which there are no instances, says that it cannot place a task', async () => {
    const world = createWorld()
    await prepare(world)
    await create(world, {launchType: 'EC2'})
    await world.clock.advance(5_000)
    expect((await eventsOf(world))[0]).toMatch(/no container instance met all of its requirements/)
  })
})
