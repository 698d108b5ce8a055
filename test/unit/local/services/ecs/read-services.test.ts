import type {CreateServiceCommandInput} from '@aws-sdk/client-ecs'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  ListServicesCommand,
} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import type {World} from './world.js'
import {ACCOUNT, createWorld, prepare, serviceRequest} from './world.js'

const create = (world: World, overrides: Partial<CreateServiceCommandInput> = {}) =>
  world.send(new CreateServiceCommand(serviceRequest(overrides)))

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
