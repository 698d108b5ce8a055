import {StopTaskCommand} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import {container, createWorld, describeTasks, image, steadyService, withTargetGroup} from '../services/ecs/world.js'
import {IMAGE, onlyTask, run, statesOf} from './one-task.js'

describe('a task that stops', () => {
  test('shows the exit code of the essential container that ended', async () => {
    const world = createWorld()
    world.images.set(IMAGE, image({'fargate.simulate.exit-code': '3', 'fargate.simulate.exit-after': '20'}))
    await run(world)
    await world.clock.advance(60_000)
    const task = await onlyTask(world)
    expect(task).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
    })
    expect(task.containers).toMatchObject([{name: 'web', lastStatus: 'STOPPED', exitCode: 3}])
    const {createdAt, pullStartedAt, pullStoppedAt, startedAt, stoppingAt, stoppedAt} = task
    const times = [createdAt, pullStartedAt, pullStoppedAt, startedAt, stoppingAt, stoppedAt].map((time) =>
      time?.getTime(),
    )
    expect(times).not.toContain(undefined)
    expect(times).toEqual([...times].sort((a, b) => Number(a) - Number(b)))
  })

  test('goes on while only a container that is not essential has ended', async () => {
    const world = createWorld()
    world.images.set('registry.example/setup:1', image({'fargate.simulate.exit-code': '0'}))
    const setup = {name: 'setup', image: 'registry.example/setup:1', essential: false}
    await run(world, {containerDefinitions: [container(), setup]})
    await world.clock.advance(60_000)
    const task = await onlyTask(world)
    expect(task.lastStatus).toBe('RUNNING')
    expect(task.containers?.map(({name, lastStatus, exitCode}) => [name, lastStatus, exitCode])).toEqual([
      ['web', 'RUNNING', undefined],
      ['setup', 'STOPPED', 0],
    ])
  })

  test('takes its other containers with it when an essential one ends', async () => {
    const world = createWorld()
    world.images.set(
      'registry.example/proxy:1',
      image({'fargate.simulate.exit-code': '1', 'fargate.simulate.exit-after': '20'}),
    )
    await run(world, {containerDefinitions: [container(), {name: 'proxy', image: 'registry.example/proxy:1'}]})
    await world.clock.advance(90_000)
    const {containers} = await onlyTask(world)
    expect(containers?.map(({name, exitCode}) => [name, exitCode])).toEqual([
      ['web', 143],
      ['proxy', 1],
    ])
  })

  test('because of a user bears the reason of the user and frees its network interface', async () => {
    const world = createWorld()
    await run(world)
    await world.clock.advance(30_000)
    const {taskArn} = await onlyTask(world)
    const answer = await world.send(new StopTaskCommand({cluster: 'fargate', task: taskArn, reason: 'enough'}))
    expect(answer.task).toMatchObject({desiredStatus: 'STOPPED', stopCode: 'UserInitiated', stoppedReason: 'enough'})
    const {states} = await statesOf(world, 30)
    expect(states).toEqual(['STOPPING', 'DEPROVISIONING', 'STOPPED'])
    expect(world.network.interfaces.size).toBe(0)
    expect((await onlyTask(world)).attachments?.[0]?.status).toBe('DELETED')
  })

  test('before it runs never gets a container', async () => {
    const world = createWorld()
    await run(world)
    await world.clock.advance(3_000)
    const {taskArn} = await onlyTask(world)
    await world.send(new StopTaskCommand({cluster: 'fargate', task: taskArn}))
    await world.clock.advance(30_000)
    const task = await onlyTask(world)
    expect(task).toMatchObject({lastStatus: 'STOPPED', stoppedReason: 'Task stopped by user'})
    expect(task.containers?.[0]).not.toHaveProperty('exitCode')
    expect(world.network.interfaces.size).toBe(0)
  })

  test('is DEACTIVATING for the deregistration delay of its target group', async () => {
    const world = createWorld()
    world.targets.add({deregistrationDelaySeconds: 60})
    await steadyService(world, {desiredCount: 1, ...withTargetGroup})
    const {taskArn} = await onlyTask(world)
    await world.send(new StopTaskCommand({cluster: 'fargate', task: taskArn}))
    const status = async () => (await describeTasks(world)).find((task) => task.taskArn === taskArn)?.lastStatus
    expect(await status()).toBe('DEACTIVATING')
    await world.clock.advance(59_000)
    expect(await status()).toBe('DEACTIVATING')
    await world.clock.advance(1_500)
    expect(await status()).toBe('STOPPING')
    await world.clock.advance(20_000)
    expect(await status()).toBe('STOPPED')
  })

  test('is described for an hour and then missing', async () => {
    const world = createWorld()
    world.images.set(IMAGE, image({'fargate.simulate.exit-code': '0'}))
    await run(world)
    await world.clock.advance(3_500_000)
    expect((await onlyTask(world)).lastStatus).toBe('STOPPED')
    await world.clock.advance(300_000)
    expect(await describeTasks(world)).toEqual([])
  })
})
