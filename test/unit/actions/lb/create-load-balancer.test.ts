import {describe, expect, test} from 'vitest'
import type {CreateLoadBalancerOptions} from '../../../../src/actions/lb/create-load-balancer.js'
import {createLoadBalancer} from '../../../../src/actions/lb/create-load-balancer.js'
import type {FakeHandlers} from '../../../helpers/fake-aws.js'
import {awsFailure, fails} from '../../../helpers/fake-aws.js'
import {fakeContext} from '../../../helpers/fake-context.js'
import {loadBalancerArn, targetGroupArn} from '../account.js'

const options = (overrides: Partial<CreateLoadBalancerOptions> = {}): CreateLoadBalancerOptions => ({
  name: 'front',
  ports: {type: 'application', ports: [{protocol: 'HTTP', port: 80}]},
  subnetIds: [],
  securityGroupIds: [],
  scheme: 'internet-facing',
  certificates: [],
  redirectHttp: false,
  sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
  tags: {team: 'blue'},
  wait: true,
  timeoutMs: 600_000,
  dryRun: false,
  ...overrides,
})
const tcp = {type: 'network', ports: [{protocol: 'TCP', port: 5432}]} as const
const tags = [
  {Key: 'team', Value: 'blue'},
  {Key: 'fargate:managed', Value: 'true'},
]

/** An account with two default subnets; a load balancer is active ten seconds after it was made. */
function account(handlers: FakeHandlers = {}, existing?: object, listening: readonly object[] = []) {
  let made: object | undefined = existing
  let group: object | undefined
  const listeners: object[] = [...listening]
  const zones = ['a', 'b'].map((zone) => ({SubnetId: `subnet-${zone}`, VpcId: 'vpc-1', AvailabilityZone: zone}))
  const context = fakeContext({
    ec2: {
      DescribeSubnets: () => ({Subnets: zones}),
      DescribeSecurityGroups: () => ({SecurityGroups: group === undefined ? [] : [group]}),
      CreateSecurityGroup: () => ({GroupId: 'sg-front'}),
      AuthorizeSecurityGroupIngress: ({IpPermissions = []} = {}) => {
        group = {GroupId: 'sg-front', IpPermissions}
        return {}
      },
      ...handlers.ec2,
    },
    elbv2: {
      DescribeLoadBalancers: () => {
        if (made === undefined) throw awsFailure('LoadBalancerNotFoundException')
        return {LoadBalancers: [made]}
      },
      CreateLoadBalancer: ({Type, Scheme}) => {
        const described = {
          LoadBalancerArn: loadBalancerArn,
          DNSName: 'front.elb.amazonaws.com',
          Type,
          Scheme,
          VpcId: 'vpc-1',
        }
        made = {...described, State: {Code: 'provisioning'}}
        context.clock.at(10_000, () => {
          made = {...described, State: {Code: 'active'}}
        })
        return {LoadBalancers: [{...described, State: {Code: 'provisioning'}}]}
      },
      DescribeTargetGroups: () => {
        if (listeners.length === 0) throw awsFailure('TargetGroupNotFoundException')
        return {TargetGroups: [{TargetGroupArn: targetGroupArn('front-default')}]}
      },
      CreateTargetGroup: () => ({TargetGroups: [{TargetGroupArn: targetGroupArn('front-default')}]}),
      DescribeListeners: () => ({Listeners: listeners}),
      CreateListener: (input) => {
        listeners.push({...input, ListenerArn: `arn:listener/${input?.Port}`})
        return {Listeners: [{...input, ListenerArn: `arn:listener/${input?.Port}`}]}
      },
      ...handlers.elbv2,
    },
  })
  return context
}

test('makes a load balancer with security group, target group and listeners, and waits until it is active', async () => {
  const context = account()
  const result = await createLoadBalancer(context, options())
  const {log} = context.aws

  expect(result).toMatchObject({
    arn: loadBalancerArn,
    dnsName: 'front.elb.amazonaws.com',
    urls: ['http://front.elb.amazonaws.com:80'],
  })
  expect(log.inputs('CreateLoadBalancer')).toEqual([
    {
      Name: 'front',
      Type: 'application',
      Scheme: 'internet-facing',
      Subnets: ['subnet-a', 'subnet-b'],
      SecurityGroups: ['sg-front'],
      Tags: tags,
    },
  ])
  expect(log.inputs('AuthorizeSecurityGroupIngress')).toMatchObject([
    {IpPermissions: [{FromPort: 80, ToPort: 80, IpRanges: [{CidrIp: '0.0.0.0/0'}]}]},
  ])
  expect(log.inputs('CreateListener')).toEqual([
    {
      LoadBalancerArn: loadBalancerArn,
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{Type: 'forward', TargetGroupArn: targetGroupArn('front-default')}],
      Tags: tags,
    },
  ])
  expect(context.clock.elapsed()).toBeGreaterThanOrEqual(10_000)
})

test('changes nothing when it runs again', async () => {
  const context = account()
  await createLoadBalancer(context, options())
  const before = context.aws.log.changes().length
  const result = await createLoadBalancer(context, options())

  expect(result.changes).toEqual([])
  expect(context.aws.log.changes()).toHaveLength(before)
})

test('adds the listener of a new port, and lets it in', async () => {
  const context = account()
  await createLoadBalancer(context, options())
  const before = context.aws.log.changes().length
  const ports = [
    {protocol: 'HTTP', port: 80},
    {protocol: 'HTTP', port: 8080},
  ] as const
  const result = await createLoadBalancer(context, options({ports: {type: 'application', ports}}))

  expect(context.aws.log.changes().slice(before).sort()).toEqual([
    'ec2:AuthorizeSecurityGroupIngress',
    'elbv2:CreateListener',
  ])
  expect(result.changes.map(({step, change}) => `${change} ${step}`)).toEqual([
    'update security-group',
    'update listeners',
  ])
})

test('for TCP has no security groups', async () => {
  const context = account()
  await createLoadBalancer(context, options({ports: tcp}))

  const [input] = context.aws.log.inputs('CreateLoadBalancer')
  expect(input).toMatchObject({Type: 'network'})
  expect(Object.keys(input ?? {})).not.toContain('SecurityGroups')
})

test('does not wait where it is told not to', async () => {
  const context = account()
  await createLoadBalancer(context, options({wait: false}))

  expect(context.clock.sleeps).toEqual([])
})

test('changes nothing in a dry run', async () => {
  const context = account()
  const result = await createLoadBalancer(context, options({dryRun: true}))

  expect(context.aws.log.changes()).toEqual([])
  expect(result).toMatchObject({arn: undefined, urls: []})
  expect(result.changes.map(({step}) => step)).toEqual([
    'security-group',
    'load-balancer',
    'target-group',
    'listeners',
    'active',
  ])
})

describe('the wait', () => {
  test('ends where the load balancer fails', async () => {
    const failed = {
      LoadBalancerArn: loadBalancerArn,
      Type: 'application',
      Scheme: 'internet-facing',
      State: {Code: 'failed'},
    }

    await expect(createLoadBalancer(account({}, failed), options())).rejects.toMatchObject({
      code: 'LOAD_BALANCER_FAILED',
    })
  })

  test('takes an impaired load balancer for active', async () => {
    const impaired = {
      LoadBalancerArn: loadBalancerArn,
      Type: 'application',
      Scheme: 'internet-facing',
      State: {Code: 'active_impaired'},
    }
    const context = account({}, impaired)
    await createLoadBalancer(context, options())

    expect(context.clock.sleeps).toEqual([])
  })

  test('ends when something else fails', async () => {
    const context = account({elbv2: {CreateListener: fails('TooManyListenersException')}})

    await expect(createLoadBalancer(context, options())).rejects.toMatchObject({code: 'TOO_MANY_LISTENERS'})
    expect(context.clock.elapsed()).toBeLessThan(10_000)
  })

  test('gives up after the timeout', async () => {
    const waiting = createLoadBalancer(account(), options({timeoutMs: 5000}))

    await expect(waiting).rejects.toMatchObject({code: 'WAIT_TIMED_OUT', exitCode: 7})
  })
})

describe('refuses', () => {
  test.each([
    ['security groups for TCP', options({ports: tcp, securityGroupIds: ['sg-1']}), 'SECURITY_GROUPS_NEED_HTTP'],
    ['HTTPS', options({ports: {type: 'application', ports: [{protocol: 'HTTPS', port: 443}]}}), 'CERTIFICATE_REQUIRED'],
  ])('%s before the first call', async (_what, wrong, code) => {
    const context = account()

    await expect(createLoadBalancer(context, wrong)).rejects.toMatchObject({code, exitCode: 2})
    expect(context.aws.log.calls).toEqual([])
  })

  const subnet = (id: string, zone: string) => ({SubnetId: id, VpcId: 'vpc-1', AvailabilityZone: zone})

  test.each([
    ['one zone', [subnet('subnet-a', 'a')]],
    ['two subnets in one of two zones', [subnet('subnet-a', 'a'), subnet('subnet-b', 'b'), subnet('subnet-c', 'b')]],
  ])('%s for HTTP', async (_what, Subnets) => {
    const context = account({ec2: {DescribeSubnets: () => ({Subnets})}})

    await expect(createLoadBalancer(context, options())).rejects.toMatchObject({code: 'ZONES_REQUIRED', exitCode: 2})
    expect(context.aws.log.changes()).toEqual([])
  })

  test('a region without default subnets', async () => {
    const context = account({ec2: {DescribeSubnets: () => ({Subnets: []})}})

    await expect(createLoadBalancer(context, options())).rejects.toMatchObject({exitCode: 2})
    expect(context.aws.log.changes()).toEqual([])
  })

  test('to change type or scheme of one that exists', async () => {
    const internal = {
      LoadBalancerArn: loadBalancerArn,
      Type: 'application',
      Scheme: 'internal',
      State: {Code: 'active'},
    }
    const context = account({}, internal)

    await expect(createLoadBalancer(context, options())).rejects.toMatchObject({
      code: 'LOAD_BALANCER_DIFFERS',
      message: 'load balancer front exists as application, internal, and application, internet-facing is asked for',
    })
    expect(context.aws.log.changes()).toEqual([])
  })

  test('to change the protocol of a listener', async () => {
    const active = {
      LoadBalancerArn: loadBalancerArn,
      Type: 'application',
      Scheme: 'internet-facing',
      State: {Code: 'active'},
    }
    const DescribeListeners = () => ({Listeners: [{ListenerArn: 'l', Port: 80, Protocol: 'HTTPS' as const}]})
    const context = account({elbv2: {DescribeListeners}}, active)

    await expect(createLoadBalancer(context, options())).rejects.toMatchObject({code: 'LISTENER_DIFFERS'})
    expect(context.aws.log.changes()).toEqual([])
  })
})
