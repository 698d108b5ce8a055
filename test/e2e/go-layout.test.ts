import {afterAll, beforeAll, beforeEach, expect, test, vi} from 'vitest'
import type {LocalAccount, LocalServer} from '../helpers/local-account.js'
import {exampleImage, startLocalServer} from '../helpers/local-account.js'

let local: LocalServer
let account: LocalAccount

beforeAll(async () => {
  local = await startLocalServer()
})

afterAll(() => local?.stop())

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{Sid: '', Effect: 'Allow', Principal: {Service: 'ecs-tasks.amazonaws.com'}, Action: 'sts:AssumeRole'}],
})

/** A container definition of the Go CLI: no health check, a command that may be empty, a log group of its own. */
const container = (name: string, kind: string, port?: number) => ({
  name,
  image: exampleImage(local, 'v1'),
  essential: true,
  command: [],
  environment: [{name: 'LOG_LEVEL', value: 'debug'}],
  logConfiguration: {
    logDriver: 'awslogs' as const,
    options: {
      'awslogs-region': 'us-east-1',
      'awslogs-group': `/fargate/${kind}/${name}`,
      'awslogs-stream-prefix': 'fargate',
    },
  },
  ...(port !== undefined && {portMappings: [{containerPort: port}]}),
})

/** Lays out a load balancer, a service behind it by a rule, and a task group, without any tag. */
beforeEach(async () => {
  account = local.account()
  const {ecs, ec2, elbv2, iam, logs} = account.sdk
  await ecs.createCluster({clusterName: 'fargate'})
  await iam.createServiceLinkedRole({AWSServiceName: 'ecs.amazonaws.com'})
  await iam.createRole({RoleName: 'ecsTaskExecutionRole', AssumeRolePolicyDocument: trust})
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy'
  await iam.attachRolePolicy({RoleName: 'ecsTaskExecutionRole', PolicyArn})
  const {Subnets = []} = await ec2.describeSubnets({Filters: [{Name: 'default-for-az', Values: ['true']}]})
  const subnets = Subnets.flatMap(({SubnetId}) => SubnetId ?? [])
  const VpcId = Subnets[0]?.VpcId ?? ''
  const {GroupId = ''} = await ec2.createSecurityGroup({
    GroupName: 'fargate-default',
    Description: 'Default Fargate CLI SG',
    VpcId,
  })
  const IpPermissions = [{IpProtocol: '-1', IpRanges: [{CidrIp: '0.0.0.0/0'}]}]
  await ec2.authorizeSecurityGroupIngress({GroupId, IpPermissions})

  const {LoadBalancers = []} = await elbv2.createLoadBalancer({
    Name: 'front',
    Subnets: subnets,
    SecurityGroups: [GroupId],
  })
  const group = async (Name: string): Promise<string> => {
    const made = await elbv2.createTargetGroup({Name, Protocol: 'HTTP', Port: 80, VpcId, TargetType: 'ip'})
    return made.TargetGroups?.[0]?.TargetGroupArn ?? ''
  }
  const fallback = await group('front-default')
  const own = await group('fargate-web')
  const {Listeners = []} = await elbv2.createListener({
    LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn,
    Protocol: 'HTTP',
    Port: 80,
    DefaultActions: [{Type: 'forward', TargetGroupArn: fallback}],
  })
  await elbv2.createRule({
    ListenerArn: Listeners[0]?.ListenerArn,
    Priority: 10,
    Conditions: [{Field: 'path-pattern', Values: ['/*']}],
    Actions: [{Type: 'forward', TargetGroupArn: own}],
  })

  const network = {awsvpcConfiguration: {subnets, securityGroups: [GroupId], assignPublicIp: 'ENABLED' as const}}
  const register = async (kind: string, name: string, port?: number): Promise<string> => {
    await logs.createLogGroup({logGroupName: `/fargate/${kind}/${name}`})
    const {taskDefinition} = await ecs.registerTaskDefinition({
      family: `${kind}_${name}`,
      cpu: '256',
      memory: '512',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      executionRoleArn: `arn:aws:iam::${account.id}:role/ecsTaskExecutionRole`,
      containerDefinitions: [container(name, kind, port)],
    })
    return taskDefinition?.taskDefinitionArn ?? ''
  }
  // A new role is not known everywhere at once.
  const known = {timeout: 30_000, interval: 200}
  const serviceDefinition = await register('service', 'web', 80)
  const service = {
    cluster: 'fargate',
    serviceName: 'web',
    taskDefinition: serviceDefinition,
    desiredCount: 1,
    launchType: 'FARGATE' as const,
    networkConfiguration: network,
    loadBalancers: [{targetGroupArn: own, containerName: 'web', containerPort: 80}],
  }
  await vi.waitFor(() => ecs.createService(service), known)
  const task = {
    cluster: 'fargate',
    taskDefinition: await register('task', 'report'),
    startedBy: 'fargate:report',
    launchType: 'FARGATE' as const,
    networkConfiguration: network,
  }
  await vi.waitFor(() => ecs.runTask(task), known)
  await account.settledState()
})

const json = async (...args: string[]) => JSON.parse((await account.succeed([...args, '--json'])).stdout)

test('what is laid out as the Go CLI does is listed and shown', async () => {
  expect(await json('service', 'list')).toMatchObject({
    services: [{name: 'web', loadBalancers: ['front'], desiredCount: 1, runningCount: 1}],
  })
  expect(await json('service', 'info', 'web')).toMatchObject({
    runningCount: 1,
    definition: {environment: {LOG_LEVEL: 'debug'}},
    traffic: [{container: 'web', loadBalancers: [{name: 'front'}]}],
  })
  expect(await json('service', 'ps', 'web')).toMatchObject({tasks: [{status: 'RUNNING'}]})
  expect((await account.succeed(['service', 'logs', 'web'])).stdout).toContain('fargate/web/')
  expect(await json('service', 'env', 'list', 'web')).toMatchObject({environment: [{name: 'LOG_LEVEL'}]})
  expect(await json('lb', 'list')).toMatchObject({
    loadBalancers: [{name: 'front', ports: [{protocol: 'HTTP', port: 80}]}],
  })
  expect(await json('lb', 'info', 'front')).toMatchObject({
    listeners: [{rules: [{priority: 10, conditions: [{values: ['/*']}]}]}],
    targetGroups: [
      {name: 'fargate-web', services: ['web']},
      {name: 'front-default', isDefault: true},
    ],
  })
  expect(await json('task', 'list')).toMatchObject({taskGroups: [{taskGroup: 'report', instances: 1}]})
  expect(await json('task', 'info', 'report')).toMatchObject({tasks: [{}]})
  expect((await account.succeed(['task', 'logs', 'report'])).stdout).toContain('fargate/report/')
})

test('what is laid out as the Go CLI does is deployed, changed and scaled, and keeps what it has', async () => {
  await account.succeed(['service', 'deploy', 'web', '--image', exampleImage(local, 'v2')])
  await account.succeed(['service', 'env', 'set', 'web', '--env', 'MORE=1'])
  await account.succeed(['service', 'scale', 'web', '+1'])

  const {services, taskDefinitions} = await account.settledState()
  expect(services).toMatchObject([{desiredCount: 2, runningCount: 2, taskDefinition: expect.stringMatching(/web:3$/)}])
  const latest = taskDefinitions.find(({family, revision}) => family === 'service_web' && revision === 3)
  expect(latest?.containerDefinitions).toMatchObject([
    {
      name: 'web',
      image: exampleImage(local, 'v2'),
      environment: [
        {name: 'LOG_LEVEL', value: 'debug'},
        {name: 'MORE', value: '1'},
      ],
      logConfiguration: {options: {'awslogs-group': '/fargate/service/web'}},
    },
  ])
})

test('what is laid out as the Go CLI does is destroyed, and its shared security group stays', async () => {
  await account.succeed(['task', 'stop', 'report'])
  await account.succeed(['service', 'destroy', 'web', '--force', '--yes'])
  await account.succeed(['lb', 'destroy', 'front', '--yes'])

  const {services, loadBalancers, targetGroups, rules, tasks, securityGroups} = await account.settledState()
  expect({services, loadBalancers, targetGroups, rules, tasks}).toEqual({
    services: [],
    loadBalancers: [],
    targetGroups: [],
    rules: [],
    tasks: [],
  })
  expect(securityGroups.map(({GroupName}) => GroupName)).toContain('fargate-default')
})
