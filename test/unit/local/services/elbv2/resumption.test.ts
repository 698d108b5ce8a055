import {expect, test} from 'vitest'
import {VirtualClock} from '../../../../../src/local/clock.js'
import {savedState} from '../../../../helpers/saved-state.js'
import {arnOf, elasticLoadBalancing, forwardTo, SCOPE} from './fixture.js'

test('a later run goes on where an earlier one ended', async () => {
  const clock = new VirtualClock()
  const before = elasticLoadBalancing({clock, connect: () => ({kind: 'simulated', respond: () => OK_RESPONSE})})
  const group = arnOf.targetGroup(before)
  const gone = arnOf.loadBalancer(before, {Name: 'gone'})
  const LoadBalancerArn = arnOf.loadBalancer(before)
  arnOf.listener(before, {LoadBalancerArn, DefaultActions: [forwardTo(group)]})
  before.call('modifyTargetGroupAttributes', {
    TargetGroupArn: group,
    Attributes: [{Key: 'deregistration_delay.timeout_seconds', Value: '60'}],
  })
  before.call('registerTargets', {TargetGroupArn: group, Targets: [{Id: '10.0.0.1'}, {Id: '10.0.0.2'}]})
  await clock.advance(10_000)
  before.call('deregisterTargets', {TargetGroupArn: group, Targets: [{Id: '10.0.0.1'}]})
  before.call('deleteLoadBalancer', {LoadBalancerArn: gone})
  const young = arnOf.loadBalancer(before, {Name: 'young'})
  const snapshot = savedState(before.state)
  await before.close()

  const after = elasticLoadBalancing({clock, connect: () => ({kind: 'simulated', respond: () => OK_RESPONSE})})
  after.state.restore(snapshot)
  const health = (ip: string) => after.targetGroups.health(SCOPE, group, {ip, port: 80}).state
  const stateOf = (arn: string) =>
    after.call('describeLoadBalancers', {LoadBalancerArns: [arn]}).LoadBalancers?.[0]?.State?.Code

  expect([health('10.0.0.1'), health('10.0.0.2')]).toEqual(['draining', 'healthy'])
  expect(stateOf(young)).toBe('provisioning')
  await clock.advance(59_999)
  expect([health('10.0.0.1'), stateOf(young)]).toEqual(['draining', 'active'])
  await clock.advance(1)
  expect(health('10.0.0.1')).toBe('absent')
  expect(JSON.stringify(savedState(after.state))).not.toContain('lingering')
})

const OK_RESPONSE = {status: 200, headers: {}, body: ''}
