import {describe, expect, test} from 'vitest'
import {arnOf, CERTIFICATE, elasticLoadBalancing, forwardTo, OK, refusal, SECOND_CERTIFICATE} from './fixture.js'

function withLoadBalancer(input: Parameters<typeof arnOf.loadBalancer>[1] = {}) {
  const elb = elasticLoadBalancing()
  return {elb, LoadBalancerArn: arnOf.loadBalancer(elb, input)}
}

describe('ModifyListener', () => {
  test('replaces the default action and keeps the rest', () => {
    const {elb, LoadBalancerArn} = withLoadBalancer()
    const group = arnOf.targetGroup(elb)
    const ListenerArn = arnOf.listener(elb, {LoadBalancerArn, DefaultActions: [OK]})

    elb.call('modifyListener', {ListenerArn, DefaultActions: [forwardTo(group)]})

    expect(elb.call('describeListeners', {LoadBalancerArn}).Listeners).toMatchObject([
      {ListenerArn, Port: 80, Protocol: 'HTTP', DefaultActions: [{Type: 'forward', TargetGroupArn: group}]},
    ])
    expect(elb.call('describeRules', {ListenerArn}).Rules).toMatchObject([
      {Priority: 'default', Actions: [{TargetGroupArn: group}]},
    ])
  })

  test('turns to HTTPS with a certificate and back without one', () => {
    const {elb, LoadBalancerArn} = withLoadBalancer()
    const ListenerArn = arnOf.listener(elb, {LoadBalancerArn, DefaultActions: [OK]})
    expect(refusal(() => elb.call('modifyListener', {ListenerArn, Protocol: 'HTTPS'})).message).toBe(
      'A certificate must be specified for HTTPS listeners',
    )

    const Certificates = [{CertificateArn: CERTIFICATE}]
    const secure = elb.call('modifyListener', {ListenerArn, Protocol: 'HTTPS', Port: 443, Certificates}).Listeners?.[0]
    const plain = elb.call('modifyListener', {ListenerArn, Protocol: 'HTTP', Port: 80}).Listeners?.[0]

    expect(secure).toMatchObject({Protocol: 'HTTPS', Port: 443, Certificates})
    expect(plain).not.toHaveProperty('Certificates')
    expect(plain).not.toHaveProperty('SslPolicy')
  })

  test('refuses the port of a sibling', () => {
    const {elb, LoadBalancerArn} = withLoadBalancer()
    arnOf.listener(elb, {LoadBalancerArn, DefaultActions: [OK]})
    const ListenerArn = arnOf.listener(elb, {LoadBalancerArn, Port: 81, DefaultActions: [OK]})

    expect(refusal(() => elb.call('modifyListener', {ListenerArn, Port: 80}))).toEqual({
      code: 'ValidationError',
      message: "Listener port '80' is already in use",
    })
  })
})

describe('certificates beside the default one', () => {
  test('come and go, and the default one stays', () => {
    const {elb, LoadBalancerArn} = withLoadBalancer()
    const second = SECOND_CERTIFICATE
    const ListenerArn = arnOf.listener(elb, {
      LoadBalancerArn,
      Protocol: 'HTTPS',
      Port: 443,
      Certificates: [{CertificateArn: CERTIFICATE}],
      DefaultActions: [OK],
    })
    const known = () => elb.call('describeListenerCertificates', {ListenerArn}).Certificates

    elb.call('addListenerCertificates', {ListenerArn, Certificates: [{CertificateArn: second}]})
    expect(known()).toEqual([
      {CertificateArn: CERTIFICATE, IsDefault: true},
      {CertificateArn: second, IsDefault: false},
    ])
    elb.call('removeListenerCertificates', {ListenerArn, Certificates: [{CertificateArn: second}]})
    expect(known()).toEqual([{CertificateArn: CERTIFICATE, IsDefault: true}])
    expect(
      refusal(() =>
        elb.call('removeListenerCertificates', {ListenerArn, Certificates: [{CertificateArn: CERTIFICATE}]}),
      ).code,
    ).toBe('OperationNotPermitted')
  })
})

describe('weighted forwards', () => {
  test('keep their weights and name no single group', () => {
    const {elb, LoadBalancerArn} = withLoadBalancer()
    const TargetGroups = ['blue', 'green'].map((Name, index) => ({
      TargetGroupArn: arnOf.targetGroup(elb, {Name}),
      Weight: index * 100,
    }))
    const ListenerArn = arnOf.listener(elb, {
      LoadBalancerArn,
      DefaultActions: [{Type: 'forward', ForwardConfig: {TargetGroups}}],
    })

    const [listener] = elb.call('describeListeners', {ListenerArns: [ListenerArn]}).Listeners ?? []

    expect(listener?.DefaultActions?.[0]?.ForwardConfig?.TargetGroups).toEqual(TargetGroups)
    expect(listener?.DefaultActions?.[0]).not.toHaveProperty('TargetGroupArn')
  })

  test.each([
    [
      'a weight of 1000',
      [1000],
      "1 validation error detected: Value '1000' at 'forwardConfig.targetGroups.member.weight' failed to satisfy constraint: Member must have value less than or equal to 999",
    ],
    ['six groups', [1, 1, 1, 1, 1, 1], "A forward action can only have '5' target groups"],
  ])('refuse %s', (_, weights, message) => {
    const {elb, LoadBalancerArn} = withLoadBalancer()
    const TargetGroups = weights.map((Weight, index) => ({
      TargetGroupArn: arnOf.targetGroup(elb, {Name: `tg${index}`}),
      Weight,
    }))
    const action = {Type: 'forward' as const, ForwardConfig: {TargetGroups}}

    const refused = refusal(() => arnOf.listener(elb, {LoadBalancerArn, DefaultActions: [action]}))

    expect(refused).toEqual({code: 'ValidationError', message})
  })
})
