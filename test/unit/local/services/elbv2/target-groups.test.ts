import {describe, expect, test} from 'vitest'
import {arnOf, elasticLoadBalancing, forwardTo, OK, refusal, SCOPE} from './fixture.js'

const HTTP_GROUP = {Name: 'tg', Protocol: 'HTTP', Port: 80, VpcId: 'vpc-1', TargetType: 'ip'} as const

describe('CreateTargetGroup', () => {
  test('fills in what AWS fills in for HTTP', () => {
    const [group] = elasticLoadBalancing().call('createTargetGroup', HTTP_GROUP).TargetGroups ?? []

    expect(group).toEqual({
      TargetGroupArn: expect.stringMatching(
        /^arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup\/tg\/[0-9a-f]{16}$/,
      ),
      TargetGroupName: 'tg',
      Protocol: 'HTTP',
      ProtocolVersion: 'HTTP1',
      Port: 80,
      VpcId: 'vpc-1',
      TargetType: 'ip',
      IpAddressType: 'ipv4',
      HealthCheckEnabled: true,
      HealthCheckProtocol: 'HTTP',
      HealthCheckPort: 'traffic-port',
      HealthCheckIntervalSeconds: 30,
      HealthCheckTimeoutSeconds: 5,
      HealthyThresholdCount: 5,
      UnhealthyThresholdCount: 2,
      HealthCheckPath: '/',
      Matcher: {HttpCode: '200'},
      LoadBalancerArns: [],
    })
  })

  test.each([
    [{}, {HealthCheckProtocol: 'TCP', HealthCheckTimeoutSeconds: 10}],
    [
      {HealthCheckProtocol: 'HTTP'},
      {HealthCheckProtocol: 'HTTP', HealthCheckTimeoutSeconds: 6, HealthCheckPath: '/', Matcher: {HttpCode: '200-399'}},
    ],
  ] as const)('checks TCP targets with %o as %o', (input, expected) => {
    const {call} = elasticLoadBalancing()

    const [group] = call('createTargetGroup', {...HTTP_GROUP, Protocol: 'TCP', ...input}).TargetGroups ?? []

    expect(group).toMatchObject({HealthCheckIntervalSeconds: 30, HealthyThresholdCount: 5, ...expected})
    expect(group).not.toHaveProperty('ProtocolVersion')
    if (!('HealthCheckPath' in expected)) expect(group).not.toHaveProperty('HealthCheckPath')
  })

  test('gives the one that is there when asked again with the same settings', () => {
    const elb = elasticLoadBalancing()

    expect(arnOf.targetGroup(elb)).toBe(arnOf.targetGroup(elb))
  })

  test.each([
    ['port', {Port: 81}],
    ['VPC', {VpcId: 'vpc-2'}],
    ['protocol', {Protocol: 'HTTPS'}],
    ['target type', {TargetType: 'instance'}],
    ['health check', {HealthCheckPath: '/health'}],
  ] as const)('refuses a name that is taken with another %s', (_, input) => {
    const elb = elasticLoadBalancing()
    arnOf.targetGroup(elb)

    expect(refusal(() => arnOf.targetGroup(elb, input))).toEqual({
      code: 'DuplicateTargetGroupName',
      message: "A target group with the same name 'tg' exists, but with different settings",
    })
  })

  test.each([
    ['no protocol', {Protocol: undefined}, 'A protocol must be specified'],
    ['no port', {Port: undefined}, 'A port must be specified'],
    ['no VPC', {VpcId: undefined}, 'A VPC ID must be specified'],
    ['an unknown VPC', {VpcId: 'vpc-x'}, "The VPC ID 'vpc-x' is not found"],
    [
      'a long name',
      {Name: 'x'.repeat(33)},
      `Target group name '${'x'.repeat(33)}' cannot be longer than '32' characters`,
    ],
    [
      'a dot',
      {Name: 'a.b'},
      "Target group name 'a.b' can only contain characters that are alphanumeric characters or hyphens(-)",
    ],
    ['a leading hyphen', {Name: '-a'}, "Target group name '-a' cannot begin or end with '-'"],
    [
      'port 0',
      {Port: 0},
      "1 validation error detected: Value '0' at 'port' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      'an interval of 4',
      {HealthCheckIntervalSeconds: 4},
      "1 validation error detected: Value '4' at 'healthCheckIntervalSeconds' failed to satisfy constraint: Member must have value greater than or equal to 5",
    ],
    [
      'a threshold of 11',
      {HealthyThresholdCount: 11},
      "1 validation error detected: Value '11' at 'healthyThresholdCount' failed to satisfy constraint: Member must have value less than or equal to 10",
    ],
    [
      'an interval as short as the timeout',
      {HealthCheckIntervalSeconds: 5},
      'Health check interval must be greater than the timeout.',
    ],
    [
      'a TCP check of HTTP targets',
      {HealthCheckProtocol: 'TCP'},
      "Health check protocol 'TCP' must be one of 'HTTP, HTTPS'",
    ],
    ['a relative path', {HealthCheckPath: 'health'}, "Health check path 'health' must begin with a '/' character"],
    [
      'a matcher out of range',
      {Matcher: {HttpCode: '200-599'}},
      "Health check matcher HTTP code '200-599' must be within '200-499' inclusive",
    ],
    [
      'a check port by name',
      {HealthCheckPort: 'http'},
      "Health check port 'http' must be 'traffic-port' or a port between 1 and 65535",
    ],
  ] as const)('refuses %s', (_, input, message) => {
    const refused = refusal(() => arnOf.targetGroup(elasticLoadBalancing(), input as never))

    expect(refused).toEqual({code: 'ValidationError', message})
  })
})

describe('ModifyTargetGroup', () => {
  test('changes what it names and keeps the rest', () => {
    const elb = elasticLoadBalancing()
    const TargetGroupArn = arnOf.targetGroup(elb, {HealthCheckPath: '/up'})

    const [group] =
      elb.call('modifyTargetGroup', {TargetGroupArn, HealthCheckIntervalSeconds: 10, HealthyThresholdCount: 2})
        .TargetGroups ?? []

    expect(group).toMatchObject({
      HealthCheckIntervalSeconds: 10,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 2,
      HealthCheckPath: '/up',
    })
  })

  test('sees the timeout that is there already', () => {
    const elb = elasticLoadBalancing()
    const TargetGroupArn = arnOf.targetGroup(elb, {HealthCheckTimeoutSeconds: 20})

    const refused = refusal(() => elb.call('modifyTargetGroup', {TargetGroupArn, HealthCheckIntervalSeconds: 15}))

    expect(refused.message).toBe('Health check interval must be greater than the timeout.')
  })
})

describe('attributes', () => {
  test.each([
    ['0', undefined],
    ['3600', undefined],
    [
      '3601',
      "Target group attribute 'deregistration_delay.timeout_seconds' must be an integer between 0 and 3600 (inclusive)",
    ],
    [
      'soon',
      "Target group attribute 'deregistration_delay.timeout_seconds' must be an integer between 0 and 3600 (inclusive)",
    ],
  ])('a deregistration delay of %s is answered with %s', (Value, message) => {
    const elb = elasticLoadBalancing()
    const TargetGroupArn = arnOf.targetGroup(elb)
    const modify = () =>
      elb.call('modifyTargetGroupAttributes', {
        TargetGroupArn,
        Attributes: [{Key: 'deregistration_delay.timeout_seconds', Value}],
      })

    if (message !== undefined) expect(refusal(modify)).toEqual({code: 'ValidationError', message})
    else expect(modify().Attributes).toContainEqual({Key: 'deregistration_delay.timeout_seconds', Value})
  })

  test('start at 300 seconds of draining', () => {
    const elb = elasticLoadBalancing()

    const {Attributes} = elb.call('describeTargetGroupAttributes', {TargetGroupArn: arnOf.targetGroup(elb)})

    expect(Attributes).toContainEqual({Key: 'deregistration_delay.timeout_seconds', Value: '300'})
    expect(Attributes).toContainEqual({Key: 'stickiness.enabled', Value: 'false'})
  })
})

describe('DeleteTargetGroup', () => {
  test('is refused while a rule forwards to the group, and works afterwards', () => {
    const elb = elasticLoadBalancing()
    const TargetGroupArn = arnOf.targetGroup(elb)
    const LoadBalancerArn = arnOf.loadBalancer(elb)
    const ListenerArn = arnOf.listener(elb, {LoadBalancerArn, DefaultActions: [OK]})
    const RuleArn = arnOf.rule(elb, {
      ListenerArn,
      Priority: 1,
      Conditions: [{Field: 'path-pattern', Values: ['/api/*']}],
      Actions: [forwardTo(TargetGroupArn)],
    })

    expect(refusal(() => elb.call('deleteTargetGroup', {TargetGroupArn}))).toEqual({
      code: 'ResourceInUse',
      message: `Target group '${TargetGroupArn}' is currently in use by a listener or a rule`,
    })
    elb.call('deleteRule', {RuleArn})
    elb.call('deleteTargetGroup', {TargetGroupArn})
    expect(elb.call('describeTargetGroups', {}).TargetGroups).toEqual([])
  })

  test('is done already for one that is not there', () => {
    const elb = elasticLoadBalancing()
    const TargetGroupArn = arnOf.targetGroup(elb)
    elb.call('deleteTargetGroup', {TargetGroupArn})

    expect(elb.call('deleteTargetGroup', {TargetGroupArn})).toEqual({})
  })
})

describe('DescribeTargetGroups', () => {
  test('selects by load balancer, which the group names in turn', () => {
    const elb = elasticLoadBalancing()
    const used = arnOf.targetGroup(elb, {Name: 'used'})
    arnOf.targetGroup(elb, {Name: 'idle'})
    const LoadBalancerArn = arnOf.loadBalancer(elb)
    arnOf.listener(elb, {LoadBalancerArn, DefaultActions: [forwardTo(used)]})

    const {TargetGroups} = elb.call('describeTargetGroups', {LoadBalancerArn})

    expect(TargetGroups).toMatchObject([{TargetGroupArn: used, LoadBalancerArns: [LoadBalancerArn]}])
    expect(elb.targetGroups.find(SCOPE, used)).toEqual({
      targetGroupArn: used,
      targetType: 'ip',
      protocol: 'HTTP',
      port: 80,
      vpcId: 'vpc-1',
      loadBalancerArns: [LoadBalancerArn],
      deregistrationDelaySeconds: 300,
    })
  })

  test('refuses names of which one is unknown', () => {
    const elb = elasticLoadBalancing()
    arnOf.targetGroup(elb)

    expect(refusal(() => elb.call('describeTargetGroups', {Names: ['tg', 'gone']}))).toEqual({
      code: 'TargetGroupNotFound',
      message: 'One or more target groups not found',
    })
  })
})
