import {
  CreateClusterCommand,
  DescribeClustersCommand,
  DescribeTasksCommand,
  ECSClient,
  ListClustersCommand,
  ListTasksCommand,
} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import {createCluster, findCluster, listClusters} from '../../../src/ecs/clusters.js'
import {describeTasks, listTasks, taskIdOf} from '../../../src/ecs/tasks.js'
import {mockedAws, mockSdk, refusal} from '../../helpers/aws-mocks.js'

const mock = mockSdk(ECSClient)
const {ecs} = mockedAws
const arn = (id: string) => `arn:aws:ecs:us-east-1:123456789012:task/fargate/${id}`

describe('listTasks', () => {
  test('joins all pages of a filter', async () => {
    const filter = {startedBy: 'ecs-svc/1', desiredStatus: 'STOPPED' as const}
    mock
      .on(ListTasksCommand, {cluster: 'fargate', ...filter})
      .resolves({taskArns: ['a'], nextToken: 'more'})
      .on(ListTasksCommand, {cluster: 'fargate', ...filter, nextToken: 'more'})
      .resolves({taskArns: ['b']})

    expect(await listTasks(ecs, 'fargate', filter)).toEqual(['a', 'b'])
  })

  test.each(['ClusterNotFoundException', 'ServiceNotFoundException'])('lists nothing on %s', async (name) => {
    mock.on(ListTasksCommand).rejects(refusal(name))

    expect(await listTasks(ecs, 'fargate', {serviceName: 'web'})).toEqual([])
  })
})

describe('describeTasks', () => {
  test('asks for a hundred at a time', async () => {
    const ids = Array.from({length: 101}, (_, index) => arn(`${index}`))
    mock.on(DescribeTasksCommand).callsFake(({tasks}: {tasks: string[]}) => ({
      tasks: tasks.map((taskArn) => ({taskArn})),
    }))
    const tasks = await describeTasks(ecs, 'fargate', ids)

    expect(tasks.map((task) => task.arn)).toEqual(ids)
    expect(mock).toHaveReceivedNthCommandWith(DescribeTasksCommand, 2, {tasks: [arn('100')]})
  })

  test('leaves out those that ECS has forgotten, and throws for other failures', async () => {
    mock.on(DescribeTasksCommand).resolves({tasks: [], failures: [{arn: 'a', reason: 'MISSING'}]})
    expect(await describeTasks(ecs, 'fargate', ['a'])).toEqual([])

    mock.on(DescribeTasksCommand).resolves({failures: [{arn: 'a', reason: 'BROKEN'}]})
    await expect(describeTasks(ecs, 'fargate', ['a'])).rejects.toMatchObject({code: 'DESCRIBE_FAILED'})
  })

  test('reads the network interface by its type, not by its place', async () => {
    mock.on(DescribeTasksCommand).resolves({
      tasks: [
        {
          taskArn: arn('abc'),
          attachments: [
            {type: 'Service Connect', details: [{name: 'networkInterfaceId', value: 'eni-wrong'}]},
            {
              type: 'ElasticNetworkInterface',
              details: [
                {name: 'networkInterfaceId', value: 'eni-1'},
                {name: 'privateIPv4Address', value: '10.0.0.7'},
              ],
            },
          ],
          containers: [{name: 'web'}, {name: 'log', exitCode: 0}],
        },
      ],
    })
    const [task] = await describeTasks(ecs, 'fargate', [arn('abc')])

    expect(task).toMatchObject({id: 'abc', networkInterfaceId: 'eni-1', privateIp: '10.0.0.7'})
    expect(task?.containers.map(({exitCode}) => exitCode)).toEqual([undefined, 0])
  })

  test('describes a task that has no network interface yet', async () => {
    mock.on(DescribeTasksCommand).resolves({tasks: [{taskArn: arn('abc')}]})
    const [task] = await describeTasks(ecs, 'fargate', [arn('abc')])

    expect(task).toMatchObject({networkInterfaceId: undefined, privateIp: undefined, containers: []})
  })
})

test('taskIdOf answers the end of an ARN, and an id as it is', () => {
  expect([taskIdOf(arn('abc')), taskIdOf('abc')]).toEqual(['abc', 'abc'])
})

describe('findCluster', () => {
  const cluster = {
    arn: 'arn:c',
    name: 'fargate',
    capacityProviders: [],
    defaultCapacityProviderStrategy: [],
    containerInstances: 0,
  }

  test.each([
    ['ACTIVE', {...cluster, status: 'ACTIVE'}],
    ['PROVISIONING', {...cluster, status: 'PROVISIONING'}],
    ['INACTIVE', undefined],
  ])('a cluster that is %s', async (status, found) => {
    mock
      .on(DescribeClustersCommand, {clusters: ['fargate']})
      .resolves({clusters: [{clusterArn: 'arn:c', clusterName: 'fargate', status}]})

    expect(await findCluster(ecs, 'fargate')).toEqual(found)
  })

  test('one that does not exist', async () => {
    mock.on(DescribeClustersCommand).resolves({failures: [{arn: 'arn:c', reason: 'MISSING'}]})

    expect(await findCluster(ecs, 'fargate')).toBeUndefined()
  })

  test('one with capacity providers', async () => {
    const providers = {
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      defaultCapacityProviderStrategy: [{capacityProvider: 'FARGATE', weight: 1}],
    }
    mock
      .on(DescribeClustersCommand)
      .resolves({clusters: [{clusterArn: 'arn:c', clusterName: 'fargate', status: 'ACTIVE', ...providers}]})

    expect(await findCluster(ecs, 'fargate')).toMatchObject(providers)
  })
})

test('createCluster sends name and tags', async () => {
  const tags = [{key: 'fargate:managed', value: 'true'}]
  mock.on(CreateClusterCommand, {clusterName: 'fargate', tags}).resolves({cluster: {clusterArn: 'arn:c'}})

  expect(await createCluster(ecs, 'fargate', tags)).toMatchObject({arn: 'arn:c', name: 'fargate'})
})

test('listClusters joins all pages', async () => {
  mock
    .on(ListClustersCommand)
    .resolves({clusterArns: ['a'], nextToken: 'more'})
    .on(ListClustersCommand, {nextToken: 'more'})
    .resolves({clusterArns: ['b']})

  expect(await listClusters(ecs)).toEqual(['a', 'b'])
})
