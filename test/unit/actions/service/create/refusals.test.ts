import {describe, expect, test} from 'vitest'
import {createService} from '../../../../../src/actions/service/create/create-service.js'
import type {CreateServiceOptions} from '../../../../../src/actions/service/create/options.js'
import {fakeContext} from '../../../../helpers/fake-context.js'
import {callsOf, emptyAccount, targetGroupArn} from '../../account.js'
import {balanced, createOptions} from './options.js'

const tcp = {protocol: 'TCP', port: 5432} as const
const http = {protocol: 'HTTP', port: 8080} as const
const variable = {name: 'TOKEN', value: 'x'}
const secret = {name: 'TOKEN', valueFrom: '/t', source: {kind: 'parameter-name', parameter: '/t'}} as const

describe('before the first call', () => {
  const rows: readonly (readonly [string, CreateServiceOptions, string])[] = [
    ['a load balancer without a port', createOptions({loadBalancer: 'front'}), 'PORT_REQUIRED'],
    ['rules without a load balancer', createOptions({rules: [{type: 'path', value: '/x'}]}), 'LOAD_BALANCER_REQUIRED'],
    ['a default action without a load balancer', createOptions({replaceDefault: true}), 'LOAD_BALANCER_REQUIRED'],
    ['rules for TCP', balanced({port: tcp, rules: [{type: 'path', value: '/x'}]}), 'RULES_NEED_HTTP'],
    ['a health check path for TCP', balanced({port: tcp, healthCheck: {path: '/'}}), 'HEALTH_CHECK_NEEDS_HTTP'],
    ['health check codes for TCP', balanced({port: tcp, healthCheck: {codes: '200'}}), 'HEALTH_CHECK_NEEDS_HTTP'],
    [
      'a health check without a load balancer',
      createOptions({port: http, healthCheck: {path: '/'}}),
      'LOAD_BALANCER_REQUIRED',
    ],
    [
      'thresholds without a load balancer',
      createOptions({port: http, healthCheck: {healthyCount: 3}}),
      'LOAD_BALANCER_REQUIRED',
    ],
    [
      'a grace period without a load balancer',
      createOptions({port: http, healthCheckGracePeriodSeconds: 9}),
      'LOAD_BALANCER_REQUIRED',
    ],
    [
      'a deregistration delay without one',
      createOptions({port: http, deregistrationDelaySeconds: 9}),
      'LOAD_BALANCER_REQUIRED',
    ],
    [
      'a timeout as long as the interval',
      balanced({healthCheck: {intervalSeconds: 20, timeoutSeconds: 20}}),
      'HEALTH_CHECK_INVALID',
    ],
    [
      'a timeout longer than the interval without being told',
      balanced({healthCheck: {timeoutSeconds: 10}}),
      'HEALTH_CHECK_INVALID',
    ],
    [
      'an interval shorter than the timeout without being told',
      balanced({healthCheck: {intervalSeconds: 5}}),
      'HEALTH_CHECK_INVALID',
    ],
    ['codes that no load balancer takes', balanced({healthCheck: {codes: '200-700'}}), 'HEALTH_CHECK_INVALID'],
    ['a name for a variable and a secret', createOptions({environment: [variable], secrets: [secret]}), 'NAME_TAKEN'],
  ]

  test.each(rows)('refuses %s', async (_what, options, code) => {
    const context = fakeContext({})

    await expect(createService(context, options)).rejects.toMatchObject({code, exitCode: 2})
    expect(context.aws.log.calls).toEqual([])
  })
})

describe('before the first change', () => {
  async function refused(options: CreateServiceOptions, world = emptyAccount(), handlers = callsOf(world)) {
    const context = fakeContext(handlers)
    const error: unknown = await createService(context, options).catch((reason: unknown) => reason)
    expect(context.aws.log.changes()).toEqual([])
    return error
  }

  test('refuses a load balancer that does not exist', async () => {
    expect(await refused(balanced({loadBalancer: 'back'}))).toMatchObject({
      code: 'LOAD_BALANCER_NOT_FOUND',
      exitCode: 5,
    })
  })

  test('refuses TCP behind an application load balancer', async () => {
    expect(await refused(balanced({port: tcp}))).toMatchObject({
      code: 'PROTOCOL_MISMATCH',
      message: '--port TCP:5432 does not fit load balancer front: application load balancers take HTTP or HTTPS',
    })
  })

  test('refuses HTTP behind a network load balancer', async () => {
    const world = emptyAccount()
    world.listeners.splice(0, 1, {port: 5432, protocol: 'TCP', defaultActions: [], rules: []})

    expect(await refused(balanced(), world)).toMatchObject({code: 'PROTOCOL_MISMATCH', hints: ['--port TCP:8080']})
  })

  test('refuses a load balancer all of whose listeners redirect', async () => {
    const world = emptyAccount()
    world.listeners[0] = {port: 80, defaultActions: [{Type: 'redirect'}], rules: []}

    expect(await refused(balanced(), world)).toMatchObject({code: 'NO_LISTENER'})
  })

  test('refuses subnets of another VPC than that of the load balancer', async () => {
    const world = emptyAccount()
    const calls = callsOf(world)
    const Subnets = [{SubnetId: 'subnet-x', VpcId: 'vpc-2'}]
    const handlers = {...calls, ec2: {...calls.ec2, DescribeSubnets: () => ({Subnets})}}

    expect(await refused(balanced({subnetIds: ['subnet-x']}), world, handlers)).toMatchObject({
      code: 'VPC_MISMATCH',
      exitCode: 2,
    })
  })

  test('refuses subnets of several VPCs, and a region without default subnets', async () => {
    const calls = callsOf(emptyAccount())
    const two = [
      {SubnetId: 'subnet-x', VpcId: 'vpc-1'},
      {SubnetId: 'subnet-y', VpcId: 'vpc-2'},
    ]
    const withSubnets = (Subnets: object[]) => ({...calls, ec2: {...calls.ec2, DescribeSubnets: () => ({Subnets})}})
    const named = createOptions({subnetIds: ['subnet-x', 'subnet-y']})

    expect(await refused(named, undefined, withSubnets(two))).toMatchObject({code: 'SUBNETS_OF_SEVERAL_VPCS'})
    expect(await refused(createOptions(), undefined, withSubnets([]))).toMatchObject({
      code: 'NO_DEFAULT_SUBNETS',
      exitCode: 2,
    })
  })

  test('refuses a cluster that is named by ARN and does not exist', async () => {
    const cluster = 'arn:aws:ecs:us-east-1:123456789012:cluster/prod'

    expect(await refused(createOptions({cluster}))).toMatchObject({code: 'CLUSTER_NOT_FOUND'})
  })

  test('refuses a target group of its name in another VPC', async () => {
    const world = emptyAccount()
    world.targetGroups.set('fargate-web', {
      TargetGroupArn: targetGroupArn('fargate-web'),
      TargetGroupName: 'fargate-web',
      Protocol: 'HTTP',
      Port: 8080,
      TargetType: 'ip',
      VpcId: 'vpc-2',
    })

    expect(await refused(balanced(), world)).toMatchObject({
      code: 'TARGET_GROUP_DIFFERS',
      message: 'target group fargate-web exists as HTTP:8080 ip in vpc-2, and HTTP:8080 ip in vpc-1 is needed',
    })
  })

  test('refuses the name of a service that is being deleted', async () => {
    const world = emptyAccount()
    world.service = {serviceName: 'web', status: 'DRAINING'}

    expect(await refused(createOptions(), world)).toMatchObject({code: 'SERVICE_DRAINING', exitCode: 5})
  })

  test('takes the name of a service that was deleted', async () => {
    const world = emptyAccount()
    world.service = {serviceName: 'web', status: 'INACTIVE'}
    const context = fakeContext(callsOf(world))
    await createService(context, createOptions())

    expect(context.aws.log.changes()).toContain('ecs:CreateService')
  })
})
