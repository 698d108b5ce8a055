import type {UpdateServiceCommandInput} from '@aws-sdk/client-ecs'
import {
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  ListServiceDeploymentsCommand,
  RegisterTaskDefinitionCommand,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import type {World} from './world.js'
import {createWorld, definition, describeService, steadyService} from './world.js'

const update = (world: World, changes: Omit<UpdateServiceCommandInput, 'service'>) =>
  world.send(new UpdateServiceCommand({cluster: 'fargate', service: 'web', ...changes}))

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
