import {afterAll, beforeAll, expect, test} from 'vitest'
import type {AwsState} from '../helpers/aws-state.js'
import {stableState} from '../helpers/aws-state.js'
import type {LocalAccount, LocalServer} from '../helpers/local-account.js'
import {exampleImage, startLocalServer} from '../helpers/local-account.js'
import type {ProductResult} from '../helpers/run-product.js'

const stages = ['lb create', 'foreign', 'service create', 'deploy', 'scale', 'destroy'] as const
type Stage = (typeof stages)[number]

let local: LocalServer
let account: LocalAccount
const states = new Map<Stage, AwsState>()
const results = new Map<Stage, ProductResult>()

beforeAll(async () => {
  local = await startLocalServer()
  account = local.account()
  const run = async (stage: Stage, args: readonly string[]) => {
    results.set(stage, await account.run(args))
    states.set(stage, await account.state())
  }
  const image = (tag: 'v1' | 'v2') => ['--image', exampleImage(local, tag)]
  const rules = ['--rule', 'path=/a/*', '--rule', 'host=x.example.com']
  await run('lb create', ['lb', 'create', 'front', '--port', '80,HTTP:8080'])
  await addForeignTraffic()
  await run('service create', ['service', 'create', 'web', '--port', '80', '--lb', 'front', ...rules, ...image('v1')])
  await run('deploy', ['service', 'deploy', 'web', ...image('v2')])
  await run('scale', ['service', 'scale', 'web', '+2'])
  await run('destroy', ['service', 'destroy', 'web', '--force', '--yes'])
})

afterAll(() => local?.stop())

const after = (stage: Stage): AwsState => {
  const state = states.get(stage)
  if (state === undefined) throw new Error(`${stage} did not run`)
  return state
}

/** What somebody else has put on the load balancer: a listener, and a rule on one of ours. */
async function addForeignTraffic(): Promise<void> {
  const {elbv2} = account.sdk
  const {loadBalancers, listeners} = after('lb create')
  const teapot = {Type: 'fixed-response', FixedResponseConfig: {StatusCode: '418'}} as const
  const [listener] = listeners.filter(({Port}) => Port === 80)
  await elbv2.createListener({
    LoadBalancerArn: loadBalancers[0]?.LoadBalancerArn,
    Protocol: 'HTTP',
    Port: 9090,
    DefaultActions: [teapot],
  })
  await elbv2.createRule({
    ListenerArn: listener?.ListenerArn,
    Priority: 7,
    Conditions: [{Field: 'path-pattern', Values: ['/foreign']}],
    Actions: [teapot],
  })
  states.set('foreign', await account.state())
}

test('every command of a whole life succeeds', () => {
  expect([...results].map(([stage, {exitCode}]) => [stage, exitCode])).toEqual([
    ['lb create', 0],
    ['service create', 0],
    ['deploy', 0],
    ['scale', 0],
    ['destroy', 0],
  ])
})

test('lb create makes an active load balancer, a security group open on its ports, and an empty default target group', () => {
  const {loadBalancers, listeners, securityGroups, targetGroups, rules, clusters} = after('lb create')
  const tags = {'fargate:managed': 'true'}
  const group = securityGroups.find(({GroupName}) => GroupName === 'fargate/lb/front')
  const open = {IpProtocol: 'tcp', IpRanges: [{CidrIp: '0.0.0.0/0'}]}

  expect(loadBalancers).toMatchObject([
    {
      LoadBalancerName: 'front',
      Type: 'application',
      Scheme: 'internet-facing',
      State: {Code: 'active'},
      SecurityGroups: [group?.GroupId],
      tags,
    },
  ])
  expect(group).toMatchObject({
    tags,
    IpPermissions: [
      {...open, FromPort: 80, ToPort: 80},
      {...open, FromPort: 8080, ToPort: 8080},
    ],
  })
  expect(targetGroups).toMatchObject([{TargetGroupName: 'front-default', TargetType: 'ip', Protocol: 'HTTP', tags}])
  const forward = [{Type: 'forward', TargetGroupArn: targetGroups[0]?.TargetGroupArn}]
  expect(listeners.map(({Port, Protocol}) => `${Protocol}:${Port}`).sort()).toEqual(['HTTP:80', 'HTTP:8080'])
  for (const listener of listeners) expect(listener).toMatchObject({DefaultActions: forward, tags})
  expect({rules, clusters}).toEqual({rules: [], clusters: []})
})

test('service create makes the cluster, the roles and a log group that keeps a month', () => {
  const {clusters, roles, logGroups, repositories} = after('service create')

  expect(clusters).toMatchObject([{clusterName: 'fargate', status: 'ACTIVE', tags: {'fargate:managed': 'true'}}])
  expect(logGroups).toEqual([
    expect.objectContaining({
      logGroupName: '/fargate/service/web',
      retentionInDays: 30,
      tags: {'fargate:managed': 'true', 'fargate:service': 'web'},
    }),
  ])
  expect(roles.map(({name}) => name)).toEqual(expect.arrayContaining(['AWSServiceRoleForECS', 'ecsTaskExecutionRole']))
  const execution = roles.find(({name}) => name === 'ecsTaskExecutionRole')
  expect(execution?.attached).toEqual(['arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy'])
  expect(JSON.parse(execution?.trust ?? '{}')).toMatchObject({
    Version: '2012-10-17',
    Statement: [{Effect: 'Allow', Principal: {Service: 'ecs-tasks.amazonaws.com'}, Action: 'sts:AssumeRole'}],
  })
  expect(repositories).toEqual([])
})

test('service create makes a target group that is checked every 10 s, twice, and drained for 30 s', () => {
  const {targetGroups} = after('service create')
  const {VpcId} = after('lb create').loadBalancers[0] ?? {}
  const group = targetGroups.find(({TargetGroupName}) => TargetGroupName === 'fargate-web')

  expect(group).toMatchObject({
    Protocol: 'HTTP',
    Port: 80,
    TargetType: 'ip',
    VpcId,
    HealthCheckIntervalSeconds: 10,
    HealthyThresholdCount: 2,
    UnhealthyThresholdCount: 2,
    HealthCheckPath: '/',
    attributes: {'deregistration_delay.timeout_seconds': '30'},
    tags: {'fargate:managed': 'true', 'fargate:service': 'web'},
  })
})

test('service create makes a security group that lets in its load balancer alone, on its port alone', () => {
  const {securityGroups} = after('service create')
  const idOf = (name: string) => securityGroups.find(({GroupName}) => GroupName === name)?.GroupId
  const group = securityGroups.find(({GroupName}) => GroupName === 'fargate/service/fargate/web')

  expect(group?.tags).toEqual({'fargate:managed': 'true', 'fargate:service': 'web'})
  expect(group?.IpPermissions).toMatchObject([
    {IpProtocol: 'tcp', FromPort: 80, ToPort: 80, UserIdGroupPairs: [{GroupId: idOf('fargate/lb/front')}]},
  ])
  expect(group?.IpPermissions?.[0]?.IpRanges ?? []).toEqual([])
})

test('service create adds each rule to each listener, and changes neither default actions nor the rules of others', () => {
  const before = after('foreign')
  const {listeners, rules, targetGroups} = after('service create')
  const group = targetGroups.find(({TargetGroupName}) => TargetGroupName === 'fargate-web')

  expect(listeners).toEqual(before.listeners)
  expect(rules.filter(({tags}) => !('fargate:service' in tags))).toEqual(before.rules)
  for (const {ListenerArn, Port} of listeners) {
    const added = rules.filter((rule) => rule.listenerArn === ListenerArn && 'fargate:service' in rule.tags)
    const conditions = added.map(({Conditions}) => `${Conditions?.[0]?.Field} ${Conditions?.[0]?.Values?.join()}`)
    expect(conditions.sort(), `port ${Port}`).toEqual(['host-header x.example.com', 'path-pattern /a/*'])
    for (const rule of added) {
      expect(rule.Actions).toMatchObject([{Type: 'forward', TargetGroupArn: group?.TargetGroupArn}])
      expect(rule.tags).toEqual({'fargate:managed': 'true', 'fargate:service': 'web'})
    }
  }
})

test('service create gives rules priorities behind those that are there, in steps of ten', () => {
  const {listeners, rules} = after('service create')
  const priorities = (port: number) => {
    const listener = listeners.find(({Port}) => Port === port)?.ListenerArn
    return rules.filter(({listenerArn}) => listenerArn === listener).map(({Priority}) => Number(Priority))
  }

  expect(priorities(80).sort((one, other) => one - other)).toEqual([7, 17, 27])
  expect(priorities(9090).sort((one, other) => one - other)).toEqual([10, 20])
})

test('service create registers the task definition under the names of the Go CLI', () => {
  const {taskDefinitions, roles} = after('service create')
  const {containerDefinitions, ...rest} = taskDefinitions[0] ?? {}

  expect(taskDefinitions).toHaveLength(1)
  expect(rest).toMatchObject({
    family: 'service_web',
    revision: 1,
    cpu: '256',
    memory: '512',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    executionRoleArn: roles.find(({name}) => name === 'ecsTaskExecutionRole')?.arn,
    tags: {'fargate:managed': 'true', 'fargate:service': 'web'},
  })
  expect(containerDefinitions).toMatchObject([
    {
      name: 'web',
      image: exampleImage(local, 'v1'),
      essential: true,
      portMappings: [{containerPort: 80}],
      logConfiguration: {
        logDriver: 'awslogs',
        options: {
          'awslogs-group': '/fargate/service/web',
          'awslogs-region': 'us-east-1',
          'awslogs-stream-prefix': 'fargate',
        },
      },
    },
  ])
})

test('service create makes a steady service with circuit breaker, public IP, tags and its own load balancer', () => {
  const {services, targetGroups, securityGroups} = after('service create')
  const [service] = services

  expect(services).toHaveLength(1)
  expect(service).toMatchObject({
    serviceName: 'web',
    status: 'ACTIVE',
    desiredCount: 1,
    runningCount: 1,
    launchType: 'FARGATE',
    deploymentConfiguration: {deploymentCircuitBreaker: {enable: true, rollback: true}},
    networkConfiguration: {
      awsvpcConfiguration: {
        assignPublicIp: 'ENABLED',
        securityGroups: [securityGroups.find(({GroupName}) => GroupName === 'fargate/service/fargate/web')?.GroupId],
      },
    },
    loadBalancers: [
      {
        containerName: 'web',
        containerPort: 80,
        targetGroupArn: targetGroups.find(({TargetGroupName}) => TargetGroupName === 'fargate-web')?.TargetGroupArn,
      },
    ],
    healthCheckGracePeriodSeconds: 60,
    tags: {'fargate:managed': 'true', 'fargate:service': 'web'},
  })
  expect(service?.deployments).toMatchObject([{status: 'PRIMARY', rolloutState: 'COMPLETED'}])
  expect(service?.networkConfiguration?.awsvpcConfiguration?.subnets?.length).toBeGreaterThan(1)
})

test('deploy registers one revision that differs in the image alone, and changes nothing around the service', () => {
  const before = after('service create')
  const {services, taskDefinitions, ...around} = after('deploy')
  const [first, second] = taskDefinitions

  expect(services).toMatchObject([{taskDefinition: second?.taskDefinitionArn, runningCount: 1, desiredCount: 1}])
  expect(taskDefinitions).toHaveLength(2)
  expect(second?.containerDefinitions?.[0]?.image).toBe(exampleImage(local, 'v2'))
  const [container] = first?.containerDefinitions ?? []
  expect(second).toEqual({
    ...first,
    revision: 2,
    taskDefinitionArn: second?.taskDefinitionArn,
    registeredAt: second?.registeredAt,
    containerDefinitions: [{...container, image: exampleImage(local, 'v2')}],
  })
  const {services: _, taskDefinitions: __, tasks: ___, ...aroundBefore} = before
  const {tasks: ____, ...aroundNow} = around
  expect(stableState({...aroundNow} as AwsState)).toEqual(stableState({...aroundBefore} as AwsState))
})

test('scale +2 changes the count of the service and nothing else', () => {
  const {services, tasks, ...around} = after('scale')
  const {services: before, tasks: oldTasks, ...aroundBefore} = after('deploy')

  expect(services).toMatchObject([{desiredCount: 3, runningCount: 3, taskDefinition: before[0]?.taskDefinition}])
  expect(services[0]?.deployments?.[0]?.id).toBe(before[0]?.deployments?.[0]?.id)
  expect(tasks).toEqual(expect.arrayContaining([...oldTasks]))
  expect(tasks).toHaveLength(3)
  expect(stableState(around as AwsState)).toEqual(stableState(aroundBefore as AwsState))
})

test('destroy leaves nothing of the service, and the load balancer with what others put there as it was', () => {
  const before = after('foreign')
  const {services, tasks, taskDefinitions, logGroups, repositories, clusters, ...around} = after('destroy')

  expect({services, tasks, logGroups, repositories}).toEqual({
    services: [],
    tasks: [],
    logGroups: [],
    repositories: [],
  })
  expect(taskDefinitions.filter(({status}) => status === 'ACTIVE')).toEqual([])
  expect(clusters).toMatchObject([{clusterName: 'fargate', status: 'ACTIVE'}])
  const {loadBalancers, listeners, rules, targetGroups, securityGroups} = around
  expect({loadBalancers, listeners, rules, targetGroups, securityGroups}).toEqual({
    loadBalancers: before.loadBalancers,
    listeners: before.listeners,
    rules: before.rules,
    targetGroups: before.targetGroups,
    securityGroups: before.securityGroups,
  })
})
