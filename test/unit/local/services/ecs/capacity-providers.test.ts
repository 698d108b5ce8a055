import type {CreateCapacityProviderCommandInput} from '@aws-sdk/client-ecs'
import {
  CreateCapacityProviderCommand,
  CreateServiceCommand,
  DeleteCapacityProviderCommand,
  DeleteClusterCommand,
  DeregisterContainerInstanceCommand,
  DescribeCapacityProvidersCommand,
  DescribeClustersCommand,
  DescribeContainerInstancesCommand,
  ListContainerInstancesCommand,
  PutClusterCapacityProvidersCommand,
  RunTaskCommand,
  UpdateCapacityProviderCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import type {World} from './world.js'
import {
  ACCOUNT,
  createWorld,
  describeService,
  describeTasks,
  eventsOf,
  network,
  prepare,
  serviceRequest,
  steadyService,
} from './world.js'

const GROUP = `arn:aws:autoscaling:us-east-1:${ACCOUNT}:autoScalingGroup:0e7a1b2c-1111-2222-3333-444455556666:autoScalingGroupName/debug`

const createProvider = (world: World, more: Partial<CreateCapacityProviderCommandInput> = {}) =>
  world.send(
    new CreateCapacityProviderCommand({
      name: 'debug',
      autoScalingGroupProvider: {autoScalingGroupArn: GROUP, managedScaling: {status: 'ENABLED'}},
      ...more,
    }),
  )

async function associate(world: World, capacityProviders = ['FARGATE', 'debug']): Promise<void> {
  const input = {cluster: 'fargate', capacityProviders, defaultCapacityProviderStrategy: []}
  await world.send(new PutClusterCapacityProvidersCommand(input))
  await world.clock.advance(10_000)
}

const move = (world: World, providers: readonly string[], more: object = {}) =>
  world.send(
    new UpdateServiceCommand({
      cluster: 'fargate',
      service: 'web',
      capacityProviderStrategy: providers.map((capacityProvider) => ({capacityProvider, weight: 1})),
      forceNewDeployment: true,
      ...more,
    }),
  )

const runningTasks = async (world: World) =>
  (await describeTasks(world)).filter(({lastStatus}) => lastStatus === 'RUNNING')

async function instancesOf(world: World): Promise<string[]> {
  return (await world.send(new ListContainerInstancesCommand({cluster: 'fargate'}))).containerInstanceArns ?? []
}

describe('capacity providers of Auto Scaling groups', () => {
  test('are made with the defaults of managed scaling, changed in part, and described beside those of Fargate', async () => {
    const world = createWorld()
    const {capacityProvider} = await createProvider(world, {tags: [{key: 'a', value: 'b'}]})
    expect(capacityProvider).toMatchObject({
      capacityProviderArn: `arn:aws:ecs:us-east-1:${ACCOUNT}:capacity-provider/debug`,
      status: 'ACTIVE',
      autoScalingGroupProvider: {
        autoScalingGroupArn: GROUP,
        managedScaling: {
          status: 'ENABLED',
          targetCapacity: 100,
          minimumScalingStepSize: 1,
          maximumScalingStepSize: 10_000,
          instanceWarmupPeriod: 300,
        },
        managedTerminationProtection: 'DISABLED',
        managedDraining: 'ENABLED',
      },
      tags: [{key: 'a', value: 'b'}],
    })
    const change = {name: 'debug', autoScalingGroupProvider: {managedScaling: {targetCapacity: 80}}}
    await world.send(new UpdateCapacityProviderCommand(change))
    const all = await world.send(new DescribeCapacityProvidersCommand({}))
    expect(all.capacityProviders?.map(({name}) => name)).toEqual(['FARGATE', 'FARGATE_SPOT', 'debug'])
    expect(all.capacityProviders?.[2]).toMatchObject({
      autoScalingGroupProvider: {managedScaling: {status: 'ENABLED', targetCapacity: 80}},
      updateStatus: 'UPDATE_COMPLETE',
      tags: [],
    })
    const some = await world.send(new DescribeCapacityProvidersCommand({capacityProviders: ['debug', 'gone']}))
    expect(some.capacityProviders).toHaveLength(1)
    expect(some.failures).toEqual([{arn: `arn:aws:ecs:us-east-1:${ACCOUNT}:capacity-provider/gone`, reason: 'MISSING'}])
  })

  test.each<[string, Partial<CreateCapacityProviderCommandInput>, string, string]>([
    [
      'a reserved name',
      {name: 'fargate-x'},
      'InvalidParameterException',
      'The name cannot be prefixed with "aws", "ecs"',
    ],
    [
      'no Auto Scaling group',
      {autoScalingGroupProvider: {autoScalingGroupArn: 'debug'}},
      'InvalidParameterException',
      'The specified Auto Scaling group ARN is invalid.',
    ],
    [
      'termination protection without managed scaling',
      {autoScalingGroupProvider: {autoScalingGroupArn: GROUP, managedTerminationProtection: 'ENABLED'}},
      'InvalidParameterException',
      'managed scaling must be enabled',
    ],
  ])('refuses %s', async (_, input, code, message) => {
    await expect(createProvider(createWorld(), input)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    })
  })

  test('are deleted once no cluster has them', async () => {
    const world = createWorld()
    await prepare(world)
    await createProvider(world)
    await associate(world)
    const remove = new DeleteCapacityProviderCommand({capacityProvider: 'debug'})
    await expect(world.send(remove)).rejects.toMatchObject({
      code: 'ClientException',
      message:
        'The capacity provider cannot be deleted because it is associated with cluster: fargate. Remove the capacity' +
        ' provider from the cluster and try again.',
    })
    await associate(world, ['FARGATE'])
    const {capacityProvider} = await world.send(remove)
    expect(capacityProvider).toMatchObject({status: 'INACTIVE', updateStatus: 'DELETE_COMPLETE'})
    await expect(associate(world)).rejects.toMatchObject({
      message: 'The specified capacity provider does not exist. Specify a valid name or ARN and try again.',
    })
  })
})

describe('a service that moves to EC2 capacity', () => {
  test('waits for an instance, replaces its tasks there, and comes back with an empty strategy', async () => {
    const world = createWorld()
    await steadyService(world)
    await createProvider(world)
    await associate(world)
    const {service} = await move(world, ['debug'])
    expect(service).toMatchObject({capacityProviderStrategy: [{capacityProvider: 'debug', weight: 1, base: 0}]})
    expect(service).not.toHaveProperty('launchType')
    expect(service).not.toHaveProperty('platformVersion')
    await world.clock.advance(30_000)
    expect(await instancesOf(world)).toEqual([])
    expect((await describeTasks(world)).map(({lastStatus}) => lastStatus)).toContain('PROVISIONING')
    await world.clock.advance(200_000)
    const [instance = ''] = await instancesOf(world)
    const moved = await runningTasks(world)
    expect(moved).toHaveLength(2)
    for (const task of moved) {
      expect(task).toMatchObject({launchType: 'EC2', capacityProviderName: 'debug', containerInstanceArn: instance})
      expect(task).not.toHaveProperty('platformVersion')
    }
    expect((await describeService(world)).deployments).toMatchObject([{rolloutState: 'COMPLETED'}])

    const back = await move(world, [])
    expect(back.service).toMatchObject({launchType: 'FARGATE'})
    expect(back.service?.capacityProviderStrategy).toBeUndefined()
    await world.clock.advance(200_000)
    for (const task of await runningTasks(world)) {
      expect(task).toMatchObject({launchType: 'FARGATE', platformVersion: '1.4.0'})
      expect(task).not.toHaveProperty('containerInstanceArn')
    }
  })

  test.each<[string, object, readonly string[], string]>([
    [
      'a public address',
      {networkConfiguration: {awsvpcConfiguration: {...network.awsvpcConfiguration, assignPublicIp: 'ENABLED'}}},
      ['debug'],
      'Assign public IP is not supported for this launch type.',
    ],
    [
      'a platform version',
      {platformVersion: '1.4.0'},
      ['debug'],
      'The platform version must be null when specifying an EC2 launch type.',
    ],
    [
      'a strategy of both kinds',
      {},
      ['FARGATE', 'debug'],
      'A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups and Fargate' +
        ' providers. Specify one or the other and try again.',
    ],
    [
      'a provider that is not on the cluster',
      {},
      ['FARGATE_SPOT'],
      'The specified capacity provider strategy cannot contain a capacity provider that is not associated with the' +
        ' cluster. Associate the capacity provider with the cluster and try again.',
    ],
    [
      'a move that does not force a deployment',
      {forceNewDeployment: false},
      ['debug'],
      'When switching from launch type to capacity provider strategy on an existing service, or making a change to a' +
        ' capacity provider strategy on a service that is already using one, you must force a new deployment.',
    ],
  ])('cannot have %s', async (_, more, providers, message) => {
    const world = createWorld()
    await steadyService(world)
    await createProvider(world)
    await associate(world)
    await expect(move(world, providers, more)).rejects.toMatchObject({code: 'InvalidParameterException', message})
  })

  test('goes back to the launch type that it was made with', async () => {
    const world = createWorld()
    await prepare(world)
    await createProvider(world)
    await associate(world)
    await world.send(new CreateServiceCommand(serviceRequest({launchType: 'EC2', desiredCount: 1})))
    await move(world, ['FARGATE'])
    expect((await move(world, [])).service).toMatchObject({launchType: 'EC2'})
  })
})

describe('container instances', () => {
  async function runOn(world: World, count = 1) {
    const strategy = [{capacityProvider: 'debug', weight: 1}]
    const input = {cluster: 'fargate', taskDefinition: 'web', networkConfiguration: network, count}
    return world.send(new RunTaskCommand({...input, capacityProviderStrategy: strategy}))
  }

  test('are shared by tasks while they have room, and are gone 15 minutes after the last one', async () => {
    const world = createWorld()
    await prepare(world)
    await createProvider(world)
    await associate(world)
    await runOn(world, 9)
    await world.clock.advance(70_000)
    const containerInstances = await instancesOf(world)
    expect(containerInstances).toHaveLength(2)
    const described = await world.send(new DescribeContainerInstancesCommand({cluster: 'fargate', containerInstances}))
    expect(described.containerInstances?.[0]).toMatchObject({
      ec2InstanceId: expect.stringMatching(/^i-0[0-9a-f]{16}$/),
      capacityProviderName: 'debug',
      status: 'ACTIVE',
      agentConnected: true,
      remainingResources: [
        {name: 'CPU', integerValue: 0},
        {name: 'MEMORY', integerValue: 7680 - 8 * 512},
      ],
    })
    const {clusters} = await world.send(new DescribeClustersCommand({clusters: ['fargate']}))
    expect(clusters?.[0]?.registeredContainerInstancesCount).toBe(2)
    for (const arn of containerInstances) {
      const input = {cluster: 'fargate', containerInstance: arn}
      await expect(world.send(new DeregisterContainerInstanceCommand(input))).rejects.toThrow('Use the force option')
    }
    await expect(world.send(new DeleteClusterCommand({cluster: 'fargate'}))).rejects.toMatchObject({
      code: 'ClusterContainsTasksException',
    })
  })

  test('that nothing runs on keep their cluster from being deleted until they are gone', async () => {
    const world = createWorld()
    await prepare(world)
    await createProvider(world)
    await associate(world)
    world.images.set('registry.example/web:1', {outcome: 'failed', reason: 'not found'})
    await runOn(world)
    await world.clock.advance(180_000)
    const remove = new DeleteClusterCommand({cluster: 'fargate'})
    await expect(world.send(remove)).rejects.toMatchObject({code: 'ClusterContainsContainerInstancesException'})
    await world.clock.advance(15 * 60_000)
    expect(await instancesOf(world)).toEqual([])
    expect((await world.send(remove)).cluster?.status).toBe('INACTIVE')
  })

  test('of a group that ECS does not scale have room for so much and no more', async () => {
    const world = createWorld()
    await prepare(world)
    await createProvider(world, {autoScalingGroupProvider: {autoScalingGroupArn: GROUP}})
    await associate(world)
    const {tasks, failures} = await runOn(world, 9)
    expect([tasks?.length, failures]).toEqual([8, [{reason: 'RESOURCE:CPU'}]])
    const strategy = {launchType: undefined, capacityProviderStrategy: [{capacityProvider: 'debug', weight: 1}]}
    await world.send(new CreateServiceCommand(serviceRequest(strategy)))
    await world.clock.advance(10_000)
    expect((await eventsOf(world))[0]).toBe(
      '(service web) was unable to place a task because no container instance met all of its requirements.' +
        ' For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
    )
  })
})
