import {CreateServiceCommand} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import {
  container,
  createWorld,
  describeService,
  EXECUTION_ROLE,
  image,
  prepare,
  serviceRequest,
  steadyService,
  withTargetGroup,
} from '../services/ecs/world.js'
import {IMAGE, onlyTask, run, statesOf} from './one-task.js'

describe('a task that starts', () => {
  test('goes from PROVISIONING over PENDING to RUNNING in some twenty seconds', async () => {
    const world = createWorld()
    await run(world)
    const {states, lastAfter} = await statesOf(world, 60)
    expect(states).toEqual(['PROVISIONING', 'PENDING', 'RUNNING'])
    expect(lastAfter).toBeGreaterThanOrEqual(15)
    expect(lastAfter).toBeLessThanOrEqual(35)
  })

  test('is ACTIVATING while its targets are registered', async () => {
    const world = createWorld()
    world.targets.add()
    await prepare(world)
    await world.send(new CreateServiceCommand(serviceRequest({desiredCount: 1, ...withTargetGroup})))
    await world.clock.advance(2_000)
    const {states} = await statesOf(world, 40)
    expect(states).toEqual(['PROVISIONING', 'PENDING', 'ACTIVATING', 'RUNNING'])
  })

  test('has no network interface in its first seconds, and then one with an address', async () => {
    const world = createWorld()
    await run(world)
    const fresh = await onlyTask(world)
    expect(fresh.attachments).toMatchObject([
      {type: 'ElasticNetworkInterface', status: 'PRECREATED', details: [{name: 'subnetId', value: 'subnet-a'}]},
    ])
    expect(fresh.containers?.[0]?.networkInterfaces).toEqual([])
    await world.clock.advance(8_000)
    const {attachments, containers} = await onlyTask(world)
    expect(attachments?.[0]?.status).toBe('ATTACHED')
    expect(attachments?.[0]?.details?.map(({name}) => name)).toEqual([
      'subnetId',
      'networkInterfaceId',
      'macAddress',
      'privateDnsName',
      'privateIPv4Address',
    ])
    expect(containers?.[0]?.networkInterfaces).toEqual([
      {attachmentId: attachments?.[0]?.id, privateIpv4Address: '10.0.0.1'},
    ])
  })

  test('takes the default security group of the VPC where none is named', async () => {
    const world = createWorld()
    await run(world, {}, {networkConfiguration: {awsvpcConfiguration: {subnets: ['subnet-b']}}})
    await world.clock.advance(8_000)
    expect([...world.network.interfaces.values()]).toEqual([{subnetId: 'subnet-b', securityGroupIds: ['sg-default']}])
  })

  test('of RunTask belongs to the group of its family and bears its starter', async () => {
    const world = createWorld()
    await run(world, {}, {startedBy: 'me'})
    expect(await onlyTask(world)).toMatchObject({group: 'family:web', startedBy: 'me', launchType: 'FARGATE'})
  })

  test('of a service belongs to the group of the service and bears its deployment', async () => {
    const world = createWorld()
    const {deployments} = await steadyService(world, {desiredCount: 1})
    expect(await onlyTask(world)).toMatchObject({group: 'service:web', startedBy: deployments?.[0]?.id})
  })

  test('shows the digest of the image that it pulled', async () => {
    const world = createWorld()
    world.images.set(IMAGE, image())
    await run(world)
    await world.clock.advance(30_000)
    expect((await onlyTask(world)).containers?.[0]?.imageDigest).toMatch(/^sha256:/)
  })
})

test('a task has its log group made where the log driver is told to', async () => {
  const world = createWorld()
  const options = {
    'awslogs-group': '/fargate/web',
    'awslogs-region': 'us-east-1',
    'awslogs-stream-prefix': 'fargate',
    'awslogs-create-group': 'true',
  }
  const logConfiguration = {logDriver: 'awslogs' as const, options}
  await run(world, {executionRoleArn: EXECUTION_ROLE, containerDefinitions: [container({logConfiguration})]})
  await world.clock.advance(60_000)
  expect(await onlyTask(world)).toMatchObject({lastStatus: 'RUNNING'})
  expect(world.logs.groups.has('/fargate/web')).toBe(true)
})

describe('a task that cannot start', () => {
  test('stops with CannotPullContainerError, its containers without an exit code', async () => {
    const world = createWorld()
    world.images.set(IMAGE, {outcome: 'failed', reason: 'pull image manifest has been retried 1 time(s): not found'})
    await run(world)
    await world.clock.advance(60_000)
    const task = await onlyTask(world)
    const reason = 'CannotPullContainerError: pull image manifest has been retried 1 time(s): not found'
    expect(task).toMatchObject({lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart', stoppedReason: reason})
    expect(task.containers).toMatchObject([{lastStatus: 'STOPPED', reason}])
    expect(task.containers?.[0]).not.toHaveProperty('exitCode')
    expect(task).not.toHaveProperty('startedAt')
  })

  test('stops with ResourceInitializationError where its log group is missing', async () => {
    const world = createWorld()
    const options = {'awslogs-group': '/fargate/web', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'fargate'}
    const logConfiguration = {logDriver: 'awslogs' as const, options}
    const overrides = {executionRoleArn: EXECUTION_ROLE, containerDefinitions: [container({logConfiguration})]}
    await run(world, overrides)
    await world.clock.advance(60_000)
    const task = await onlyTask(world)
    expect(task.stopCode).toBe('TaskFailedToStart')
    expect(task.stoppedReason).toMatch(/^ResourceInitializationError: failed to initialize logging driver: /)
    expect(task.stoppedReason).toMatch(/The specified log group does not exist\.$/)
  })

  test('stops where EC2 refuses a network interface', async () => {
    const world = createWorld()
    await run(world)
    world.network.subnets.delete('subnet-a')
    await world.clock.advance(30_000)
    expect(await onlyTask(world)).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'TaskFailedToStart',
      stoppedReason:
        'Unexpected EC2 error while attempting to Create Network Interface with public IP assignment disabled in' +
        " subnet 'subnet-a': InvalidSubnetID.NotFound",
    })
  })

  test('behind a target group that is deleted meanwhile never counts as healthy', async () => {
    const world = createWorld()
    world.targets.add()
    await prepare(world)
    await world.send(new CreateServiceCommand(serviceRequest({desiredCount: 1, ...withTargetGroup})))
    world.targets.groups.clear()
    await world.clock.advance(300_000)
    expect(await describeService(world)).toMatchObject({runningCount: 1, deployments: [{rolloutState: 'IN_PROGRESS'}]})
  })
})
