import type {CreateServiceCommandInput} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand,
  DescribeServiceDeploymentsCommand,
  ListServiceDeploymentsCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import type {World} from '../services/ecs/world.js'
import {
  createWorld,
  definition,
  describeService,
  describeTasks,
  eventsOf,
  image,
  prepare,
  serviceRequest,
  steadyService,
  TARGET_GROUP,
  withTargetGroup,
} from '../services/ecs/world.js'

const BAD_IMAGE = 'registry.example/web:bad'
const NOT_FOUND =
  'pull image manifest has been retried 1 time(s): failed to resolve ref registry.example/web:bad: not found'
const TASKS_FAILED = 'ECS deployment circuit breaker: tasks failed to start.'

const breaker = (rollback: boolean): Partial<CreateServiceCommandInput> => ({
  deploymentConfiguration: {deploymentCircuitBreaker: {enable: true, rollback}},
})

async function registerBadRevision(world: World): Promise<void> {
  const containerDefinitions = [{name: 'web', image: BAD_IMAGE, portMappings: [{containerPort: 80}]}]
  await world.send(new RegisterTaskDefinitionCommand(definition({containerDefinitions})))
}

/** A steady service that is then updated to a revision whose image behaves as told. */
async function deployBadImage(world: World, request: Partial<CreateServiceCommandInput>, failed = true) {
  if (failed) world.images.set(BAD_IMAGE, {outcome: 'failed', reason: NOT_FOUND})
  const before = await steadyService(world, {desiredCount: 1, ...request})
  await registerBadRevision(world)
  const {service} = await world.send(
    new UpdateServiceCommand({cluster: 'fargate', service: 'web', taskDefinition: 'web'}),
  )
  return {good: before.deployments?.[0]?.id, bad: service?.deployments?.[0]?.id}
}

/** Moves on in small steps until the condition holds. */
async function until(world: World, holds: () => Promise<boolean>): Promise<void> {
  for (let step = 0; step < 900; step++) {
    if (await holds()) return
    await world.clock.advance(1_000)
  }
  throw new Error('it never came true')
}

const deploymentStates = async (world: World) =>
  (await describeService(world)).deployments?.map(({status, rolloutState}) => `${status} ${rolloutState}`)

describe('the circuit breaker with rollback', () => {
  test('makes a new PRIMARY deployment of what ran before, while the failed one stays ACTIVE and FAILED', async () => {
    const world = createWorld()
    const {good, bad} = await deployBadImage(world, breaker(true))
    await until(world, async () => (await deploymentStates(world))?.[1] === 'ACTIVE FAILED')
    const {deployments = [], taskDefinition} = await describeService(world)
    const [primary, failed, before] = deployments
    expect(primary).toMatchObject({status: 'PRIMARY', rolloutState: 'IN_PROGRESS', failedTasks: 0})
    expect([good, bad]).not.toContain(primary?.id)
    expect(primary?.rolloutStateReason).toBe(
      `ECS deployment circuit breaker: rolling back to deploymentId ${primary?.id}.`,
    )
    expect(failed).toMatchObject({id: bad, failedTasks: 3, rolloutStateReason: TASKS_FAILED})
    expect(before).toMatchObject({id: good, status: 'ACTIVE', runningCount: 1})
    expect(primary?.taskDefinition).toBe(before?.taskDefinition)
    expect(taskDefinition).toMatch(/web:1$/)
  })

  test('ends with one COMPLETED deployment, in which nothing shows that a newer one failed', async () => {
    const world = createWorld()
    const {bad} = await deployBadImage(world, breaker(true))
    await until(world, async () => (await deploymentStates(world))?.join() === 'PRIMARY COMPLETED')
    expect((await describeService(world)).deployments?.[0]?.id).not.toBe(bad)
    const events = await eventsOf(world)
    const failure = events.findIndex((event) => event.includes('deployment failed'))
    expect(events.slice(failure).map((event) => event.replace(/ecs-svc\/./, 'ecs-svc/X'))).toEqual([
      '(service web) (deployment ecs-svc/X) deployment failed: tasks failed to start.',
      '(service web) rolling back to deployment ecs-svc/X.',
      expect.stringMatching(/^\(service web\) has started 1 tasks: \(task .\)\.$/),
      '(service web) has stopped 1 running tasks: (task A).',
      '(service web) (deployment ecs-svc/X) deployment completed.',
      '(service web) has reached a steady state.',
    ])
  })

  test('keeps the old task running all the time', async () => {
    const world = createWorld()
    await deployBadImage(world, breaker(true))
    await until(world, async () => {
      expect((await describeService(world)).runningCount).toBeGreaterThanOrEqual(1)
      return (await deploymentStates(world))?.join() === 'PRIMARY COMPLETED'
    })
  })

  test('records a triggered breaker and a rollback in the service deployment', async () => {
    const world = createWorld()
    await deployBadImage(world, breaker(true))
    const newest = async () => {
      const {serviceDeployments = []} = await world.send(
        new ListServiceDeploymentsCommand({cluster: 'fargate', service: 'web'}),
      )
      const arns = serviceDeployments.map(({serviceDeploymentArn = ''}) => serviceDeploymentArn).slice(0, 1)
      const answer = await world.send(new DescribeServiceDeploymentsCommand({serviceDeploymentArns: arns}))
      return answer.serviceDeployments?.[0]
    }
    await world.clock.advance(2_000)
    expect(await newest()).toMatchObject({
      status: 'IN_PROGRESS',
      deploymentCircuitBreaker: {status: 'MONITORING', threshold: 3},
    })
    await until(world, async () => (await newest())?.status === 'ROLLBACK_IN_PROGRESS')
    await until(world, async () => (await newest())?.status === 'ROLLBACK_SUCCESSFUL')
    expect(await newest()).toMatchObject({
      deploymentCircuitBreaker: {status: 'TRIGGERED', failureCount: 3, threshold: 3},
      rollback: {serviceRevisionArn: expect.stringContaining(':service-revision/fargate/web/')},
    })
  })
})

test('without rollback the deployment is FAILED, stays PRIMARY, starts no more tasks and leaves the old ones alone', async () => {
  const world = createWorld()
  const {good, bad} = await deployBadImage(world, breaker(false))
  await until(world, async () => (await deploymentStates(world))?.[0] === 'PRIMARY FAILED')
  const tasks = (await describeTasks(world)).length
  await world.clock.advance(1_800_000)
  const {deployments = [], runningCount} = await describeService(world)
  expect(deployments.map(({id}) => id)).toEqual([bad, good])
  expect(deployments[0]?.rolloutStateReason).toBe(TASKS_FAILED)
  expect(runningCount).toBe(1)
  expect((await describeTasks(world)).length).toBeLessThanOrEqual(tasks)
  expect(await eventsOf(world)).not.toContainEqual(expect.stringContaining('rolling back'))
})

test('a first deployment has nothing to roll back to and just fails', async () => {
  const world = createWorld()
  world.images.set('registry.example/web:1', {outcome: 'failed', reason: NOT_FOUND})
  await prepare(world)
  await world.send(new CreateServiceCommand(serviceRequest(breaker(true))))
  await until(world, async () => (await deploymentStates(world))?.[0] === 'PRIMARY FAILED')
  await world.clock.advance(600_000)
  expect(await deploymentStates(world)).toEqual(['PRIMARY FAILED'])
  expect(await describeService(world)).toMatchObject({runningCount: 0, pendingCount: 0})
})

test('a service whose deployment FAILED can be updated to a good one', async () => {
  const world = createWorld()
  await deployBadImage(world, breaker(false))
  await until(world, async () => (await deploymentStates(world))?.[0] === 'PRIMARY FAILED')
  await world.send(new UpdateServiceCommand({cluster: 'fargate', service: 'web', taskDefinition: 'web:1'}))
  await until(world, async () => (await deploymentStates(world))?.join() === 'PRIMARY COMPLETED')
})

describe('which failures trip the circuit breaker', () => {
  test('containers that exit before their task is RUNNING', async () => {
    const world = createWorld()
    world.images.set(BAD_IMAGE, image({'fargate.simulate.exit-code': '1'}))
    await deployBadImage(world, breaker(true), false)
    await until(world, async () => (await deploymentStates(world))?.[1] === 'ACTIVE FAILED')
  })

  test('not containers that exit when their task was RUNNING: those are replaced for ever', async () => {
    const world = createWorld()
    world.images.set(BAD_IMAGE, image({'fargate.simulate.exit-code': '1', 'fargate.simulate.exit-after': '10'}))
    await deployBadImage(world, breaker(true), false)
    await world.clock.advance(1_200_000)
    const {deployments = []} = await describeService(world)
    expect(deployments[0]).toMatchObject({rolloutState: 'IN_PROGRESS', failedTasks: 0})
  })

  test('targets that fail their health checks, once tasks run', async () => {
    const world = createWorld()
    world.targets.add()
    world.targets.decide.health = (ip) =>
      ip === '10.0.0.1' ? undefined : {state: 'unhealthy', reason: 'Target.Timeout', description: 'Request timed out'}
    await deployBadImage(world, {...breaker(true), ...withTargetGroup}, false)
    await until(world, async () => (await deploymentStates(world))?.[1] === 'ACTIVE FAILED')
    expect(await eventsOf(world)).toContainEqual(
      expect.stringMatching(
        new RegExp(`is unhealthy in \\(target-group ${TARGET_GROUP}\\) due to \\(reason Request timed out\\)\\.$`),
      ),
    )
  })

  test('container health checks that fail', async () => {
    const world = createWorld()
    world.images.set(BAD_IMAGE, image({'fargate.simulate.health': 'unhealthy'}))
    await steadyService(world, {desiredCount: 1, ...breaker(true)})
    const healthCheck = {command: ['CMD', 'false'], interval: 10, retries: 2}
    const containerDefinitions = [{name: 'web', image: BAD_IMAGE, portMappings: [{containerPort: 80}], healthCheck}]
    await world.send(new RegisterTaskDefinitionCommand(definition({containerDefinitions})))
    await world.send(new UpdateServiceCommand({cluster: 'fargate', service: 'web', taskDefinition: 'web'}))
    await until(world, async () => (await deploymentStates(world))?.[1] === 'ACTIVE FAILED')
    expect(await eventsOf(world)).toContainEqual(expect.stringMatching(/\(task .\) failed container health checks\.$/))
    const stopped = (await describeTasks(world)).filter(({stoppedReason}) => stoppedReason?.startsWith('Task failed'))
    expect(stopped[0]).toMatchObject({stoppedReason: 'Task failed container health checks', healthStatus: 'UNHEALTHY'})
  })
})

describe('without a circuit breaker', () => {
  test('launches go on with growing pauses, and the scheduler says that it cannot start tasks', async () => {
    const world = createWorld()
    await deployBadImage(world, {})
    await world.clock.advance(1_800_000)
    const events = await eventsOf(world)
    expect(events).toContain(
      '(service web) is unable to consistently start tasks successfully. For more information, see the Troubleshooting section.',
    )
    expect(events).toContain(
      `(service web) was unable to place a task. Reason: CannotPullContainerError: ${NOT_FOUND}.`,
    )
    const starts = (await describeService(world)).events?.filter(({message}) => message?.includes('has started'))
    const times = (starts ?? [])
      .map(({createdAt}) => createdAt?.getTime() ?? 0)
      .reverse()
      .slice(1)
    const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0))
    expect(pauses.length).toBeGreaterThanOrEqual(4)
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b))
    expect((await describeService(world)).deployments?.[0]).toMatchObject({rolloutState: 'IN_PROGRESS'})
  })

  test('a grace period holds failed health checks back', async () => {
    const world = createWorld()
    world.targets.add()
    world.targets.decide.health = () => ({state: 'unhealthy', description: 'Request timed out'})
    await prepare(world)
    await world.send(
      new CreateServiceCommand(
        serviceRequest({...withTargetGroup, desiredCount: 1, healthCheckGracePeriodSeconds: 60}),
      ),
    )
    await world.clock.advance(70_000)
    expect((await describeTasks(world)).filter(({desiredStatus}) => desiredStatus === 'STOPPED')).toEqual([])
    await world.clock.advance(30_000)
    expect((await describeTasks(world)).filter(({desiredStatus}) => desiredStatus === 'STOPPED')).toHaveLength(1)
  })
})

describe('what the circuit breaker counts', () => {
  test('starts that fail count no more once a task of the deployment was RUNNING', async () => {
    const world = createWorld()
    world.images.set(BAD_IMAGE, image({'fargate.simulate.exit-code': '1', 'fargate.simulate.exit-after': '10'}))
    await deployBadImage(world, breaker(true), false)
    await world.clock.advance(40_000)
    world.images.set(BAD_IMAGE, {outcome: 'failed', reason: NOT_FOUND})
    await until(world, async () => ((await describeService(world)).deployments?.[0]?.failedTasks ?? 0) >= 4)
    expect((await deploymentStates(world))?.[0]).toBe('PRIMARY IN_PROGRESS')
  })

  test.each([
    {resetOnHealthyTask: true, state: 'PRIMARY COMPLETED'},
    {resetOnHealthyTask: false, state: 'PRIMARY FAILED'},
  ])('a healthy task begins the count anew: $resetOnHealthyTask', async ({resetOnHealthyTask, state}) => {
    const world = createWorld()
    world.targets.add()
    world.images.set('registry.example/web:1', {outcome: 'failed', reason: NOT_FOUND})
    await prepare(world)
    const deploymentCircuitBreaker = {enable: true, rollback: false, resetOnHealthyTask}
    await world.send(
      new CreateServiceCommand(
        serviceRequest({...withTargetGroup, deploymentConfiguration: {deploymentCircuitBreaker}}),
      ),
    )
    await until(world, async () => (await describeService(world)).deployments?.[0]?.failedTasks === 2)
    world.images.set('registry.example/web:1', image())
    world.targets.decide.health = (ip) => (ip === '10.0.0.4' ? {state: 'initial'} : undefined)
    await world.clock.advance(60_000)
    expect((await deploymentStates(world))?.[0]).toBe('PRIMARY IN_PROGRESS')
    world.targets.decide.health = (ip) => (ip === '10.0.0.4' ? {state: 'unhealthy'} : undefined)
    await world.clock.advance(300_000)
    expect((await deploymentStates(world))?.[0]).toBe(state)
  })

  test('a rollback that fails too is not rolled back again', async () => {
    const world = createWorld()
    await deployBadImage(world, breaker(true))
    world.images.set('registry.example/web:1', {outcome: 'failed', reason: NOT_FOUND})
    await until(world, async () => (await deploymentStates(world))?.[0] === 'PRIMARY FAILED')
    const list = await world.send(new ListServiceDeploymentsCommand({cluster: 'fargate', service: 'web'}))
    expect(list.serviceDeployments?.[0]?.status).toBe('ROLLBACK_FAILED')
    expect((await describeService(world)).runningCount).toBe(1)
  })
})
