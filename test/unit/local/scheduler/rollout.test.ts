import {CreateServiceCommand, RegisterTaskDefinitionCommand, UpdateServiceCommand} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import type {World} from '../services/ecs/world.js'
import {
  createWorld,
  definition,
  describeService,
  describeTasks,
  eventsOf,
  prepare,
  serviceRequest,
  steadyService,
  TARGET_GROUP,
  withTargetGroup,
} from '../services/ecs/world.js'

const update = (world: World, changes: object) =>
  world.send(new UpdateServiceCommand({cluster: 'fargate', service: 'web', ...changes}))

const secondRevision = (world: World) =>
  world.send(
    new RegisterTaskDefinitionCommand(
      definition({containerDefinitions: [{...container, image: 'registry.example/web:2'}]}),
    ),
  )

const container = {name: 'web', portMappings: [{containerPort: 80}]}

describe('a first deployment', () => {
  test('answers with nothing running, no events, and IN_PROGRESS', async () => {
    const world = createWorld()
    await prepare(world)
    const {service} = await world.send(new CreateServiceCommand(serviceRequest()))
    expect(service).toMatchObject({status: 'ACTIVE', desiredCount: 2, runningCount: 0, pendingCount: 0, events: []})
    const [deployment] = service?.deployments ?? []
    expect(deployment).toMatchObject({status: 'PRIMARY', rolloutState: 'IN_PROGRESS', failedTasks: 0, desiredCount: 2})
    expect(deployment?.id).toMatch(/^ecs-svc\/\d{19}$/)
    expect(deployment?.rolloutStateReason).toBe(`ECS deployment ${deployment?.id} in progress.`)
  })

  test('shows its tasks as pending, then as running, and is COMPLETED 40 s after they run', async () => {
    const world = createWorld()
    await prepare(world)
    await world.send(new CreateServiceCommand(serviceRequest()))
    await world.clock.advance(5_000)
    expect(await describeService(world)).toMatchObject({runningCount: 0, pendingCount: 2})
    await world.clock.advance(20_000)
    expect(await describeService(world)).toMatchObject({runningCount: 2, pendingCount: 0})
    await world.clock.advance(30_000)
    expect((await describeService(world)).deployments?.[0]?.rolloutState).toBe('IN_PROGRESS')
    await world.clock.advance(10_000)
    const {deployments = []} = await describeService(world)
    expect(deployments).toHaveLength(1)
    expect(deployments[0]).toMatchObject({rolloutState: 'COMPLETED', runningCount: 2})
    expect(deployments[0]?.rolloutStateReason).toBe(`ECS deployment ${deployments[0]?.id} completed.`)
    expect(await eventsOf(world)).toEqual([
      '(service web) has started 2 tasks: (task A) (task B).',
      '(service web) (deployment ecs-svc/C) deployment completed.',
      '(service web) has reached a steady state.',
    ])
  })

  test('of no tasks is COMPLETED at once', async () => {
    const world = createWorld()
    await prepare(world)
    await world.send(new CreateServiceCommand(serviceRequest({desiredCount: 0})))
    await world.clock.advance(3_000)
    expect((await describeService(world)).deployments?.[0]?.rolloutState).toBe('COMPLETED')
  })

  test('behind a load balancer registers targets and waits for their health', async () => {
    const world = createWorld()
    world.targets.add()
    await prepare(world)
    await world.send(new CreateServiceCommand(serviceRequest(withTargetGroup)))
    await world.clock.advance(25_000)
    expect(world.targets.log).toEqual(['register 10.0.0.1:80', 'register 10.0.0.2:80'])
    expect((await describeService(world)).deployments?.[0]?.rolloutState).toBe('IN_PROGRESS')
    await world.clock.advance(20_000)
    expect(await eventsOf(world)).toEqual([
      '(service web) has started 2 tasks: (task A) (task B).',
      `(service web) registered 2 targets in (target-group ${TARGET_GROUP})`,
      '(service web) (deployment ecs-svc/C) deployment completed.',
      '(service web) has reached a steady state.',
    ])
  })

  test('bakes as long as its configuration says before it is COMPLETED', async () => {
    const world = createWorld()
    await prepare(world)
    await world.send(new CreateServiceCommand(serviceRequest({deploymentConfiguration: {bakeTimeInMinutes: 5}})))
    await world.clock.advance(300_000)
    expect((await describeService(world)).deployments?.[0]?.rolloutState).toBe('IN_PROGRESS')
    await world.clock.advance(120_000)
    expect((await describeService(world)).deployments?.[0]?.rolloutState).toBe('COMPLETED')
  })
})

describe('a rolling update', () => {
  test('starts and registers new tasks before it stops, deregisters and drains the old', async () => {
    const world = createWorld()
    world.targets.add()
    await steadyService(world, withTargetGroup)
    const before = (await eventsOf(world)).length
    await secondRevision(world)
    const {service} = await update(world, {taskDefinition: 'web'})
    expect(service?.deployments?.map(({status}) => status)).toEqual(['PRIMARY', 'ACTIVE'])
    await world.clock.advance(120_000)
    expect((await eventsOf(world)).slice(before)).toEqual([
      '(service web) has started 2 tasks: (task D) (task E).',
      `(service web) registered 2 targets in (target-group ${TARGET_GROUP})`,
      '(service web) has stopped 2 running tasks: (task A) (task B).',
      `(service web) deregistered 2 targets in (target-group ${TARGET_GROUP})`,
      '(service web) has begun draining connections on 2 tasks.',
      '(service web) (deployment ecs-svc/F) deployment completed.',
      '(service web) has reached a steady state.',
    ])
    const after = await describeService(world)
    expect(after.deployments).toHaveLength(1)
    expect(after.deployments?.[0]?.id).toBe(service?.deployments?.[0]?.id)
    expect(after.taskDefinition).toMatch(/web:2$/)
  })

  test('is COMPLETED while old tasks still drain, and their deployment stays ACTIVE until then', async () => {
    const world = createWorld()
    world.targets.add({deregistrationDelaySeconds: 300})
    await steadyService(world, withTargetGroup)
    await update(world, {forceNewDeployment: true})
    await world.clock.advance(60_000)
    const {deployments = []} = await describeService(world)
    expect(deployments.map(({status, rolloutState}) => [status, rolloutState])).toEqual([
      ['PRIMARY', 'COMPLETED'],
      ['ACTIVE', 'COMPLETED'],
    ])
    const draining = (await describeTasks(world)).filter(({desiredStatus}) => desiredStatus === 'STOPPED')
    expect(draining.map(({lastStatus}) => lastStatus)).toEqual(['DEACTIVATING', 'DEACTIVATING'])
    await world.clock.advance(300_000)
    expect((await describeService(world)).deployments).toHaveLength(1)
  })

  test('names the new deployment as the one that scaled the old tasks in', async () => {
    const world = createWorld()
    await steadyService(world)
    const {service} = await update(world, {forceNewDeployment: true})
    await world.clock.advance(90_000)
    const stopped = (await describeTasks(world)).filter(({desiredStatus}) => desiredStatus === 'STOPPED')
    const id = service?.deployments?.[0]?.id
    expect(stopped).toHaveLength(2)
    for (const task of stopped) {
      expect(task.stopCode).toBe('ServiceSchedulerInitiated')
      expect(task.stoppedReason).toBe(`Scaling activity initiated by (deployment ${id})`)
    }
  })

  test('at 50/100 stops half of the tasks first and never has more than desired', async () => {
    const world = createWorld()
    await steadyService(world, {
      desiredCount: 4,
      deploymentConfiguration: {minimumHealthyPercent: 50, maximumPercent: 100},
    })
    await update(world, {forceNewDeployment: true})
    let [least, most] = [4, 0]
    for (let step = 0; step < 150; step++) {
      await world.clock.advance(2_000)
      const live = (await describeTasks(world)).filter(({desiredStatus}) => desiredStatus === 'RUNNING')
      most = Math.max(most, live.length)
      least = Math.min(least, live.filter(({lastStatus}) => lastStatus === 'RUNNING').length)
    }
    expect({least, most}).toEqual({least: 2, most: 4})
    expect((await describeService(world)).deployments).toMatchObject([{rolloutState: 'COMPLETED', runningCount: 4}])
  })

  test('that the percentages leave no room says so, and moves on when they are changed', async () => {
    const world = createWorld()
    await steadyService(world, {
      desiredCount: 1,
      deploymentConfiguration: {minimumHealthyPercent: 100, maximumPercent: 100},
    })
    await update(world, {forceNewDeployment: true})
    await world.clock.advance(60_000)
    const blocked =
      '(service web) was unable to stop or start tasks during a deployment because of the service deployment' +
      ' configuration. Update the minimumHealthyPercent or maximumPercent value and try again.'
    expect((await eventsOf(world)).filter((event) => event === blocked)).toHaveLength(1)
    await update(world, {deploymentConfiguration: {maximumPercent: 200}})
    await world.clock.advance(120_000)
    expect((await describeService(world)).deployments).toMatchObject([{rolloutState: 'COMPLETED'}])
  })

  test('that is overtaken by another one gives up its tasks at once', async () => {
    const world = createWorld()
    await steadyService(world)
    await update(world, {forceNewDeployment: true})
    await world.clock.advance(8_000)
    await update(world, {forceNewDeployment: true})
    await world.clock.advance(4_000)
    expect(await eventsOf(world)).toContain('(service web) stopped 2 pending tasks.')
    await world.clock.advance(120_000)
    expect((await describeService(world)).deployments).toMatchObject([{status: 'PRIMARY', rolloutState: 'COMPLETED'}])
  })
})
