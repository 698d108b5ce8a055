import {describe, expect, test} from 'vitest'
import {VirtualClock} from '../../../../../src/local/clock.js'
import {arnOf, elasticLoadBalancing, forwardTo, OK, refusal, SCOPE} from './fixture.js'
import {SETTLED, scene, TARGET} from './target-scene.js'

describe('the API of targets', () => {
  test('takes the port of the group when none is named, and shows the check port', async () => {
    const {clock, elb, group} = scene()
    await clock.advance(3_000)
    elb.call('registerTargets', {TargetGroupArn: group, Targets: [{Id: '10.0.0.9'}, {Id: '10.0.0.9', Port: 81}]})

    const {TargetHealthDescriptions} = elb.call('describeTargetHealth', {TargetGroupArn: group})

    expect(TargetHealthDescriptions).toMatchObject([
      {Target: {Id: '10.0.0.9', Port: 80}, HealthCheckPort: '80', TargetHealth: {State: 'initial'}},
      {Target: {Id: '10.0.0.9', Port: 81}, HealthCheckPort: '81', TargetHealth: {State: 'initial'}},
    ])
  })

  test('says of a target that it does not know it', () => {
    const {elb, group} = scene()

    const {TargetHealthDescriptions} = elb.call('describeTargetHealth', {
      TargetGroupArn: group,
      Targets: [{Id: '10.0.0.77', Port: 80}],
    })

    expect(TargetHealthDescriptions).toEqual([
      {
        Target: {Id: '10.0.0.77', Port: 80},
        TargetHealth: {
          State: 'unused',
          Reason: 'Target.NotRegistered',
          Description: 'Target is not registered to the target group',
        },
      },
    ])
  })

  test.each([
    ['ip', 'web-1', "The IP address 'web-1' is not a valid IPv4 address"],
    ['instance', '10.0.0.1', "Instance ID '10.0.0.1' is not valid"],
  ] as const)('refuses in a group of type %s the target %s', (TargetType, Id, message) => {
    const {elb} = scene()
    const TargetGroupArn = arnOf.targetGroup(elb, {Name: 'typed', TargetType})

    expect(refusal(() => elb.call('registerTargets', {TargetGroupArn, Targets: [{Id}]}))).toEqual({
      code: 'ValidationError',
      message,
    })
  })

  test('deregisters what is not registered without an error', () => {
    const {elb, group} = scene()

    expect(elb.call('deregisterTargets', {TargetGroupArn: group, Targets: [{Id: '10.0.0.1'}]})).toEqual({})
  })
})

describe('the port for ECS', () => {
  test('refuses to register with a group that is gone, and has nothing to deregister from it', () => {
    const {elb} = scene()
    const gone = 'arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/gone/0123456789abcdef'

    expect(elb.targetGroups.find(SCOPE, gone)).toBeUndefined()
    expect(refusal(() => elb.targetGroups.register(SCOPE, gone, TARGET)).code).toBe('TargetGroupNotFound')
    expect(elb.targetGroups.deregister(SCOPE, gone, TARGET)).toBeUndefined()
    expect(elb.targetGroups.health(SCOPE, gone, TARGET).state).toBe('absent')
  })
})

test('nothing happens after close', async () => {
  const {clock, elb, group, state} = scene()
  elb.targetGroups.register(SCOPE, group, TARGET)
  await clock.advance(SETTLED)
  const checks = state.requests.length

  await elb.close()
  await clock.advance(600_000)

  expect(state.requests).toHaveLength(checks)
})

test('a TCP check needs only a target that is there', async () => {
  const clock = new VirtualClock()
  const elb = elasticLoadBalancing({
    clock,
    connect: () => ({kind: 'simulated', respond: () => ({status: 500, headers: {}, body: ''})}),
  })
  const group = arnOf.targetGroup(elb, {Protocol: 'TCP'})
  const LoadBalancerArn = arnOf.loadBalancer(elb, {Type: 'network'})
  arnOf.listener(elb, {LoadBalancerArn, Protocol: 'TCP', DefaultActions: [forwardTo(group)]})
  elb.targetGroups.register(SCOPE, group, TARGET)

  await clock.advance(SETTLED)

  expect(elb.targetGroups.health(SCOPE, group, TARGET)).toEqual({state: 'healthy'})
})

test('a rule that is deleted frees its group', async () => {
  const {clock, elb, health, group} = scene({listener: false})
  const ListenerArn = arnOf.listener(elb, {LoadBalancerArn: arnOf.loadBalancer(elb), DefaultActions: [OK]})
  const RuleArn = arnOf.rule(elb, {
    ListenerArn,
    Priority: 1,
    Conditions: [{Field: 'path-pattern', Values: ['/a']}],
    Actions: [forwardTo(group)],
  })
  elb.targetGroups.register(SCOPE, group, TARGET)
  await clock.advance(SETTLED)
  expect(health().state).toBe('healthy')

  elb.call('deleteRule', {RuleArn})

  expect(health().state).toBe('unused')
})
