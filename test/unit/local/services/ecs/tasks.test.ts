import type {RunTaskCommandInput} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  RunTaskCommand,
  StopTaskCommand,
} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import type {World} from './world.js'
import {ACCOUNT, createWorld, describeTasks, EXECUTION_ROLE, network, prepare, serviceRequest} from './world.js'

const run = (world: World, overrides: Partial<RunTaskCommandInput> = {}) =>
  world.send(
    new RunTaskCommand({
      cluster: 'fargate',
      taskDefinition: 'web',
      launchType: 'FARGATE',
      networkConfiguration: network,
      ...overrides,
    }),
  )

describe('RunTask', () => {
  test('answers with tasks that are PROVISIONING, spread over the subnets', async () => {
    const world = createWorld()
    await prepare(world)
    const {tasks = [], failures} = await run(world, {count: 3, tags: [{key: 'a', value: 'b'}]})
    expect(failures).toEqual([])
    expect(tasks).toHaveLength(3)
    expect(tasks.map(({availabilityZone}) => availabilityZone)).toEqual(['us-east-1a', 'us-east-1b', 'us-east-1a'])
    expect(tasks[0]).toMatchObject({
      lastStatus: 'PROVISIONING',
      desiredStatus: 'RUNNING',
      tags: [{key: 'a', value: 'b'}],
      containers: [{name: 'web', lastStatus: 'PENDING'}],
    })
    expect(tasks[0]?.taskArn).toMatch(new RegExp(`^arn:aws:ecs:us-east-1:${ACCOUNT}:task/fargate/[0-9a-f]{32}$`))
  })

  test('with the same client token answers with the same tasks, and with other parameters is a conflict', async () => {
    const world = createWorld()
    await prepare(world)
    const first = await run(world, {clientToken: 'token'})
    const again = await run(world, {clientToken: 'token'})
    expect(again.tasks?.[0]?.taskArn).toBe(first.tasks?.[0]?.taskArn)
    await expect(run(world, {clientToken: 'token', count: 2})).rejects.toMatchObject({
      code: 'ConflictException',
      members: {resourceIds: [first.tasks?.[0]?.taskArn]},
    })
    expect(await describeTasks(world)).toHaveLength(1)
  })

  test.each<[string, string, string, Partial<RunTaskCommandInput>]>([
    ['more than ten tasks', 'InvalidParameterException', 'count', {count: 11}],
    ['propagateTags of SERVICE', 'InvalidParameterException', 'SERVICE', {propagateTags: 'SERVICE'}],
    ['a missing task definition', 'ClientException', 'TaskDefinition not found.', {taskDefinition: 'absent'}],
    ['a missing cluster', 'ClusterNotFoundException', 'Cluster not found.', {cluster: 'absent'}],
    [
      'no network configuration',
      'InvalidParameterException',
      "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
      {networkConfiguration: undefined},
    ],
    [
      'an override of a container that is not there',
      'InvalidParameterException',
      'Override for container named api is not a container in the TaskDefinition.',
      {overrides: {containerOverrides: [{name: 'api'}]}},
    ],
    [
      'EC2, of which there are no instances',
      'InvalidParameterException',
      'No Container Instances were found in your cluster.',
      {launchType: 'EC2'},
    ],
  ])('refuses %s', async (_, code, message, overrides) => {
    const world = createWorld()
    await prepare(world)
    await expect(run(world, overrides)).rejects.toMatchObject({code, message: expect.stringContaining(message)})
    expect(await describeTasks(world)).toEqual([])
  })

  test('answers with failures and HTTP 200 where there is no capacity', async () => {
    const world = createWorld()
    await prepare(world)
    world.capacity.problem = 'Capacity is unavailable at this time'
    const {tasks, failures} = await run(world, {count: 2})
    expect(tasks).toEqual([])
    expect(failures).toEqual([
      {reason: 'Capacity is unavailable at this time'},
      {reason: 'Capacity is unavailable at this time'},
    ])
  })

  test('refuses a role that is missing or cannot be assumed yet: ClientException', async () => {
    const world = createWorld()
    await prepare(world, {executionRoleArn: EXECUTION_ROLE})
    world.roles.delete(EXECUTION_ROLE)
    const refusal = {
      code: 'ClientException',
      message: expect.stringMatching(/^ECS was unable to assume the role 'arn:.+' that was provided for this task\./),
    }
    await expect(run(world)).rejects.toMatchObject(refusal)
    const trustedServices = ['ecs-tasks.amazonaws.com']
    world.roles.set(EXECUTION_ROLE, {roleArn: EXECUTION_ROLE, trustedServices, createdAt: world.clock.now()})
    await expect(run(world)).rejects.toMatchObject(refusal)
    await world.clock.advance(30_000)
    expect((await run(world)).tasks).toHaveLength(1)
  })
})

describe('listing', () => {
  test('takes tasks that are to run, and others by desired status, family, starter or service', async () => {
    const world = createWorld()
    await prepare(world)
    const {tasks = []} = await run(world, {count: 2, startedBy: 'me'})
    await world.send(new CreateServiceCommand(serviceRequest({desiredCount: 1})))
    await world.clock.advance(30_000)
    await world.send(new StopTaskCommand({cluster: 'fargate', task: tasks[0]?.taskArn}))
    const count = async (input: ConstructorParameters<typeof ListTasksCommand>[0]) =>
      (await world.send(new ListTasksCommand({cluster: 'fargate', ...input}))).taskArns?.length
    expect(await count({})).toBe(2)
    expect(await count({desiredStatus: 'STOPPED'})).toBe(1)
    expect(await count({startedBy: 'me'})).toBe(1)
    expect(await count({family: 'web'})).toBe(2)
    expect(await count({family: 'other'})).toBe(0)
    expect(await count({serviceName: 'web'})).toBe(1)
    await expect(count({serviceName: 'absent'})).rejects.toMatchObject({code: 'ServiceNotFoundException'})
  })
})

describe('describing and stopping', () => {
  test('take ids and ARNs; what is missing is a failure or "The referenced task was not found."', async () => {
    const world = createWorld()
    await prepare(world)
    const {tasks = []} = await run(world)
    const arn = tasks[0]?.taskArn ?? ''
    const id = arn.slice(arn.lastIndexOf('/') + 1)
    const answer = await world.send(new DescribeTasksCommand({cluster: 'fargate', tasks: [arn, id, 'absent']}))
    expect(answer.tasks?.map(({taskArn}) => taskArn)).toEqual([arn, arn])
    expect(answer.failures).toEqual([{arn: `arn:aws:ecs:us-east-1:${ACCOUNT}:task/fargate/absent`, reason: 'MISSING'}])
    await expect(world.send(new StopTaskCommand({cluster: 'fargate', task: 'absent'}))).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: 'The referenced task was not found.',
    })
    expect((await world.send(new StopTaskCommand({cluster: 'fargate', task: id}))).task?.desiredStatus).toBe('STOPPED')
  })

  test('take at most a hundred tasks', async () => {
    const world = createWorld()
    await prepare(world)
    const tasks = Array.from({length: 101}, (_, index) => `t${index}`)
    await expect(world.send(new DescribeTasksCommand({cluster: 'fargate', tasks}))).rejects.toMatchObject({
      code: 'InvalidParameterException',
    })
  })
})
