import {CreateSecurityGroupCommand, DescribeSecurityGroupsCommand, EC2Client} from '@aws-sdk/client-ec2'
import {
  CreateClusterCommand,
  DescribeClustersCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  ListClustersCommand,
  RegisterTaskDefinitionCommand,
  TagResourceCommand,
} from '@aws-sdk/client-ecs'
import {
  CreateTargetGroupCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {CreateRoleCommand, GetRoleCommand, IAMClient} from '@aws-sdk/client-iam'
import {expect, test} from 'vitest'
import {failureOf, faultyWorld} from './faulty-world.js'

function staleWorld(selector: object = {}) {
  const world = faultyWorld()
  world.add({kind: 'stale-reads', ...selector})
  return world
}

const create = (clusterName: string) => new CreateClusterCommand({clusterName})
const arnOf = (clusterName: string) => `arn:aws:ecs:us-east-1:000000000000:cluster/${clusterName}`

test('a list that was read before a write answers as before it, for 5 seconds', async () => {
  const {client, clock} = staleWorld()
  const ecs = client(ECSClient)
  await ecs.send(new ListClustersCommand())
  await ecs.send(create('web'))

  expect(await ecs.send(new ListClustersCommand())).toMatchObject({clusterArns: []})
  await clock.advance(4999)
  expect(await ecs.send(new ListClustersCommand())).toMatchObject({clusterArns: []})
  await clock.advance(1)
  expect(await ecs.send(new ListClustersCommand())).toMatchObject({clusterArns: [arnOf('web')]})
})

test('a stale answer is the state right before the write, not the one that was read', async () => {
  const {client, clock} = staleWorld()
  const ecs = client(ECSClient)
  await ecs.send(new ListClustersCommand())
  await ecs.send(create('one'))
  await clock.advance(60_000)
  await ecs.send(create('two'))

  expect(await ecs.send(new ListClustersCommand())).toMatchObject({clusterArns: [arnOf('one')]})
})

test('of two writes each is seen when its own time has come', async () => {
  const {client, clock} = staleWorld()
  const ecs = client(ECSClient)
  const seen = async () => (await ecs.send(new ListClustersCommand())).clusterArns
  await seen()
  await ecs.send(create('one'))
  await clock.advance(3000)
  await ecs.send(create('two'))

  expect(await seen()).toEqual([])
  await clock.advance(2000)
  expect(await seen()).toEqual([arnOf('one')])
  await clock.advance(3000)
  expect(await seen()).toEqual([arnOf('one'), arnOf('two')])
})

test('a change of what exists is not seen, the thing itself is', async () => {
  const {client, clock} = staleWorld()
  const ecs = client(ECSClient)
  await ecs.send(create('web'))
  await clock.advance(10_000)
  const describe = new DescribeClustersCommand({clusters: ['web'], include: ['TAGS']})
  await ecs.send(describe)
  await ecs.send(new TagResourceCommand({resourceArn: arnOf('web'), tags: [{key: 'team', value: 'a'}]}))

  expect((await ecs.send(describe)).clusters).toMatchObject([{clusterName: 'web', tags: []}])
  await clock.advance(5000)
  expect((await ecs.send(describe)).clusters).toMatchObject([{tags: [{key: 'team', value: 'a'}]}])
})

test('what a write makes is not found by name or ARN, though nobody had asked for it', async () => {
  const {client, clock} = staleWorld()
  const ecs = client(ECSClient)
  await ecs.send(create('web'))
  for (const name of ['web', arnOf('web')]) {
    expect(await ecs.send(new DescribeClustersCommand({clusters: [name]}))).toMatchObject({
      clusters: [],
      failures: [{arn: arnOf('web'), reason: 'MISSING'}],
    })
  }
  await clock.advance(5000)
  expect(await ecs.send(new DescribeClustersCommand({clusters: ['web']}))).toMatchObject({
    clusters: [{clusterName: 'web'}],
  })
})

test('what is not found is told in the words of its service', async () => {
  const {client} = staleWorld()
  const [ec2, elbv2, iam] = [client(EC2Client), client(ElasticLoadBalancingV2Client), client(IAMClient)]
  const {GroupId = ''} = await ec2.send(new CreateSecurityGroupCommand({GroupName: 'web', Description: 'web'}))
  const group = new CreateTargetGroupCommand({
    Name: 'web',
    Protocol: 'HTTP',
    Port: 80,
    TargetType: 'ip',
    VpcId: (await ec2.send(new DescribeSecurityGroupsCommand())).SecurityGroups?.[0]?.VpcId,
  })
  const {TargetGroups = []} = await elbv2.send(group)
  const TargetGroupArns = TargetGroups.flatMap(({TargetGroupArn}) => TargetGroupArn ?? [])
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{Effect: 'Allow', Principal: {Service: 'ecs-tasks.amazonaws.com'}, Action: 'sts:AssumeRole'}],
  })
  await iam.send(new CreateRoleCommand({RoleName: 'web', AssumeRolePolicyDocument}))

  expect(await failureOf(ec2.send(new DescribeSecurityGroupsCommand({GroupIds: [GroupId]})))).toEqual([
    'InvalidGroup.NotFound',
    400,
    `The security group '${GroupId}' does not exist`,
  ])
  expect((await failureOf(elbv2.send(new DescribeTargetGroupsCommand({TargetGroupArns}))))[0]).toBe(
    'TargetGroupNotFoundException',
  )
  expect(await failureOf(iam.send(new GetRoleCommand({RoleName: 'web'})))).toEqual([
    'NoSuchEntityException',
    404,
    'The role with name web cannot be found.',
  ])
})

test('a new revision is not there yet, and the latest is the one before', async () => {
  const {client, clock} = staleWorld()
  const ecs = client(ECSClient)
  const register = () =>
    ecs.send(
      new RegisterTaskDefinitionCommand({
        family: 'web',
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        cpu: '256',
        memory: '512',
        containerDefinitions: [{name: 'web', image: 'web'}],
      }),
    )
  const describe = (taskDefinition: string) => ecs.send(new DescribeTaskDefinitionCommand({taskDefinition}))
  await register()
  await clock.advance(10_000)
  await describe('web')
  await register()

  expect(await describe('web')).toMatchObject({taskDefinition: {revision: 1}})
  expect(await failureOf(describe('web:2'))).toEqual(['ClientException', 400, 'Unable to describe task definition.'])
  expect(await describe('web:1')).toMatchObject({taskDefinition: {revision: 1}})
})

test('another service, region or account is not behind', async () => {
  const world = staleWorld({service: 'ecs', region: 'us-east-1'})
  const elsewhere = world.client(ECSClient, {region: 'eu-central-1'})
  await elsewhere.send(new ListClustersCommand())
  await elsewhere.send(create('web'))
  const ec2 = world.client(EC2Client)
  const {GroupId = ''} = await ec2.send(new CreateSecurityGroupCommand({GroupName: 'web', Description: 'web'}))

  expect((await elsewhere.send(new ListClustersCommand())).clusterArns).toHaveLength(1)
  expect((await ec2.send(new DescribeSecurityGroupsCommand({GroupIds: [GroupId]}))).SecurityGroups).toHaveLength(1)
})

test('only reads that could be stale count', async () => {
  const {client, aws} = staleWorld({operation: 'ecs:ListClusters', count: 1})
  const ecs = client(ECSClient)
  await ecs.send(new ListClustersCommand())
  await ecs.send(create('web'))
  await ecs.send(new DescribeClustersCommand({clusters: ['web']}))

  expect(aws.faults.list()).toMatchObject([{struck: 0}])
  expect((await ecs.send(new ListClustersCommand())).clusterArns).toEqual([])
  expect((await ecs.send(new ListClustersCommand())).clusterArns).toHaveLength(1)
})

test('a write that fails leaves reads as they are', async () => {
  const {client} = staleWorld()
  const ecs = client(ECSClient)
  await failureOf(ecs.send(create('not a name')))
  await ecs.send(new ListClustersCommand())

  expect((await ecs.send(new DescribeClustersCommand({clusters: ['web']}))).failures).toHaveLength(1)
})
