import {CreateServiceCommand} from '@aws-sdk/client-ecs'
import {expect, test} from 'vitest'
import {
  ACCOUNT,
  container,
  createWorld,
  describeService,
  EXECUTION_ROLE,
  image,
  prepare,
  serviceRequest,
  steadyService,
} from '../services/ecs/world.js'
import {IMAGE, onlyTask, run} from './one-task.js'

test('output goes to the log stream prefix/container/task', async () => {
  const world = createWorld()
  world.logs.groups.set('/fargate/web', [])
  world.images.set(IMAGE, image({'fargate.simulate.output': 'hello\nworld'}))
  const options = {'awslogs-group': '/fargate/web', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'fargate'}
  const logConfiguration = {logDriver: 'awslogs' as const, options}
  await run(world, {executionRoleArn: EXECUTION_ROLE, containerDefinitions: [container({logConfiguration})]})
  await world.clock.advance(30_000)
  const {taskArn = ''} = await onlyTask(world)
  const id = taskArn.slice(taskArn.lastIndexOf('/') + 1)
  const lines = world.logs.groups.get('/fargate/web') ?? []
  expect(new Set(lines.map(({stream}) => stream))).toEqual(new Set([`fargate/web/${id}`]))
  expect(lines.map(({message}) => message)).toEqual([expect.stringContaining('simulated'), 'hello', 'world'])
})

test('overrides change command and environment of the task that runs', async () => {
  const world = createWorld()
  await run(world, {}, {overrides: {containerOverrides: [{name: 'web', command: ['sh', '-c', 'exit 7']}]}})
  await world.clock.advance(60_000)
  const task = await onlyTask(world)
  expect(task.containers?.[0]?.exitCode).toBe(7)
  expect(task.overrides?.containerOverrides).toEqual([{name: 'web', command: ['sh', '-c', 'exit 7']}])
})

test('a container health check makes the task HEALTHY', async () => {
  const world = createWorld()
  await prepare(world, {containerDefinitions: [container({healthCheck: {command: ['CMD', 'true'], interval: 10}})]})
  await world.send(new CreateServiceCommand(serviceRequest({desiredCount: 1})))
  await world.clock.advance(22_000)
  expect(await onlyTask(world)).toMatchObject({healthStatus: 'UNKNOWN'})
  await world.clock.advance(15_000)
  expect(await onlyTask(world)).toMatchObject({healthStatus: 'HEALTHY'})
  expect((await describeService(world)).deployments?.[0]?.rolloutState).toBe('COMPLETED')
})

test('closing frees the runtime and stops every timer', async () => {
  const world = createWorld()
  await steadyService(world)
  const address = {account: ACCOUNT, region: 'us-east-1', vpcId: 'vpc-1', privateIpAddress: '10.0.0.1'}
  expect(world.runtime.connect(address, 80)).toBeDefined()
  world.ecs.close()
  expect(world.runtime.connect(address, 80)).toBeUndefined()
  const before = JSON.stringify(world.ecs.snapshot())
  await world.clock.advance(7 * 3_600_000)
  expect(JSON.stringify(world.ecs.snapshot())).toBe(before)
})
