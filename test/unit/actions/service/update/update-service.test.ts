import type {Service} from '@aws-sdk/client-ecs'
import {RegisterTaskDefinitionRequest$, TaskDefinition$} from '@aws-sdk/client-ecs'
import {tuple} from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {UpdateServiceOptions} from '../../../../../src/actions/service/update/options.js'
import {updateServiceSettings} from '../../../../../src/actions/service/update/update-service.js'
import {everyMember} from '../../../../helpers/every-member.js'
import {holdsForEvery} from '../../../../helpers/property.js'
import {arnOf, deployedWorld, webDefinition, webService} from '../deployed-world.js'
import {balancedService, balancing, network, subnets, targetGroupArn} from './balanced-world.js'

const options = (asked: Partial<UpdateServiceOptions>): UpdateServiceOptions => ({
  cluster: 'fargate',
  name: 'web',
  wait: false,
  timeoutMs: 600_000,
  dryRun: false,
  subnetIds: [],
  securityGroupIds: [],
  healthCheck: {},
  tags: {},
  ...asked,
})

type World = ReturnType<typeof deployedWorld>
const registered = ({aws}: World) => aws.log.inputs('RegisterTaskDefinition')[0]
const {taskDefinitionArn: _arn, revision: _revision, ...registration} = webDefinition

describe('the task definition', () => {
  test.each<[string, Partial<UpdateServiceOptions>, object, string]>([
    ['cpu and memory', {cpu: 512, memory: 1024}, {cpu: '512', memory: '1024'}, 'cpu 256 → 512, memory 512 → 1024'],
    ['memory alone', {memory: 2048}, {memory: '2048'}, 'memory 512 → 2048'],
    [
      'the architecture',
      {architecture: 'arm64'},
      {runtimePlatform: {cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX'}},
      'architecture x86_64 → arm64',
    ],
    ['the task role', {taskRole: 'web-role'}, {taskRoleArn: 'web-role'}, 'task role none → web-role'],
    [
      'the ephemeral storage',
      {ephemeralStorageGib: 50},
      {ephemeralStorage: {sizeInGiB: 50}},
      'ephemeral storage default → 50',
    ],
    [
      'the command, which can hold what is secret',
      {command: ['serve', '--token=hunter2']},
      {containerDefinitions: [{name: 'web', image: 'web:1', essential: true, command: ['serve', '--token=hunter2']}]},
      'another command of container web',
    ],
  ])('gets %s, and nothing else changes', async (_what, asked, expected, detail) => {
    const context = deployedWorld()
    const result = await updateServiceSettings(context, options(asked))

    expect(registered(context)).toEqual({...registration, ...expected})
    expect(context.aws.log.inputs('UpdateService')).toEqual([
      {cluster: 'fargate', service: 'web', taskDefinition: arnOf(2)},
    ])
    expect(result.changes[0]).toMatchObject({step: 'task-definition', detail})
    expect(JSON.stringify(result)).not.toContain('hunter2')
  })

  test('keeps every other field that AWS knows', async () => {
    const described = tuple(everyMember(RegisterTaskDefinitionRequest$), everyMember(TaskDefinition$))
    await holdsForEvery(described, async ([{tags, ...members}, read]) => {
      const rich = {...read, ...members, cpu: '256', memory: '512', taskDefinitionArn: arnOf(1)}
      const context = deployedWorld({definition: rich, tags: tags as never})
      await updateServiceSettings(context, options({cpu: 512, memory: 1024}))

      expect(registered(context)).toEqual({...members, tags, cpu: '512', memory: '1024'})
    })
  })

  test('of a role that is there already by its ARN does not change', async () => {
    const definition = {...webDefinition, taskRoleArn: 'arn:aws:iam::123456789012:role/web-role'}
    const context = deployedWorld({definition})
    await updateServiceSettings(context, options({taskRole: 'web-role'}))

    expect(context.aws.log.changes()).toEqual([])
  })

  test('gets the command in the container that is named', async () => {
    const proxy = {name: 'proxy', image: 'envoy:1'}
    const [web = {}] = webDefinition.containerDefinitions ?? []
    const context = deployedWorld({definition: {...webDefinition, containerDefinitions: [web, proxy]}})
    await updateServiceSettings(context, options({container: 'proxy', command: ['envoy']}))

    expect(registered(context)).toMatchObject({containerDefinitions: [web, {...proxy, command: ['envoy']}]})
  })
})

describe('a size that Fargate does not run is refused before any change', () => {
  const hint = (cpu: number, memory: number) => `fargate service update web --cpu ${cpu} --memory ${memory}`

  test.each<[string, Partial<UpdateServiceOptions>, string, string[]]>([
    [
      'a cpu that does not go with the memory that runs',
      {cpu: 1024},
      'memory 512 does not go with cpu 1024 on Fargate: use memory 2048 with cpu 1024, or cpu 256 with memory 512; ' +
        'service web runs with memory 512, and only the other is given',
      [hint(1024, 2048), hint(256, 512)],
    ],
    [
      'memory that does not go with the cpu that runs',
      {memory: 4096},
      'memory 4096 does not go with cpu 256 on Fargate: use memory 2048 with cpu 256, or cpu 512 with memory 4096; ' +
        'service web runs with cpu 256, and only the other is given',
      [hint(256, 2048), hint(512, 4096)],
    ],
  ])('%s', async (_what, asked, message, hints) => {
    const context = deployedWorld()
    const update = updateServiceSettings(context, options({...asked, tags: {team: 'blue'}}))

    await expect(update).rejects.toMatchObject({code: 'TASK_SIZE_INVALID', exitCode: 2, message, hints})
    expect(context.aws.log.changes()).toEqual([])
  })

  test('and left to ECS where the task does not run on Fargate', async () => {
    const context = deployedWorld({definition: {...webDefinition, requiresCompatibilities: ['EC2']}})
    await updateServiceSettings(context, options({memory: 600}))

    expect(registered(context)).toMatchObject({memory: '600'})
  })
})

describe('the service', () => {
  const breaker = {maximumPercent: 150, minimumHealthyPercent: 50}

  test.each<[string, Service, Partial<UpdateServiceOptions>, object, string]>([
    [
      'the circuit breaker, with the percentages that are there',
      {...webService, deploymentConfiguration: breaker},
      {circuitBreaker: true},
      {deploymentConfiguration: {...breaker, deploymentCircuitBreaker: {enable: true, rollback: true}}},
      'circuit breaker on',
    ],
    [
      'the grace period',
      balancedService,
      {healthCheckGracePeriodSeconds: 90},
      {healthCheckGracePeriodSeconds: 90},
      'health check grace period 60 → 90 s',
    ],
    [
      'public addresses, with the subnets and groups that are there',
      {...webService, networkConfiguration: network('ENABLED')},
      {assignPublicIp: false},
      {networkConfiguration: network('DISABLED')},
      'a new deployment, no public addresses',
    ],
  ])('gets %s', async (_what, service, asked, settings, detail) => {
    const context = deployedWorld({service})
    const result = await updateServiceSettings(context, options(asked))

    expect(context.aws.log.inputs('UpdateService')).toEqual([{cluster: 'fargate', service: 'web', ...settings}])
    expect(context.aws.log.changes()).toEqual(['ecs:UpdateService'])
    expect(result.changes).toMatchObject([{step: 'service', detail}])
  })

  test('gets subnets and security groups that are in one VPC', async () => {
    const service = {...webService, networkConfiguration: network('ENABLED')}
    const context = deployedWorld({service, handlers: {ec2: subnets('vpc-1')}})
    const asked = {subnetIds: ['subnet-0000000b'], securityGroupIds: ['sg-0000000b']}
    await updateServiceSettings(context, options(asked))

    expect(context.aws.log.inputs('UpdateService')[0]).toMatchObject({
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: ['subnet-0000000b'],
          securityGroups: ['sg-0000000b'],
          assignPublicIp: 'ENABLED',
        },
      },
    })
  })

  test('is not moved to a VPC in which its security group is not', async () => {
    const service = {...webService, networkConfiguration: network('ENABLED')}
    const context = deployedWorld({service, handlers: {ec2: subnets('vpc-2')}})

    await expect(updateServiceSettings(context, options({subnetIds: ['subnet-0000000b']}))).rejects.toMatchObject({
      code: 'VPC_MISMATCH',
      exitCode: 2,
      message: 'security group sg-0000000a is in vpc-1 and subnet subnet-0000000b in vpc-2: all must be in one VPC',
    })
    expect(context.aws.log.changes()).toEqual([])
  })

  test('without a load balancer takes no grace period', async () => {
    const update = updateServiceSettings(deployedWorld(), options({healthCheckGracePeriodSeconds: 5}))

    await expect(update).rejects.toMatchObject({code: 'LOAD_BALANCER_REQUIRED', exitCode: 2})
  })

  test('gets tags before its tasks are replaced, so that the new ones have them', async () => {
    const tags = [
      {key: 'team', value: 'red'},
      {key: 'fargate:managed', value: 'true'},
    ]
    const handlers = {ecs: {TagResource: () => ({})}}
    const context = deployedWorld({service: {...webService, tags}, tags, handlers})
    await updateServiceSettings(context, options({tags: {team: 'blue'}}))

    const {calls} = context.aws.log
    const tagging = calls.find(({operation}) => operation === 'TagResource')
    const update = calls.find(({operation}) => operation === 'UpdateService')
    expect(tagging?.input).toEqual({resourceArn: webService.serviceArn, tags: [{key: 'team', value: 'blue'}]})
    expect(update?.startedAt).toBeGreaterThanOrEqual(tagging?.endedAt ?? Number.NaN)
    expect(registered(context)?.tags).toEqual([
      {key: 'fargate:managed', value: 'true'},
      {key: 'team', value: 'blue'},
    ])
  })
})

describe('the target group', () => {
  test('gets what differs of the health check and the delay, without a deployment', async () => {
    const context = deployedWorld({service: balancedService, handlers: {elbv2: balancing()}})
    const asked = {healthCheck: {path: '/health', intervalSeconds: 10, codes: '200-299'}, deregistrationDelaySeconds: 5}
    const result = await updateServiceSettings(context, options({...asked, wait: true}))

    expect(context.aws.log.inputs('ModifyTargetGroup')).toEqual([
      {
        TargetGroupArn: targetGroupArn,
        HealthCheckPath: '/health',
        HealthCheckIntervalSeconds: 10,
        Matcher: {HttpCode: '200-299'},
      },
    ])
    expect(context.aws.log.changes()).toEqual(['elbv2:ModifyTargetGroup', 'elbv2:ModifyTargetGroupAttributes'])
    expect(result.rollout).toBeUndefined()
    expect(result.changes[0]?.detail).toBe(
      'fargate-web: health check path / → /health, fargate-web: health check codes 200 → 200-299, ' +
        'fargate-web: deregistration delay 30 → 5 s',
    )
  })

  test.each<[string, Partial<UpdateServiceOptions>, string]>([
    [
      'a timeout that is not shorter than the interval that stays',
      {healthCheck: {timeoutSeconds: 10}},
      'HEALTH_CHECK_INVALID',
    ],
    [
      'an interval that is not longer than the timeout that stays',
      {healthCheck: {intervalSeconds: 5}},
      'HEALTH_CHECK_INVALID',
    ],
    ['a code that only a network load balancer takes', {healthCheck: {codes: '200-599'}}, 'HEALTH_CHECK_INVALID'],
  ])('does not take %s', async (_what, asked, code) => {
    const context = deployedWorld({service: balancedService, handlers: {elbv2: balancing()}})

    await expect(updateServiceSettings(context, options(asked))).rejects.toMatchObject({code, exitCode: 2})
    expect(context.aws.log.changes()).toEqual([])
  })

  test('that checks TCP takes no path', async () => {
    const context = deployedWorld({service: balancedService, handlers: {elbv2: balancing('TCP')}})

    await expect(updateServiceSettings(context, options({healthCheck: {path: '/'}}))).rejects.toMatchObject({
      code: 'HEALTH_CHECK_NEEDS_HTTP',
    })
  })

  test('is missed by a service, or a container, that has none', async () => {
    const update = updateServiceSettings(deployedWorld(), options({deregistrationDelaySeconds: 5}))

    await expect(update).rejects.toMatchObject({code: 'LOAD_BALANCER_REQUIRED', exitCode: 2})
  })
})

describe('the log group', () => {
  const logConfiguration = {logDriver: 'awslogs' as const, options: {'awslogs-group': '/somebody/web'}}
  const definition = {...webDefinition, containerDefinitions: [{name: 'web', image: 'web:1', logConfiguration}]}
  const DescribeLogGroups = () => ({
    logGroups: [{logGroupName: '/somebody/web', logGroupArn: 'arn:log-group', retentionInDays: 30}],
  })

  test.each([
    [
      90,
      'PutRetentionPolicy',
      {logGroupName: '/somebody/web', retentionInDays: 90},
      '/somebody/web retention 30 → 90 days',
    ],
    ['never', 'DeleteRetentionPolicy', {logGroupName: '/somebody/web'}, '/somebody/web retention 30 → never'],
  ] as const)('of the container keeps its events for %s', async (logRetentionDays, operation, input, detail) => {
    const logs = {DescribeLogGroups, PutRetentionPolicy: () => ({}), DeleteRetentionPolicy: () => ({})}
    const context = deployedWorld({definition, handlers: {logs}})
    const result = await updateServiceSettings(context, options({logRetentionDays}))

    expect(context.aws.log.inputs(operation)).toEqual([input])
    expect(context.aws.log.changes()).toEqual([`logs:${operation}`])
    expect(result.changes).toMatchObject([{step: 'log-group', change: 'update', detail}])
  })

  test('of a container that logs elsewhere is not looked for', async () => {
    await expect(updateServiceSettings(deployedWorld(), options({logRetentionDays: 7}))).rejects.toMatchObject({
      code: 'NO_LOG_GROUP',
      message: '--log-retention: container web of service web keeps no logs, not to CloudWatch Logs',
    })
  })
})

test('there is one revision and one UpdateService however much changes', async () => {
  const handlers = {elbv2: balancing(), ecs: {TagResource: () => ({})}}
  const context = deployedWorld({service: {...balancedService, networkConfiguration: network('ENABLED')}, handlers})
  const asked = {
    ...{cpu: 512, memory: 1024, command: ['serve'], tags: {team: 'blue'}, circuitBreaker: true},
    ...{assignPublicIp: false, healthCheckGracePeriodSeconds: 5, deregistrationDelaySeconds: 5},
  }
  await updateServiceSettings(context, options(asked))

  expect(context.aws.log.changes().filter((name) => /Register|UpdateService/.test(name))).toEqual([
    'ecs:RegisterTaskDefinition',
    'ecs:UpdateService',
  ])
})

test('what is there already is nothing to do', async () => {
  const service = {...balancedService, networkConfiguration: network('ENABLED')}
  const context = deployedWorld({service, handlers: {elbv2: balancing()}})
  const asked = {
    ...{cpu: 256, memory: 512, architecture: 'x86_64' as const, circuitBreaker: false, assignPublicIp: true},
    ...{healthCheck: {path: '/'}, healthCheckGracePeriodSeconds: 60, deregistrationDelaySeconds: 30},
  }
  const result = await updateServiceSettings(context, options({...asked, wait: true}))

  expect(result).toMatchObject({changes: [], taskDefinition: arnOf(1), rollout: undefined})
  expect(context.aws.log.changes()).toEqual([])
})

test('a dry run changes nothing and tells all of it', async () => {
  const context = deployedWorld({service: balancedService, handlers: {elbv2: balancing()}})
  const asked = {cpu: 512, memory: 1024, deregistrationDelaySeconds: 5, dryRun: true}
  const {changes} = await updateServiceSettings(context, options(asked))

  expect(changes.map(({step}) => step).sort()).toEqual(['service', 'target-group', 'task-definition'])
  expect(context.aws.log.changes()).toEqual([])
})
