import type {CreateServiceCommandInput, UpdateServiceCommandInput} from '@aws-sdk/client-ecs'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteClusterCommand,
  DeleteServiceCommand,
  DeregisterTaskDefinitionCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  ListServiceDeploymentsCommand,
  ListServicesCommand,
  PutClusterCapacityProvidersCommand,
  RegisterTaskDefinitionCommand,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import type {World} from './world.js'
import {
  ACCOUNT,
  createWorld,
  definition,
  describeService,
  describeTasks,
  eventsOf,
  network,
  prepare,
  serviceRequest,
  steadyService,
  TARGET_GROUP,
  withTargetGroup,
} from './world.js'

const create = (world: World, overrides: Partial<CreateServiceCommandInput> = {}) =>
  world.send(new CreateServiceCommand(serviceRequest(overrides)))
const update = (world: World, changes: Omit<UpdateServiceCommandInput, 'service'>) =>
  world.send(new UpdateServiceCommand({cluster: 'fargate', service: 'web', ...changes}))
const remove = (world: World, force?: boolean) =>
  world.send(new DeleteServiceCommand({cluster: 'fargate', service: 'web', ...(force === undefined ? {} : {force})}))

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

describe('deleting', () => {
  test('is refused above 0 without force: The service cannot be stopped while it is scaled above 0.', async () => {
    const world = createWorld()
    await steadyService(world)
    await expect(remove(world)).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: 'The service cannot be stopped while it is scaled above 0.',
    })
    await expect(remove(world, false)).rejects.toThrow('The service cannot be stopped while it is scaled above 0.')
  })

  test('with force leaves the service DRAINING, out of lists, its name taken, until its tasks have stopped', async () => {
    const world = createWorld()
    await steadyService(world)
    const {service} = await remove(world, true)
    expect(service).toMatchObject({status: 'DRAINING', desiredCount: 0, runningCount: 2})
    expect((await world.send(new ListServicesCommand({cluster: 'fargate'}))).serviceArns).toEqual([])
    await expect(create(world)).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: 'Unable to Start a service that is still Draining.',
    })
    await world.clock.advance(30_000)
    expect(await describeService(world)).toMatchObject({status: 'INACTIVE', deployments: [], runningCount: 0})
    expect(world.network.interfaces.size).toBe(0)
  })

  test('without force is possible at 0, and the name can be used again', async () => {
    const world = createWorld()
    await steadyService(world)
    await update(world, {desiredCount: 0})
    await world.clock.advance(30_000)
    expect((await remove(world)).service?.status).toBe('DRAINING')
    await world.clock.advance(5_000)
    await expect(remove(world, true)).rejects.toMatchObject({code: 'ServiceNotFoundException'})
    expect((await create(world)).service).toMatchObject({status: 'ACTIVE', events: []})
    await world.clock.advance(120_000)
    expect(await describeService(world)).toMatchObject({runningCount: 2})
  })

  test('drains targets for their delay before the tasks stop', async () => {
    const world = createWorld()
    world.targets.add({deregistrationDelaySeconds: 60})
    await steadyService(world, withTargetGroup)
    await remove(world, true)
    await world.clock.advance(50_000)
    expect(world.targets.registered.size).toBe(0)
    expect((await describeService(world)).status).toBe('DRAINING')
    await world.clock.advance(40_000)
    expect((await describeService(world)).status).toBe('INACTIVE')
  })

  test('a cluster waits for its services and tasks', async () => {
    const world = createWorld()
    await steadyService(world)
    const drop = () => world.send(new DeleteClusterCommand({cluster: 'fargate'}))
    await expect(drop()).rejects.toMatchObject({
      code: 'ClusterContainsServicesException',
      message: 'The Cluster cannot be deleted while Services are active.',
    })
    await remove(world, true)
    await world.clock.advance(2_000)
    await expect(drop()).rejects.toMatchObject({
      code: 'ClusterContainsTasksException',
      message: 'The Cluster cannot be deleted while Tasks are active.',
    })
    await world.clock.advance(60_000)
    expect((await drop()).cluster?.status).toBe('INACTIVE')
    await expect(create(world)).rejects.toThrow('Cluster not found.')
  })
})

describe('reading', () => {
  test('answers what is missing as failures', async () => {
    const world = createWorld()
    await prepare(world)
    await create(world, {tags: [{key: 'a', value: 'b'}]})
    const services = ['web', 'absent', `arn:aws:ecs:us-east-1:${ACCOUNT}:service/fargate/web`]
    const answer = await world.send(new DescribeServicesCommand({cluster: 'fargate', services}))
    expect(answer.services?.map(({serviceName}) => serviceName)).toEqual(['web', 'web'])
    expect(answer.services?.[0]).not.toHaveProperty('tags')
    expect(answer.failures).toEqual([
      {arn: `arn:aws:ecs:us-east-1:${ACCOUNT}:service/fargate/absent`, reason: 'MISSING'},
    ])
    const tagged = await world.send(
      new DescribeServicesCommand({cluster: 'fargate', services: ['web'], include: ['TAGS']}),
    )
    expect(tagged.services?.[0]?.tags).toEqual([{key: 'a', value: 'b'}])
  })

  test('takes at most ten services', async () => {
    const world = createWorld()
    await prepare(world)
    const services = Array.from({length: 11}, (_, index) => `s${index}`)
    await expect(world.send(new DescribeServicesCommand({cluster: 'fargate', services}))).rejects.toMatchObject({
      code: 'InvalidParameterException',
    })
  })

  test('lists ten services to a page unless told', async () => {
    const world = createWorld()
    await prepare(world)
    for (let index = 0; index < 12; index++) await create(world, {serviceName: `s${index}`, desiredCount: 0})
    const first = await world.send(new ListServicesCommand({cluster: 'fargate'}))
    expect(first.serviceArns).toHaveLength(10)
    const second = await world.send(new ListServicesCommand({cluster: 'fargate', nextToken: first.nextToken}))
    expect(second.serviceArns).toHaveLength(2)
    expect(second).not.toHaveProperty('nextToken')
    expect(new Set([...(first.serviceArns ?? []), ...(second.serviceArns ?? [])]).size).toBe(12)
    const all = await world.send(new ListServicesCommand({cluster: 'fargate', maxResults: 100}))
    expect(all.serviceArns).toHaveLength(12)
    await expect(world.send(new ListServicesCommand({cluster: 'fargate', maxResults: 101}))).rejects.toMatchObject({
      code: 'InvalidParameterException',
    })
    await expect(world.send(new ListServicesCommand({cluster: 'fargate', nextToken: 'x'}))).rejects.toMatchObject({
      code: 'InvalidParameterException',
    })
  })

  test('takes the cluster "default" where none is named', async () => {
    const world = createWorld()
    await expect(world.send(new ListServicesCommand({}))).rejects.toMatchObject({code: 'ClusterNotFoundException'})
    await world.send(new CreateClusterCommand({}))
    expect((await world.send(new ListServicesCommand({}))).serviceArns).toEqual([])
  })
})

describe('service deployments', () => {
  const newest = async (world: World) => {
    const list = await world.send(new ListServiceDeploymentsCommand({cluster: 'fargate', service: 'web'}))
    return list.serviceDeployments ?? []
  }

  test('are listed newest first, from IN_PROGRESS to SUCCESSFUL', async () => {
    const world = createWorld()
    await steadyService(world)
    await update(world, {forceNewDeployment: true})
    expect((await newest(world)).map(({status}) => status)).toEqual(['IN_PROGRESS', 'SUCCESSFUL'])
    await world.clock.advance(120_000)
    const [latest] = await newest(world)
    expect(latest).toMatchObject({status: 'SUCCESSFUL', finishedAt: expect.any(Date)})
    const {services = []} = await world.send(new DescribeServicesCommand({cluster: 'fargate', services: ['web']}))
    expect(services[0]?.currentServiceDeployment).toBe(latest?.serviceDeploymentArn)
    const {serviceRevisions} = await world.send(
      new DescribeServiceRevisionsCommand({serviceRevisionArns: [latest?.targetServiceRevisionArn ?? '']}),
    )
    expect(serviceRevisions).toMatchObject([{taskDefinition: expect.stringMatching(/web:1$/), launchType: 'FARGATE'}])
  })

  test('can be stopped while in progress, which rolls back without the circuit breaker', async () => {
    const world = createWorld()
    await steadyService(world)
    await world.send(new RegisterTaskDefinitionCommand(definition()))
    await update(world, {taskDefinition: 'web:2'})
    await world.clock.advance(10_000)
    const [latest] = await newest(world)
    const stop = new StopServiceDeploymentCommand({serviceDeploymentArn: latest?.serviceDeploymentArn})
    expect(await world.send(stop)).toEqual({serviceDeploymentArn: latest?.serviceDeploymentArn})
    expect((await newest(world))[0]?.status).toBe('ROLLBACK_IN_PROGRESS')
    await world.clock.advance(180_000)
    expect((await newest(world))[0]?.status).toBe('ROLLBACK_SUCCESSFUL')
    expect(await describeService(world)).toMatchObject({
      taskDefinition: expect.stringMatching(/web:1$/),
      deployments: [{status: 'PRIMARY', rolloutState: 'COMPLETED'}],
    })
    await expect(world.send(stop)).rejects.toMatchObject({code: 'ConflictException'})
  })
})
