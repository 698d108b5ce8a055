import type {ServiceDeployment, StopServiceDeploymentStopType, UpdateServiceCommandInput} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  ListServiceDeploymentsCommand,
  RegisterTaskDefinitionCommand,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import type {World} from './world.js'
import {createWorld, definition, describeService, prepare, serviceRequest, steadyService} from './world.js'

const update = (world: World, changes: Omit<UpdateServiceCommandInput, 'service'>) =>
  world.send(new UpdateServiceCommand({cluster: 'fargate', service: 'web', ...changes}))

const newest = async (world: World) => {
  const list = await world.send(new ListServiceDeploymentsCommand({cluster: 'fargate', service: 'web'}))
  return list.serviceDeployments ?? []
}

const newestArn = async (world: World): Promise<string> => (await newest(world))[0]?.serviceDeploymentArn ?? ''

async function describeNewest(world: World): Promise<ServiceDeployment | undefined> {
  const serviceDeploymentArns = [await newestArn(world)]
  const answer = await world.send(new DescribeServiceDeploymentsCommand({serviceDeploymentArns}))
  return answer.serviceDeployments?.[0]
}

const stop = (world: World, serviceDeploymentArn: string, stopType?: StopServiceDeploymentStopType) =>
  world.send(new StopServiceDeploymentCommand({serviceDeploymentArn, stopType}))

/** A steady service whose next revision is on its way since ten seconds. */
async function updating(): Promise<World> {
  const world = createWorld()
  await steadyService(world)
  await world.send(new RegisterTaskDefinitionCommand(definition()))
  await update(world, {taskDefinition: 'web:2'})
  await world.clock.advance(10_000)
  return world
}

describe('service deployments', () => {
  test('are listed newest first, from PENDING over IN_PROGRESS to SUCCESSFUL', async () => {
    const world = createWorld()
    await steadyService(world)
    await update(world, {forceNewDeployment: true})
    const [pending] = await newest(world)
    expect(pending).toMatchObject({status: 'PENDING', createdAt: expect.any(Date)})
    expect(pending).not.toHaveProperty('startedAt')
    await world.clock.advance(2_000)
    expect((await newest(world)).map(({status}) => status)).toEqual(['IN_PROGRESS', 'SUCCESSFUL'])
    await world.clock.advance(120_000)
    const [latest] = await newest(world)
    expect(latest).toMatchObject({status: 'SUCCESSFUL', startedAt: expect.any(Date), finishedAt: expect.any(Date)})
    const {services = []} = await world.send(new DescribeServicesCommand({cluster: 'fargate', services: ['web']}))
    expect(services[0]?.currentServiceDeployment).toBe(latest?.serviceDeploymentArn)
    const {serviceRevisions} = await world.send(
      new DescribeServiceRevisionsCommand({serviceRevisionArns: [latest?.targetServiceRevisionArn ?? '']}),
    )
    expect(serviceRevisions).toMatchObject([{taskDefinition: expect.stringMatching(/web:1$/), launchType: 'FARGATE'}])
  })

  test('name the revisions that they go from and to, with their counts', async () => {
    const world = await updating()
    const [latest, first] = await newest(world)
    expect(await describeNewest(world)).toMatchObject({
      sourceServiceRevisions: [{arn: first?.targetServiceRevisionArn, requestedTaskCount: 2, runningTaskCount: 2}],
      targetServiceRevision: {arn: latest?.targetServiceRevisionArn, requestedTaskCount: 2, pendingTaskCount: 2},
      deploymentConfiguration: {strategy: 'ROLLING'},
    })
  })

  test('are found by status and by the time of their creation', async () => {
    const world = await updating()
    const list = async (filter: object) => {
      const input = {cluster: 'fargate', service: 'web', ...filter}
      const {serviceDeployments = []} = await world.send(new ListServiceDeploymentsCommand(input))
      return serviceDeployments.map(({status}) => status)
    }
    const [latest] = await newest(world)
    expect(await list({status: ['SUCCESSFUL']})).toEqual(['SUCCESSFUL'])
    expect(await list({createdAt: {before: latest?.createdAt}})).toEqual(['SUCCESSFUL'])
    expect(await list({createdAt: {after: new Date(Number(latest?.createdAt) - 1)}})).toEqual(['IN_PROGRESS'])
  })

  test('that a newer one overtakes are STOPPED', async () => {
    const world = await updating()
    await update(world, {forceNewDeployment: true})
    expect((await newest(world)).map(({status}) => status)).toEqual(['PENDING', 'STOPPED', 'SUCCESSFUL'])
  })

  test.each([
    [false, 'DISABLED', 'DISABLED'],
    [true, 'MONITORING', 'MONITORING_COMPLETE'],
  ])('with a circuit breaker that is %s say %s, and %s when they are done', async (enable, during, after) => {
    const world = createWorld()
    await prepare(world)
    const deploymentConfiguration = {deploymentCircuitBreaker: {enable, rollback: true}}
    await world.send(new CreateServiceCommand(serviceRequest({deploymentConfiguration})))
    await world.clock.advance(10_000)
    expect((await describeNewest(world))?.deploymentCircuitBreaker).toMatchObject({status: during})
    await world.clock.advance(120_000)
    expect((await describeNewest(world))?.deploymentCircuitBreaker).toMatchObject({status: after})
  })

  test('and revisions are described twenty at a time, and what is missing is a failure', async () => {
    const world = createWorld()
    const arns = (count: number) => Array.from({length: count}, (_, index) => `arn:aws:ecs:us-east-1:1:x/${index}`)
    const deployments = (count: number) =>
      world.send(new DescribeServiceDeploymentsCommand({serviceDeploymentArns: arns(count)}))
    const revisions = (count: number) =>
      world.send(new DescribeServiceRevisionsCommand({serviceRevisionArns: arns(count)}))
    await expect(deployments(21)).rejects.toMatchObject({code: 'InvalidParameterException'})
    await expect(revisions(21)).rejects.toMatchObject({code: 'InvalidParameterException'})
    const failures = arns(20).map((arn) => ({arn, reason: 'MISSING'}))
    expect(await deployments(20)).toEqual({serviceDeployments: [], failures})
    expect(await revisions(20)).toEqual({serviceRevisions: [], failures})
  })
})

describe('stopping a service deployment', () => {
  test('rolls back without the circuit breaker: ROLLBACK_REQUESTED, IN_PROGRESS, SUCCESSFUL', async () => {
    const world = await updating()
    const arn = await newestArn(world)
    expect(await stop(world, arn)).toEqual({serviceDeploymentArn: arn})
    expect((await newest(world))[0]?.status).toBe('ROLLBACK_REQUESTED')
    await world.clock.advance(2_000)
    expect((await newest(world))[0]?.status).toBe('ROLLBACK_IN_PROGRESS')
    await world.clock.advance(180_000)
    expect((await newest(world))[0]?.status).toBe('ROLLBACK_SUCCESSFUL')
    expect(await describeService(world)).toMatchObject({
      taskDefinition: expect.stringMatching(/web:1$/),
      deployments: [{status: 'PRIMARY', rolloutState: 'COMPLETED'}],
    })
  })

  test('makes a new PRIMARY deployment, and the stopped one stays ACTIVE until its tasks have gone', async () => {
    const world = await updating()
    const before = (await describeService(world)).deployments ?? []
    await stop(world, await newestArn(world))
    const {deployments = []} = await describeService(world)
    expect(deployments).toMatchObject([
      {status: 'PRIMARY', rolloutState: 'IN_PROGRESS', taskDefinition: expect.stringMatching(/web:1$/)},
      {status: 'ACTIVE', rolloutState: 'FAILED', id: before[0]?.id},
      {status: 'ACTIVE', id: before[1]?.id},
    ])
    expect(before.map(({id}) => id)).not.toContain(deployments[0]?.id)
    const {events = []} = await describeService(world)
    expect(events[0]?.message).toBe(`(service web) rolling back to deployment ${deployments[0]?.id}.`)
  })

  test('twice goes on with the same rollback', async () => {
    const world = await updating()
    const arn = await newestArn(world)
    await stop(world, arn)
    const {deployments} = await describeService(world)
    expect(await stop(world, arn)).toEqual({serviceDeploymentArn: arn})
    expect((await describeService(world)).deployments?.length).toBe(deployments?.length)
  })

  test('that has ended is a conflict which names it', async () => {
    const world = createWorld()
    await steadyService(world)
    const arn = await newestArn(world)
    await expect(stop(world, arn)).rejects.toMatchObject({
      code: 'ConflictException',
      members: {resourceIds: [arn]},
    })
  })

  test('that does not exist is refused with ServiceDeploymentNotFoundException', async () => {
    const world = createWorld()
    const arn = 'arn:aws:ecs:us-east-1:123456789012:service-deployment/fargate/web/x'
    await expect(stop(world, arn)).rejects.toMatchObject({code: 'ServiceDeploymentNotFoundException'})
  })

  test('that has nothing to go back to is refused, and so is ABORT, which AWS does not have yet', async () => {
    const world = createWorld()
    await prepare(world)
    await world.send(new CreateServiceCommand(serviceRequest()))
    const arn = await newestArn(world)
    await expect(stop(world, arn)).rejects.toMatchObject({code: 'InvalidParameterException'})
    await expect(stop(world, arn, 'ABORT')).rejects.toMatchObject({code: 'UnsupportedFeatureException'})
    expect((await newest(world))[0]?.status).toBe('PENDING')
  })
})
