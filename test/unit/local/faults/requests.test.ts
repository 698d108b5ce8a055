import {CloudWatchLogsClient, DescribeLogGroupsCommand} from '@aws-sdk/client-cloudwatch-logs'
import {CreateSecurityGroupCommand, DescribeSubnetsCommand, EC2Client} from '@aws-sdk/client-ec2'
import {DescribeRepositoriesCommand, ECRClient} from '@aws-sdk/client-ecr'
import {
  CreateClusterCommand,
  DescribeClustersCommand,
  ECSClient,
  ListClustersCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import {DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client} from '@aws-sdk/client-elastic-load-balancing-v2'
import {IAMClient, ListRolesCommand} from '@aws-sdk/client-iam'
import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts'
import {expect, test} from 'vitest'
import type {FaultyWorld} from './faulty-world.js'
import {failureOf, faultyWorld} from './faulty-world.js'

const asks: Readonly<Record<string, (world: FaultyWorld) => Promise<unknown>>> = {
  ecs: ({client}) => client(ECSClient).send(new ListClustersCommand()),
  ec2: ({client}) => client(EC2Client).send(new DescribeSubnetsCommand()),
  elbv2: ({client}) => client(ElasticLoadBalancingV2Client).send(new DescribeLoadBalancersCommand()),
  ecr: ({client}) => client(ECRClient).send(new DescribeRepositoriesCommand()),
  iam: ({client}) => client(IAMClient).send(new ListRolesCommand()),
  sts: ({client}) => client(STSClient).send(new GetCallerIdentityCommand()),
  logs: ({client}) => client(CloudWatchLogsClient).send(new DescribeLogGroupsCommand()),
}

const ask = (world: FaultyWorld, service: string): Promise<unknown> => {
  const call = asks[service]
  if (call === undefined) throw new Error(`nothing is asked of ${service}`)
  return call(world)
}

// ECS: API_CommonErrors. EC2: the error codes of its API reference. Query services: their common errors.
test.each<[service: string, fault: object, code: string, status: number, text: string]>([
  ['ecs', {kind: 'throttle'}, 'ThrottlingException', 400, 'Rate exceeded'],
  ['ecr', {kind: 'throttle'}, 'ThrottlingException', 400, 'Rate exceeded'],
  ['logs', {kind: 'throttle'}, 'ThrottlingException', 400, 'Rate exceeded'],
  ['elbv2', {kind: 'throttle'}, 'Throttling', 400, 'Rate exceeded'],
  ['iam', {kind: 'throttle'}, 'Throttling', 400, 'Rate exceeded'],
  ['sts', {kind: 'throttle'}, 'Throttling', 400, 'Rate exceeded'],
  ['ec2', {kind: 'throttle'}, 'RequestLimitExceeded', 503, 'Request limit exceeded.'],
  ['ecs', {kind: 'server-error'}, 'ServerException', 500, 'Service Unavailable. Please try again later.'],
  ['ecr', {kind: 'server-error'}, 'ServerException', 500, 'Service Unavailable. Please try again later.'],
  ['ec2', {kind: 'server-error'}, 'InternalError', 500, 'An internal error has occurred'],
  ['elbv2', {kind: 'server-error'}, 'InternalFailure', 500, 'unknown error, exception or failure'],
  ['iam', {kind: 'server-error'}, 'ServiceFailureException', 500, 'unknown error, exception or failure'],
  ['ecs', {kind: 'server-error', status: 503}, 'ServiceUnavailable', 503, 'temporary failure of the server'],
  ['ec2', {kind: 'server-error', status: 503}, 'Unavailable', 503, 'unavailable'],
  ['logs', {kind: 'server-error', status: 503}, 'ServiceUnavailableException', 503, 'cannot complete the request'],
  ['ecs', {kind: 'expired-credentials'}, 'ExpiredTokenException', 400, 'The security token included in the request'],
  ['elbv2', {kind: 'expired-credentials'}, 'ExpiredToken', 403, 'The security token included in the request'],
  ['ec2', {kind: 'expired-credentials'}, 'RequestExpired', 400, 'Request has expired.'],
  ['ecs', {kind: 'access-denied'}, 'AccessDeniedException', 400, 'not authorized to perform: ecs:ListClusters on'],
  ['elbv2', {kind: 'access-denied'}, 'AccessDenied', 403, 'perform: elasticloadbalancing:DescribeLoadBalancers on'],
  ['ec2', {kind: 'access-denied'}, 'UnauthorizedOperation', 403, 'You are not authorized to perform this operation.'],
])('%s answers %o with %s', async (service, fault, code, status, text) => {
  const world = faultyWorld()
  world.add(fault)

  expect(await failureOf(ask(world, service))).toEqual([code, status, expect.stringContaining(text)])
})

test('a denied action names user, action and resource as IAM does', async () => {
  const world = faultyWorld()
  world.add({kind: 'access-denied', operation: 'ecs:DescribeClusters'})
  const arn = 'arn:aws:ecs:us-east-1:000000000000:cluster/fargate'
  const call = world.client(ECSClient).send(new DescribeClustersCommand({clusters: [arn]}))

  expect((await failureOf(call))[2]).toBe(
    'User: arn:aws:iam::000000000000:user/local is not authorized to perform: ecs:DescribeClusters on resource: ' +
      `${arn} because no identity-based policy allows the ecs:DescribeClusters action`,
  )
})

test('iam:PassRole is denied where a task definition hands over a role, and only there', async () => {
  const world = faultyWorld()
  world.add({kind: 'access-denied', operation: 'iam:PassRole'})
  const executionRoleArn = 'arn:aws:iam::000000000000:role/ecsTaskExecutionRole'
  const register = (role: object) =>
    world.client(ECSClient).send(
      new RegisterTaskDefinitionCommand({
        family: 'web',
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        cpu: '256',
        memory: '512',
        containerDefinitions: [{name: 'web', image: 'web'}],
        ...role,
      }),
    )

  expect(await failureOf(register({executionRoleArn}))).toEqual([
    'AccessDeniedException',
    400,
    expect.stringContaining(`perform: iam:PassRole on resource: ${executionRoleArn} because`),
  ])
  await expect(register({})).resolves.toMatchObject({taskDefinition: {family: 'web'}})
  await expect(ask(world, 'iam')).resolves.toBeDefined()
})

test.each<[what: string, fault: object, struck: readonly string[]]>([
  ['a service', {service: 'ec2'}, ['ec2']],
  ['an operation', {operation: 'ecs:ListClusters'}, ['ecs']],
  ['the beginning of operations', {operation: 'elbv2:Describe*'}, ['elbv2']],
  ['another operation', {operation: 'ecs:DescribeClusters'}, []],
  ['a region', {region: 'eu-central-1'}, []],
  ['an account', {account: '123456789012'}, []],
])('a fault is about %s', async (_, selector, struck) => {
  const world = faultyWorld()
  world.add({kind: 'throttle', ...selector})
  const failed: string[] = []
  for (const service of Object.keys(asks)) await ask(world, service).catch(() => failed.push(service))

  expect(failed).toEqual(struck)
})

test.each<[resource: string, struck: boolean]>([
  ['web', true],
  ['arn:aws:ecs:us-east-1:000000000000:cluster/web', true],
  ['api', false],
  ['we', false],
])('a fault is about the resource %s', async (resource, struck) => {
  const world = faultyWorld()
  world.add({kind: 'throttle', resource})
  const arn = 'arn:aws:ecs:us-east-1:000000000000:cluster/web'
  const failed = await world
    .client(ECSClient)
    .send(new DescribeClustersCommand({clusters: [arn]}))
    .then(
      () => false,
      () => true,
    )

  expect(failed).toBe(struck)
})

test('faults of another account and region strike there', async () => {
  const world = faultyWorld()
  world.add({kind: 'throttle', region: 'eu-central-1', account: '123456789012'})
  const there = world.client(ECSClient, {account: '123456789012', region: 'eu-central-1'})

  expect((await failureOf(there.send(new ListClustersCommand())))[0]).toBe('ThrottlingException')
})

test('a dropped request does nothing', async () => {
  const world = faultyWorld()
  world.add({kind: 'drop', operation: 'ecs:CreateCluster', count: 1})
  const ecs = world.client(ECSClient)

  expect(await failureOf(ecs.send(new CreateClusterCommand({clusterName: 'web'})))).toMatchObject([
    'Error',
    undefined,
    'socket hang up',
  ])
  expect(await ecs.send(new ListClustersCommand())).toMatchObject({clusterArns: []})
})

test('a lost answer leaves the work done', async () => {
  const world = faultyWorld()
  world.add({kind: 'lost-answer', operation: 'ecs:CreateCluster', count: 1})
  const ecs = world.client(ECSClient)

  expect((await failureOf(ecs.send(new CreateClusterCommand({clusterName: 'web'}))))[2]).toBe('socket hang up')
  expect(await ecs.send(new ListClustersCommand())).toMatchObject({clusterArns: [expect.stringContaining('web')]})
})

test.each<[kind: string, doneAtOnce: boolean]>([
  ['latency', false],
  ['slow-answer', true],
])('%s answers late', async (kind, doneAtOnce) => {
  const world = faultyWorld()
  world.add({kind, operation: 'ecs:CreateCluster', delay: '5s'})
  const ecs = world.client(ECSClient)
  let answered = false
  const call = ecs.send(new CreateClusterCommand({clusterName: 'web'})).then(() => {
    answered = true
  })

  await world.clock.advance(4999)
  expect(answered).toBe(false)
  expect((await ecs.send(new ListClustersCommand())).clusterArns).toHaveLength(doneAtOnce ? 1 : 0)
  await world.clock.advance(1)
  await call
  expect(answered).toBe(true)
})

test('delays of several faults add up, and the oldest fault that answers decides', async () => {
  const world = faultyWorld()
  world.add(
    {kind: 'latency', delay: '2s'},
    {kind: 'latency', delay: '3s'},
    {kind: 'throttle', count: 1},
    {kind: 'server-error', count: 1},
  )
  const first = failureOf(ask(world, 'ecs'))
  await world.clock.advance(5000)
  const second = failureOf(ask(world, 'ecs'))
  await world.clock.advance(5000)

  expect((await first)[0]).toBe('ThrottlingException')
  expect((await second)[0]).toBe('ServerException')
})

test('the same seed and the same requests give the same faults', async () => {
  const outcomes = async (seed: number): Promise<string> => {
    const world = faultyWorld({seed})
    world.add({kind: 'throttle', probability: 0.4})
    let text = ''
    for (let request = 0; request < 30; request++) {
      text += await ask(world, 'ecs').then(
        () => '.',
        () => 'x',
      )
    }
    return text
  }

  expect(await outcomes(3)).toBe(await outcomes(3))
  expect(await outcomes(3)).not.toBe(await outcomes(4))
})

test('a request that a fault answers has no effect, and the next one works', async () => {
  const world = faultyWorld()
  world.add({kind: 'server-error', operation: 'ec2:CreateSecurityGroup', count: 1})
  const ec2 = world.client(EC2Client)
  const create = () =>
    ec2.send(new CreateSecurityGroupCommand({GroupName: 'web', Description: 'web', VpcId: undefined}))

  expect((await failureOf(create()))[0]).toBe('InternalError')
  await expect(create()).resolves.toMatchObject({GroupId: expect.stringMatching(/^sg-/)})
})
