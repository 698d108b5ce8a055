import {describe, expect, test} from 'vitest'
import {VirtualClock} from '../../../../../src/local/clock.js'
import {arnOf, elasticLoadBalancing, refusal} from './fixture.js'

const SUBNETS = ['subnet-a', 'subnet-b']

describe('CreateLoadBalancer', () => {
  test('describes an application load balancer as AWS does', () => {
    const elb = elasticLoadBalancing({clock: new VirtualClock(Date.UTC(2026, 1, 3))})

    const [created] = elb.call('createLoadBalancer', {Name: 'web', Subnets: SUBNETS}).LoadBalancers ?? []

    expect(created).toEqual({
      LoadBalancerArn: expect.stringMatching(
        /^arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer\/app\/web\/[0-9a-f]{16}$/,
      ),
      DNSName: expect.stringMatching(/^web-\d{9,10}\.us-east-1\.elb\.localhost$/),
      CanonicalHostedZoneId: 'Z35SXDOTRQ7X7K',
      CreatedTime: new Date('2026-02-03T00:00:00Z'),
      LoadBalancerName: 'web',
      Scheme: 'internet-facing',
      VpcId: 'vpc-1',
      State: {Code: 'provisioning'},
      Type: 'application',
      AvailabilityZones: [
        {ZoneName: 'us-east-1a', SubnetId: 'subnet-a', LoadBalancerAddresses: []},
        {ZoneName: 'us-east-1b', SubnetId: 'subnet-b', LoadBalancerAddresses: []},
      ],
      SecurityGroups: ['sg-default-of-vpc-1'],
      IpAddressType: 'ipv4',
    })
  })

  test('gives an internal network load balancer one subnet, no groups and a prefixed name', () => {
    const elb = elasticLoadBalancing()

    const [created] =
      elb.call('createLoadBalancer', {Name: 'tcp', Type: 'network', Scheme: 'internal', Subnets: ['subnet-a']})
        .LoadBalancers ?? []

    expect(created?.LoadBalancerArn).toContain(':loadbalancer/net/tcp/')
    expect(created?.DNSName).toMatch(/^internal-tcp-/)
    expect(created).not.toHaveProperty('SecurityGroups')
  })

  test('has an interface in each subnet, which says whose it is', () => {
    const elb = elasticLoadBalancing()

    const arn = arnOf.loadBalancer(elb)

    const description = `ELB ${arn.split(':loadbalancer/')[1]}`
    expect([...elb.interfaces.values()]).toEqual([
      {description, subnetId: 'subnet-a', assignPublicIp: true},
      {description, subnetId: 'subnet-b', assignPublicIp: true},
    ])
  })

  test('becomes active after a few seconds', async () => {
    const clock = new VirtualClock()
    const elb = elasticLoadBalancing({clock})
    arnOf.loadBalancer(elb)
    const state = () => elb.call('describeLoadBalancers', {}).LoadBalancers?.[0]?.State?.Code

    await clock.advance(2_999)
    expect(state()).toBe('provisioning')
    await clock.advance(1)
    expect(state()).toBe('active')
  })

  test('gives the one that is there when asked again with the same settings', () => {
    const elb = elasticLoadBalancing()

    const first = arnOf.loadBalancer(elb, {SecurityGroups: ['sg-1', 'sg-2']})
    const second = arnOf.loadBalancer(elb, {SecurityGroups: ['sg-2', 'sg-1'], Subnets: ['subnet-b', 'subnet-a']})

    expect(second).toBe(first)
    expect(elb.interfaces.size).toBe(2)
  })

  test.each([
    [
      'no subnets',
      {Subnets: []},
      'ValidationError',
      'At least two subnets in two different Availability Zones must be specified',
    ],
    [
      'one subnet',
      {Subnets: ['subnet-a']},
      'ValidationError',
      'At least two subnets in two different Availability Zones must be specified',
    ],
    [
      'the same subnet twice',
      {Subnets: ['subnet-a', 'subnet-a']},
      'ValidationError',
      'At least two subnets in two different Availability Zones must be specified',
    ],
    [
      'one zone twice',
      {Subnets: ['subnet-b', 'subnet-b2']},
      'InvalidConfigurationRequest',
      'A load balancer cannot be attached to multiple subnets in the same Availability Zone',
    ],
    [
      'an unknown subnet',
      {Subnets: ['subnet-a', 'subnet-x']},
      'SubnetNotFound',
      "The subnet ID 'subnet-x' does not exist",
    ],
    [
      'subnets of two VPCs',
      {Subnets: ['subnet-a', 'subnet-other']},
      'InvalidConfigurationRequest',
      "All subnets must belong to the same VPC: 'vpc-1'",
    ],
    [
      'no subnets for a network load balancer',
      {Type: 'network', Subnets: []},
      'ValidationError',
      'At least one subnet must be specified',
    ],
    [
      'an unknown group',
      {SecurityGroups: ['sg-x']},
      'InvalidSecurityGroup',
      "The security group 'sg-x' does not exist",
    ],
    [
      'a group of another VPC',
      {SecurityGroups: ['sg-other']},
      'InvalidConfigurationRequest',
      "Security group 'sg-other' does not belong to VPC 'vpc-1'",
    ],
    [
      'a name of 33 characters',
      {Name: 'a'.repeat(33)},
      'ValidationError',
      `The load balancer name '${'a'.repeat(33)}' cannot be longer than '32' characters`,
    ],
    [
      'an underscore',
      {Name: 'a_b'},
      'ValidationError',
      "The load balancer name 'a_b' can only contain characters that are alphanumeric characters and hyphens(-)",
    ],
    [
      'a trailing hyphen',
      {Name: 'web-'},
      'ValidationError',
      "The load balancer name 'web-' cannot begin or end with '-'",
    ],
    [
      'a reserved prefix',
      {Name: 'internal-web'},
      'ValidationError',
      "The load balancer name 'internal-web' cannot begin with 'internal-'",
    ],
    [
      'a missing name',
      {Name: undefined},
      'ValidationError',
      "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
    ],
    [
      'an unknown scheme',
      {Scheme: 'public' as never},
      'ValidationError',
      "1 validation error detected: Value 'public' at 'scheme' failed to satisfy constraint: Member must satisfy enum value set: [internet-facing, internal]",
    ],
    ['repeated tags', {Tags: [{Key: 'a'}, {Key: 'a'}]}, 'DuplicateTagKeys', 'Tag key was specified more than once: a'],
    ['a gateway', {Type: 'gateway'}, 'NotImplemented', 'The local AWS does not emulate a Gateway Load Balancer'],
  ] as const)('refuses %s', (_, input, code, message) => {
    const elb = elasticLoadBalancing()

    const refused = refusal(() => arnOf.loadBalancer(elb, input as never))

    expect(refused).toEqual({code, message})
    expect(elb.interfaces.size).toBe(0)
  })

  test.each([
    ['scheme', {Scheme: 'internal'}],
    ['subnets', {Subnets: ['subnet-a', 'subnet-c']}],
    ['groups', {SecurityGroups: ['sg-1']}],
    ['type', {Type: 'network'}],
  ] as const)('refuses a name that is taken with another %s', (_, input) => {
    const elb = elasticLoadBalancing()
    arnOf.loadBalancer(elb)

    expect(refusal(() => arnOf.loadBalancer(elb, input as never))).toEqual({
      code: 'DuplicateLoadBalancerName',
      message: "A load balancer with the same name 'web' exists, but with different settings",
    })
  })
})
