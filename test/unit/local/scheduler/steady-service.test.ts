import {DescribeServicesCommand, StopTaskCommand, UpdateServiceCommand} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import type {World} from '../services/ecs/world.js'
import {
  createWorld,
  describeService,
  describeTasks,
  eventsOf,
  steadyService,
  TARGET_GROUP,
  withTargetGroup,
} from '../services/ecs/world.js'

const update = (world: World, changes: object) =>
  world.send(new UpdateServiceCommand({cluster: 'fargate', service: 'web', ...changes}))

describe('scaling', () => {
  test('up starts tasks without a new deployment and reports a steady state again', async () => {
    const world = createWorld()
    const {deployments: before} = await steadyService(world)
    const {service} = await update(world, {desiredCount: 3})
    expect(service?.deployments?.map(({id}) => id)).toEqual(before?.map(({id}) => id))
    await world.clock.advance(90_000)
    const after = await describeService(world)
    expect(after).toMatchObject({desiredCount: 3, runningCount: 3})
    expect((await eventsOf(world)).slice(-2)).toEqual([
      '(service web) has started 1 tasks: (task D).',
      '(service web) has reached a steady state.',
    ])
  })

  test('down stops the newest tasks', async () => {
    const world = createWorld()
    await steadyService(world)
    await update(world, {desiredCount: 0})
    await world.clock.advance(60_000)
    expect(await describeService(world)).toMatchObject({runningCount: 0, pendingCount: 0})
    expect((await eventsOf(world)).slice(-2)).toEqual([
      '(service web) has stopped 2 running tasks: (task B) (task A).',
      '(service web) has reached a steady state.',
    ])
  })
})

describe('a steady service', () => {
  test('reports its steady state once, and again after about six hours', async () => {
    const world = createWorld()
    await steadyService(world)
    const steady = async () => (await eventsOf(world)).filter((event) => event.includes('steady state')).length
    await world.clock.advance(3 * 3_600_000)
    expect(await steady()).toBe(1)
    await world.clock.advance(4 * 3_600_000)
    expect(await steady()).toBe(2)
  })

  test('costs no timers beyond a look at its targets now and then', async () => {
    const world = createWorld()
    await steadyService(world)
    const after = world.clock.after.bind(world.clock)
    let calls = 0
    world.clock.after = (milliseconds, run) => {
      calls++
      return after(milliseconds, run)
    }
    await world.clock.advance(3_600_000)
    expect(calls).toBe(0)
  })

  test('replaces a task that a user stopped', async () => {
    const world = createWorld()
    await steadyService(world)
    const [task] = await describeTasks(world)
    await world.send(new StopTaskCommand({cluster: 'fargate', task: task?.taskArn}))
    await world.clock.advance(90_000)
    const stopped = (await describeTasks(world)).find(({taskArn}) => taskArn === task?.taskArn)
    expect(stopped).toMatchObject({
      stopCode: 'UserInitiated',
      stoppedReason: 'Task stopped by user',
      lastStatus: 'STOPPED',
    })
    expect(await describeService(world)).toMatchObject({runningCount: 2})
  })

  test('replaces a task whose target turns unhealthy, in the words of AWS', async () => {
    const world = createWorld()
    world.targets.add()
    await steadyService(world, withTargetGroup)
    const before = (await eventsOf(world)).length
    world.targets.decide.health = (ip) =>
      ip === '10.0.0.1'
        ? {
            state: 'unhealthy',
            reason: 'Target.ResponseCodeMismatch',
            description: 'Health checks failed with these codes: [503]',
          }
        : undefined
    await world.clock.advance(60_000)
    expect((await eventsOf(world)).slice(before)).toEqual([
      '(service web) has started 1 tasks: (task D). Amazon ECS replaced 1 tasks due to an unhealthy status.',
      `(service web) (task A) (port 80) is unhealthy in (target-group ${TARGET_GROUP}) due to (reason Health checks failed with these codes: [503]).`,
      '(service web) has stopped 1 running tasks: (task A).',
      `(service web) deregistered 1 targets in (target-group ${TARGET_GROUP})`,
      '(service web) has begun draining connections on 1 tasks.',
      `(service web) registered 1 targets in (target-group ${TARGET_GROUP})`,
      '(service web) has reached a steady state.',
    ])
    const stopped = (await describeTasks(world)).find(({desiredStatus}) => desiredStatus === 'STOPPED')
    expect(stopped?.stoppedReason).toBe(`Task failed ELB health checks in (target-group ${TARGET_GROUP})`)
  })

  test.each([
    ['Target.ResponseCodeMismatch', 'Health checks failed with these codes: [503]'],
    ['Target.Timeout', 'Request timed out'],
    ['Target.FailedHealthChecks', 'Health checks failed'],
  ])('tells of a target that is unhealthy with %s: (reason %s)', async (reason, description) => {
    const world = createWorld()
    world.targets.add()
    await steadyService(world, withTargetGroup)
    world.targets.decide.health = (ip) => (ip === '10.0.0.1' ? {state: 'unhealthy', reason, description} : undefined)
    await world.clock.advance(10_000)
    expect(await eventsOf(world)).toContain(
      `(service web) (task A) (port 80) is unhealthy in (target-group ${TARGET_GROUP}) due to (reason ${description}).`,
    )
  })

  test('that cannot be scaled up for want of capacity says so, and goes on when there is some', async () => {
    const world = createWorld()
    await steadyService(world)
    world.capacity.problem = 'Capacity is unavailable at this time'
    await update(world, {desiredCount: 3})
    await world.clock.advance(30_000)
    expect(await eventsOf(world)).toContain(
      '(service web) was unable to place a task. Reason: Capacity is unavailable at this time.',
    )
    world.capacity.problem = undefined
    await world.clock.advance(180_000)
    expect(await describeService(world)).toMatchObject({runningCount: 3})
  })

  test('is remembered in plain objects that survive JSON', async () => {
    const world = createWorld()
    world.targets.add()
    await steadyService(world, withTargetGroup)
    const snapshot = world.ecs.snapshot()
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot)
  })

  test('keeps at most 100 events, newest first', async () => {
    const world = createWorld()
    await steadyService(world)
    for (let count = 0; count < 60; count++) {
      await update(world, {desiredCount: count % 2})
      await world.clock.advance(90_000)
    }
    const {services} = await world.send(new DescribeServicesCommand({cluster: 'fargate', services: ['web']}))
    const events = services?.[0]?.events ?? []
    expect(events).toHaveLength(100)
    const times = events.map(({createdAt}) => createdAt?.getTime() ?? 0)
    expect(times).toEqual([...times].sort((a, b) => b - a))
  })
})
