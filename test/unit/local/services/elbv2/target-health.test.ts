import {describe, expect, test} from 'vitest'
import {SCOPE} from './fixture.js'
import {SETTLED, scene, TARGET} from './target-scene.js'

describe('a registered target', () => {
  test('goes from registration over its first check to healthy', async () => {
    const {clock, elb, group, health, state} = scene()
    await clock.advance(3_000)

    elb.targetGroups.register(SCOPE, group, TARGET)
    expect(health()).toEqual({
      state: 'initial',
      reason: 'Elb.RegistrationInProgress',
      description: 'Target registration is in progress',
    })
    await clock.advance(2_000)

    expect(health()).toEqual({state: 'healthy'})
    expect(state.requests).toEqual([
      {method: 'GET', path: '/up', headers: {host: '10.0.0.5:8080', 'user-agent': 'ELB-HealthChecker/2.0'}},
    ])
  })

  test('is checked at the interval of its group', async () => {
    const {clock, elb, group, state} = scene()
    elb.targetGroups.register(SCOPE, group, TARGET)

    await clock.advance(SETTLED + 30_000)

    expect(state.requests).toHaveLength(4)
  })

  test('waits for its load balancer to become active', async () => {
    const {clock, elb, group, state} = scene()
    elb.targetGroups.register(SCOPE, group, TARGET)

    await clock.advance(SETTLED - 1)
    expect(state.requests).toHaveLength(0)
    await clock.advance(1)
    expect(state.requests).toHaveLength(1)
  })

  test('is unhealthy after two wrong codes and healthy again after three right ones', async () => {
    const {clock, elb, group, health, state} = scene()
    state.status = 503
    elb.targetGroups.register(SCOPE, group, TARGET)
    await clock.advance(SETTLED)
    expect(health()).toEqual({
      state: 'initial',
      reason: 'Elb.InitialHealthChecking',
      description: 'Initial health checks in progress',
    })

    await clock.advance(10_000)
    expect(health()).toEqual({
      state: 'unhealthy',
      reason: 'Target.ResponseCodeMismatch',
      description: 'Health checks failed with these codes: [503]',
    })

    state.status = 200
    await clock.advance(20_000)
    expect(health().state).toBe('unhealthy')
    await clock.advance(10_000)
    expect(health()).toEqual({state: 'healthy'})
  })

  test('times out when nobody has its address', async () => {
    const {clock, elb, group, health, state} = scene()
    state.status = undefined
    elb.targetGroups.register(SCOPE, group, TARGET)

    await clock.advance(SETTLED + 10_000)

    expect(health()).toEqual({state: 'unhealthy', reason: 'Target.Timeout', description: 'Request timed out'})
  })

  test('is checked on the port and by the codes that its group names', async () => {
    const {clock, elb, group, health, state} = scene({
      group: {HealthCheckPort: '9000', Matcher: {HttpCode: '200-299,404'}},
    })
    state.status = 404
    elb.targetGroups.register(SCOPE, group, TARGET)

    await clock.advance(SETTLED)

    expect(health()).toEqual({state: 'healthy'})
    expect(state.asked).toEqual([9000])
  })

  test('follows a change of its group at the next check', async () => {
    const {clock, elb, group, state} = scene()
    elb.targetGroups.register(SCOPE, group, TARGET)
    await clock.advance(SETTLED)

    elb.call('modifyTargetGroup', {TargetGroupArn: group, HealthCheckPath: '/new'})
    await clock.advance(10_000)

    expect(state.requests.map(({path}) => path)).toEqual(['/up', '/new'])
  })

  test('stays as it is when registered again', async () => {
    const {clock, elb, group, health} = scene()
    elb.targetGroups.register(SCOPE, group, TARGET)
    await clock.advance(SETTLED)

    elb.targetGroups.register(SCOPE, group, TARGET)

    expect(health()).toEqual({state: 'healthy'})
  })
})

describe('a target group without a listener', () => {
  test('has unused targets, which come into use with the listener and leave with it', async () => {
    const {clock, elb, group, health, listen} = scene({listener: false})
    elb.targetGroups.register(SCOPE, group, TARGET)
    await clock.advance(60_000)
    const unused = {
      state: 'unused',
      reason: 'Target.NotInUse',
      description: 'Target group is not configured to receive traffic from the load balancer',
    }
    expect(health()).toEqual(unused)

    const ListenerArn = listen()
    await clock.advance(SETTLED)
    expect(health()).toEqual({state: 'healthy'})

    elb.call('deleteListener', {ListenerArn})
    expect(health()).toEqual(unused)
  })

  test('loses a deregistered target at once', () => {
    const {elb, group, health} = scene({listener: false})
    elb.targetGroups.register(SCOPE, group, TARGET)

    elb.targetGroups.deregister(SCOPE, group, TARGET)

    expect(health().state).toBe('absent')
  })
})

describe('a deregistered target', () => {
  test('drains for the whole delay and is then gone', async () => {
    const {clock, elb, group, health, state} = scene()
    elb.targetGroups.register(SCOPE, group, TARGET)
    await clock.advance(SETTLED)
    const checks = state.requests.length

    elb.targetGroups.deregister(SCOPE, group, TARGET)

    expect(health()).toEqual({
      state: 'draining',
      reason: 'Target.DeregistrationInProgress',
      description: 'Target deregistration is in progress',
    })
    await clock.advance(299_999)
    expect(health().state).toBe('draining')
    await clock.advance(1)
    expect(health()).toEqual({
      state: 'absent',
      reason: 'Target.NotRegistered',
      description: 'Target is not registered to the target group',
    })
    expect(state.requests).toHaveLength(checks)
  })

  test('drains as long as the attribute says', async () => {
    const {clock, elb, group, health} = scene()
    elb.call('modifyTargetGroupAttributes', {
      TargetGroupArn: group,
      Attributes: [{Key: 'deregistration_delay.timeout_seconds', Value: '5'}],
    })
    elb.targetGroups.register(SCOPE, group, TARGET)
    await clock.advance(SETTLED)

    elb.targetGroups.deregister(SCOPE, group, TARGET)
    await clock.advance(5_000)

    expect(health().state).toBe('absent')
  })

  test('starts anew when it is registered while it drains', async () => {
    const {clock, elb, group, health} = scene()
    elb.targetGroups.register(SCOPE, group, TARGET)
    await clock.advance(SETTLED)
    elb.targetGroups.deregister(SCOPE, group, TARGET)

    elb.targetGroups.register(SCOPE, group, TARGET)
    expect(health().reason).toBe('Elb.RegistrationInProgress')
    await clock.advance(300_000)

    expect(health()).toEqual({state: 'healthy'})
  })
})
