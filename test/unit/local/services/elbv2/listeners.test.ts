import {describe, expect, test} from 'vitest'
import {arnOf, CERTIFICATE, elasticLoadBalancing, forwardTo, OK, refusal} from './fixture.js'

function withLoadBalancer(input: Parameters<typeof arnOf.loadBalancer>[1] = {}) {
  const elb = elasticLoadBalancing()
  return {elb, LoadBalancerArn: arnOf.loadBalancer(elb, input)}
}

describe('CreateListener', () => {
  test('describes a forward action in both of its forms', () => {
    const {elb, LoadBalancerArn} = withLoadBalancer()
    const group = arnOf.targetGroup(elb)

    const [listener] =
      elb.call('createListener', {LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions: [forwardTo(group)]})
        .Listeners ?? []

    expect(listener).toEqual({
      ListenerArn: expect.stringMatching(
        new RegExp(`^${LoadBalancerArn.replace(':loadbalancer/', ':listener/')}/[0-9a-f]{16}$`),
      ),
      LoadBalancerArn,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [
        {
          Type: 'forward',
          TargetGroupArn: group,
          ForwardConfig: {
            TargetGroups: [{TargetGroupArn: group, Weight: 1}],
            TargetGroupStickinessConfig: {Enabled: false},
          },
        },
      ],
    })
  })

  test('gives a secure listener a policy and its certificate', () => {
    const {elb, LoadBalancerArn} = withLoadBalancer()

    const ListenerArn = arnOf.listener(elb, {
      LoadBalancerArn,
      Protocol: 'HTTPS',
      Port: 443,
      Certificates: [{CertificateArn: CERTIFICATE}],
      DefaultActions: [OK],
    })

    expect(elb.call('describeListeners', {ListenerArns: [ListenerArn]}).Listeners).toMatchObject([
      {SslPolicy: 'ELBSecurityPolicy-2016-08', Certificates: [{CertificateArn: CERTIFICATE}]},
    ])
  })

  test('fills in the parts of a redirect that stay as they are', () => {
    const {elb, LoadBalancerArn} = withLoadBalancer()
    const redirect = {
      Type: 'redirect' as const,
      RedirectConfig: {Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' as const},
    }

    const [listener] =
      elb.call('createListener', {LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions: [redirect]}).Listeners ??
      []

    expect(listener?.DefaultActions).toEqual([
      {
        Type: 'redirect',
        RedirectConfig: {
          Protocol: 'HTTPS',
          Port: '443',
          Host: '#{host}',
          Path: '/#{path}',
          Query: '#{query}',
          StatusCode: 'HTTP_301',
        },
      },
    ])
  })

  const certificates = [{CertificateArn: CERTIFICATE}]
  test.each([
    ['TCP', {Protocol: 'TCP'}, 'ValidationError', "Listener protocol 'TCP' must be one of 'HTTPS, HTTP'"],
    [
      'HTTPS without a certificate',
      {Protocol: 'HTTPS'},
      'ValidationError',
      'A certificate must be specified for HTTPS listeners',
    ],
    [
      'HTTPS with two certificates',
      {Protocol: 'HTTPS', Certificates: [...certificates, ...certificates]},
      'ValidationError',
      'Only one certificate can be specified as the default certificate of a listener',
    ],
    [
      'HTTP with a certificate',
      {Certificates: certificates},
      'ValidationError',
      'A certificate cannot be specified for HTTP listeners',
    ],
    [
      'a certificate that is none',
      {Protocol: 'HTTPS', Certificates: [{CertificateArn: 'my-cert'}]},
      'CertificateNotFound',
      "Certificate 'my-cert' not found",
    ],
    [
      'an unknown policy',
      {Protocol: 'HTTPS', Certificates: certificates, SslPolicy: 'Strict'},
      'SSLPolicyNotFound',
      "SSL policy 'Strict' not found",
    ],
    ['no port', {Port: undefined}, 'ValidationError', 'A listener port must be specified'],
    ['no action', {DefaultActions: []}, 'ValidationError', 'An action must be specified'],
    [
      'an unknown action',
      {DefaultActions: [{Type: 'dance' as never}]},
      'ValidationError',
      "1 validation error detected: Value 'dance' at 'defaultActions.1.member.type' failed to satisfy constraint: Member must satisfy enum value set: [forward, authenticate-oidc, authenticate-cognito, redirect, fixed-response, jwt-validation]",
    ],
    [
      'a fixed 301',
      {DefaultActions: [{Type: 'fixed-response', FixedResponseConfig: {StatusCode: '301'}}]},
      'ValidationError',
      "1 validation error detected: Value '301' at 'defaultActions.1.member.fixedResponseConfig.statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(2|4|5)\\d\\d$",
    ],
    [
      'an unknown content type',
      {DefaultActions: [{Type: 'fixed-response', FixedResponseConfig: {StatusCode: '200', ContentType: 'text/xml'}}]},
      'InvalidLoadBalancerAction',
      "The ContentType must be one of:'text/html', 'application/json', 'application/javascript', 'text/css', 'text/plain'",
    ],
    [
      'a redirect to itself',
      {DefaultActions: [{Type: 'redirect', RedirectConfig: {StatusCode: 'HTTP_301'}}]},
      'InvalidLoadBalancerAction',
      'The redirect configuration is not valid because it creates a loop.',
    ],
    [
      'two actions',
      {DefaultActions: [OK, OK]},
      'InvalidLoadBalancerAction',
      'Exactly one action of type forward, redirect or fixed-response must be specified',
    ],
    [
      'authentication',
      {DefaultActions: [{Type: 'authenticate-oidc'}]},
      'NotImplemented',
      "The local AWS does not emulate an action of type 'authenticate-oidc'",
    ],
  ] as const)('refuses %s', (_, input, code, message) => {
    const {elb, LoadBalancerArn} = withLoadBalancer()

    const refused = refusal(() => arnOf.listener(elb, {LoadBalancerArn, DefaultActions: [OK], ...(input as object)}))

    expect(refused).toEqual({code, message})
  })

  test('refuses HTTP on a network load balancer', () => {
    const {elb, LoadBalancerArn} = withLoadBalancer({Type: 'network'})

    expect(refusal(() => arnOf.listener(elb, {LoadBalancerArn, DefaultActions: [OK]})).message).toBe(
      "Listener protocol 'HTTP' must be one of 'TLS, TCP, TCP_UDP, UDP'",
    )
  })

  test('refuses anything but a forward on a network load balancer', () => {
    const {elb, LoadBalancerArn} = withLoadBalancer({Type: 'network'})

    const refused = refusal(() => arnOf.listener(elb, {LoadBalancerArn, Protocol: 'TCP', DefaultActions: [OK]}))

    expect(refused.code).toBe('InvalidLoadBalancerAction')
  })

  test('refuses a port that has a listener', () => {
    const {elb, LoadBalancerArn} = withLoadBalancer()
    arnOf.listener(elb, {LoadBalancerArn, DefaultActions: [OK]})

    expect(refusal(() => arnOf.listener(elb, {LoadBalancerArn, DefaultActions: [OK]}))).toEqual({
      code: 'DuplicateListener',
      message: `A listener already exists on this port for this load balancer '${LoadBalancerArn}'`,
    })
  })

  test('refuses target groups that do not fit', () => {
    const {elb, LoadBalancerArn} = withLoadBalancer()
    const tcp = arnOf.targetGroup(elb, {Name: 'tcp', Protocol: 'TCP'})
    const elsewhere = arnOf.targetGroup(elb, {Name: 'elsewhere', VpcId: 'vpc-2'})
    const gone = `${tcp.slice(0, -1)}x`
    const listenTo = (arn: string) =>
      refusal(() => arnOf.listener(elb, {LoadBalancerArn, DefaultActions: [forwardTo(arn)]}))

    expect(listenTo(tcp)).toEqual({
      code: 'IncompatibleProtocols',
      message: `The listener and its associated target group '${tcp}' have incompatible protocols`,
    })
    expect(listenTo(elsewhere).code).toBe('InvalidConfigurationRequest')
    expect(listenTo(gone)).toEqual({code: 'TargetGroupNotFound', message: `Target group '${gone}' not found`})
  })

  test('refuses a target group that another load balancer has', () => {
    const {elb, LoadBalancerArn} = withLoadBalancer()
    const group = arnOf.targetGroup(elb)
    arnOf.listener(elb, {LoadBalancerArn, DefaultActions: [forwardTo(group)]})
    const second = arnOf.loadBalancer(elb, {Name: 'second'})

    expect(refusal(() => arnOf.listener(elb, {LoadBalancerArn: second, DefaultActions: [forwardTo(group)]}))).toEqual({
      code: 'TargetGroupAssociationLimit',
      message: `The following target groups cannot be associated with more than one load balancer: ${group}`,
    })
    expect(arnOf.listener(elb, {LoadBalancerArn, Port: 81, DefaultActions: [forwardTo(group)]})).toBeDefined()
  })
})
