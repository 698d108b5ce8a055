import {
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeServicesCommand,
  ECSClient,
  ListServicesCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import {
  createService,
  deleteService,
  describeService,
  describeServices,
  listServices,
  primaryDeployment,
  updateService,
} from '../../../src/ecs/services.js'
import {mockedAws, mockSdk, refusal} from '../../helpers/aws-mocks.js'

const mock = mockSdk(ECSClient)
const {ecs} = mockedAws

describe('describeServices', () => {
  test('asks for ten at a time, with tags', async () => {
    const names = Array.from({length: 23}, (_, index) => `web-${index}`)
    mock.on(DescribeServicesCommand).callsFake(({services}: {services: string[]}) => ({
      services: services.map((serviceName) => ({serviceName, tags: [{key: 'team', value: 'blue'}]})),
    }))
    const services = await describeServices(ecs, 'fargate', names)

    expect(services.map(({name}) => name)).toEqual(names)
    expect(services[0]?.tags).toEqual({team: 'blue'})
    expect(mock).toHaveReceivedCommandTimes(DescribeServicesCommand, 3)
    expect(mock).toHaveReceivedNthCommandWith(DescribeServicesCommand, 3, {
      cluster: 'fargate',
      services: ['web-20', 'web-21', 'web-22'],
      include: ['TAGS'],
    })
  })

  test('asks nothing about no service', async () => {
    expect(await describeServices(ecs, 'fargate', [])).toEqual([])
  })

  test('leaves out the missing ones', async () => {
    mock.on(DescribeServicesCommand).resolves({
      services: [{serviceName: 'web'}],
      failures: [{arn: 'arn:aws:ecs:us-east-1:1:service/fargate/api', reason: 'MISSING'}],
    })
    const services = await describeServices(ecs, 'fargate', ['web', 'api'])

    expect(services.map(({name}) => name)).toEqual(['web'])
  })

  test('throws for every other failure', async () => {
    const failures = [
      {arn: 'arn:api', reason: 'MISSING'},
      {arn: 'arn:web', reason: 'ACCESS_DENIED'},
    ]
    mock.on(DescribeServicesCommand).resolves({failures})

    await expect(describeServices(ecs, 'fargate', ['web'])).rejects.toMatchObject({
      code: 'DESCRIBE_FAILED',
      message: 'ECS cannot describe service arn:web: ACCESS_DENIED',
      details: {failures},
    })
  })

  test('makes the members certain that ECS leaves out', async () => {
    mock.on(DescribeServicesCommand).resolves({services: [{serviceName: 'web', deployments: [{}], events: [{}]}]})
    const [service] = await describeServices(ecs, 'fargate', ['web'])

    expect(service).toMatchObject({desiredCount: 0, runningCount: 0, status: '', loadBalancers: [], tags: {}})
    expect(service?.deployments[0]).toMatchObject({id: '', failedTasks: 0, rolloutState: undefined})
    expect(service?.events[0]).toEqual({id: '', createdAt: new Date(0), message: ''})
  })
})

describe('describeService', () => {
  test('answers undefined in a cluster that does not exist', async () => {
    mock.on(DescribeServicesCommand).rejects(refusal('ClusterNotFoundException', 'Cluster not found.'))

    expect(await describeService(ecs, 'nowhere', 'web')).toBeUndefined()
  })

  test('answers one that is deleted, while ECS remembers it', async () => {
    mock.on(DescribeServicesCommand).resolves({services: [{serviceName: 'web', status: 'INACTIVE'}]})

    expect(await describeService(ecs, 'fargate', 'web')).toMatchObject({status: 'INACTIVE'})
  })
})

describe('listServices', () => {
  test('joins all pages', async () => {
    mock
      .on(ListServicesCommand, {cluster: 'fargate', maxResults: 100})
      .resolves({serviceArns: ['a', 'b'], nextToken: 'more'})
      .on(ListServicesCommand, {nextToken: 'more'})
      .resolves({serviceArns: ['c']})

    expect(await listServices(ecs, 'fargate')).toEqual(['a', 'b', 'c'])
  })

  test('lists nothing in a cluster that does not exist', async () => {
    mock.on(ListServicesCommand).rejects(refusal('ClusterNotFoundException'))

    expect(await listServices(ecs, 'fargate')).toEqual([])
  })
})

describe('createService', () => {
  test('answers the service', async () => {
    mock.on(CreateServiceCommand).resolves({service: {serviceName: 'web', deployments: [{id: 'ecs-svc/1'}]}})

    expect(await createService(ecs, {serviceName: 'web'})).toMatchObject({name: 'web'})
  })

  test('answers undefined where one of that name exists', async () => {
    mock
      .on(CreateServiceCommand)
      .rejects(refusal('InvalidParameterException', 'Creation of service was not idempotent.'))

    expect(await createService(ecs, {serviceName: 'web'})).toBeUndefined()
  })

  test('throws every other invalid parameter', async () => {
    const message = "Network Configuration must be provided when networkMode 'awsvpc' is specified."
    mock.on(CreateServiceCommand).rejects(refusal('InvalidParameterException', message))

    await expect(createService(ecs, {serviceName: 'web'})).rejects.toMatchObject({code: 'INVALID_PARAMETER'})
  })
})

test('updateService sends the input as it is', async () => {
  mock.on(UpdateServiceCommand).resolves({service: {serviceName: 'web'}})
  await updateService(ecs, {cluster: 'fargate', service: 'web', desiredCount: 3})

  expect(mock).toHaveReceivedCommandExactlyOnceWith(UpdateServiceCommand, {
    cluster: 'fargate',
    service: 'web',
    desiredCount: 3,
  })
})

describe('deleteService', () => {
  test.each(['ServiceNotFoundException', 'ServiceNotActiveException'])('%s is no error', async (name) => {
    mock.on(DeleteServiceCommand).rejects(refusal(name))

    await expect(deleteService(ecs, 'fargate', 'web', true)).resolves.toBeUndefined()
  })

  test('throws while tasks are wanted', async () => {
    const message = 'The service cannot be stopped while it is scaled above 0.'
    mock.on(DeleteServiceCommand).rejects(refusal('InvalidParameterException', message))

    await expect(deleteService(ecs, 'fargate', 'web', false)).rejects.toThrow('scaled above 0')
  })
})

test('primaryDeployment answers the one that ECS works towards, or says that there is none', async () => {
  mock.on(UpdateServiceCommand).resolves({
    service: {
      serviceName: 'web',
      deployments: [
        {id: 'old', status: 'ACTIVE'},
        {id: 'new', status: 'PRIMARY'},
      ],
    },
  })
  const service = await updateService(ecs, {service: 'web'})

  expect(primaryDeployment(service).id).toBe('new')
  expect(() => primaryDeployment({...service, deployments: []})).toThrow('service web has no PRIMARY deployment')
})
