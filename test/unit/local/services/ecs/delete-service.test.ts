import type {CreateServiceCommandInput, UpdateServiceCommandInput} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand,
  DeleteClusterCommand,
  DeleteServiceCommand,
  ListServicesCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import type {World} from './world.js'
import {createWorld, describeService, serviceRequest, steadyService, withTargetGroup} from './world.js'

const create = (world: World, overrides: Partial<CreateServiceCommandInput> = {}) =>
  world.send(new CreateServiceCommand(serviceRequest(overrides)))

const update = (world: World, changes: Omit<UpdateServiceCommandInput, 'service'>) =>
  world.send(new UpdateServiceCommand({cluster: 'fargate', service: 'web', ...changes}))

const remove = (world: World, force?: boolean) =>
  world.send(new DeleteServiceCommand({cluster: 'fargate', service: 'web', ...(force === undefined ? {} : {force})}))

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
