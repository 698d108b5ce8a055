import type {Action} from '@aws-sdk/client-elastic-load-balancing-v2'
import {expect, test} from 'vitest'
import type {CreateLoadBalancerOptions} from '../../../../src/actions/lb/create-load-balancer.js'
import {createLoadBalancer} from '../../../../src/actions/lb/create-load-balancer.js'
import {fakeContext} from '../../../helpers/fake-context.js'
import {loadBalancerArn, targetGroupArn} from '../account.js'
import type {KnownCertificate} from '../certificate/certificate-world.js'
import {certificate, certificateArn, certificateCalls, certificateWorld} from '../certificate/certificate-world.js'

const https = {protocol: 'HTTPS', port: 443} as const
const http = {protocol: 'HTTP', port: 80} as const

const options = (overrides: Partial<CreateLoadBalancerOptions> = {}): CreateLoadBalancerOptions => ({
  name: 'front',
  ports: {type: 'application', ports: [https]},
  subnetIds: ['subnet-a', 'subnet-b'],
  securityGroupIds: ['sg-1'],
  scheme: 'internet-facing',
  certificates: ['www.example.com'],
  redirectHttp: false,
  sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
  tags: {},
  wait: false,
  timeoutMs: 1000,
  dryRun: false,
  ...overrides,
})

const issued = (id: string, domain: string): KnownCertificate => certificate(id, domain, {Status: 'ISSUED'})
const known = [issued('www', 'www.example.com'), issued('api', 'api.example.com')]
const forward = {Type: 'forward' as const, TargetGroupArn: targetGroupArn('front-default')}
const redirect = {
  Type: 'redirect' as const,
  RedirectConfig: {Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' as const},
}

interface Existing {
  readonly Port: number
  readonly Protocol: 'HTTP' | 'HTTPS'
  readonly DefaultActions?: Action[]
  /** ARNs. */
  readonly certificates?: readonly string[]
}

/** A load balancer that is there, with these listeners; `certificates` are those of ACM. */
function account(listeners: readonly Existing[] = [], certificates: KnownCertificate[] = [...known]) {
  const described = {
    LoadBalancerArn: loadBalancerArn,
    LoadBalancerName: 'front',
    DNSName: 'front.elb.amazonaws.com',
    Type: 'application' as const,
    Scheme: 'internet-facing' as const,
    VpcId: 'vpc-1',
    SecurityGroups: ['sg-1'],
    State: {Code: 'active' as const},
  }
  const zones = ['a', 'b'].map((zone) => ({SubnetId: `subnet-${zone}`, VpcId: 'vpc-1', AvailabilityZone: zone}))
  return fakeContext({
    ...certificateCalls(certificateWorld({certificates})),
    ec2: {DescribeSubnets: () => ({Subnets: zones}), DescribeSecurityGroups: () => ({SecurityGroups: []})},
    elbv2: {
      DescribeLoadBalancers: () => ({LoadBalancers: [described]}),
      DescribeTargetGroups: () => ({TargetGroups: [{TargetGroupArn: targetGroupArn('front-default')}]}),
      DescribeListeners: () => ({
        Listeners: listeners.map(({certificates: _, ...listener}) => ({
          DefaultActions: [forward],
          ...listener,
          ListenerArn: `arn:listener/${listener.Port}`,
        })),
      }),
      DescribeListenerCertificates: ({ListenerArn}) => ({
        Certificates: listeners
          .filter(({Port}) => ListenerArn === `arn:listener/${Port}`)
          .flatMap((listener) => listener.certificates ?? [])
          .map((CertificateArn, index) => ({CertificateArn, IsDefault: index === 0})),
      }),
      CreateListener: (input) => ({Listeners: [{...input, ListenerArn: `arn:listener/${input?.Port}`}]}),
      AddListenerCertificates: () => ({}),
      ModifyListener: () => ({}),
    },
  })
}

test('the first certificate is the default one of HTTPS, the others are added, and HTTP has none', async () => {
  const context = account()
  const certificates = ['www.example.com', certificateArn('api'), 'www.example.com']

  await createLoadBalancer(context, options({ports: {type: 'application', ports: [http, https]}, certificates}))

  const {log} = context.aws
  expect(log.inputs('CreateListener')).toMatchObject([
    {Protocol: 'HTTP', Port: 80, DefaultActions: [forward]},
    {
      Protocol: 'HTTPS',
      Port: 443,
      Certificates: [{CertificateArn: certificateArn('www')}],
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    },
  ])
  expect(log.inputs('CreateListener')[0]).not.toHaveProperty('Certificates')
  expect(log.inputs('AddListenerCertificates')).toEqual([
    {ListenerArn: 'arn:listener/443', Certificates: [{CertificateArn: certificateArn('api')}]},
  ])
})

test('a second run finds all of it done', async () => {
  const context = account([{Port: 443, Protocol: 'HTTPS', certificates: [certificateArn('www')]}])

  const {changes} = await createLoadBalancer(context, options())

  expect(changes).toEqual([])
  expect(context.aws.log.changes()).toEqual([])
})

test('a listener that is there gets the certificates that it lacks', async () => {
  const context = account([{Port: 443, Protocol: 'HTTPS', certificates: [certificateArn('www')]}])

  const {changes} = await createLoadBalancer(context, options({certificates: ['www.example.com', 'api.example.com']}))

  expect(changes).toMatchObject([{step: 'listeners', detail: 'HTTPS:443 gets a certificate'}])
  expect(context.aws.log.inputs('AddListenerCertificates')).toEqual([
    {ListenerArn: 'arn:listener/443', Certificates: [{CertificateArn: certificateArn('api')}]},
  ])
})

const redirecting = options({ports: {type: 'application', ports: [https, http]}, redirectHttp: true})

test('HTTP sends every request to HTTPS', async () => {
  const context = account()

  await createLoadBalancer(context, redirecting)

  expect(context.aws.log.inputs('CreateListener')).toMatchObject([
    {Port: 443, DefaultActions: [forward]},
    {Port: 80, DefaultActions: [redirect]},
  ])
})

test('HTTP that nobody uses redirects from now on, and once only', async () => {
  const secure = {Port: 443, Protocol: 'HTTPS', certificates: [certificateArn('www')]} as const
  const free = account([secure, {Port: 80, Protocol: 'HTTP'}])
  const done = account([secure, {Port: 80, Protocol: 'HTTP', DefaultActions: [redirect]}])

  await createLoadBalancer(free, redirecting)
  await createLoadBalancer(done, redirecting)

  expect(free.aws.log.inputs('ModifyListener')).toEqual([{ListenerArn: 'arn:listener/80', DefaultActions: [redirect]}])
  expect(done.aws.log.changes()).toEqual([])
})

test('HTTP that serves somebody is not taken away', async () => {
  const taken = {Type: 'forward' as const, TargetGroupArn: targetGroupArn('fargate-web')}
  const context = account([{Port: 80, Protocol: 'HTTP', DefaultActions: [taken]}])

  await expect(createLoadBalancer(context, redirecting)).rejects.toMatchObject({code: 'LISTENER_DIFFERS'})
  expect(context.aws.log.changes()).toEqual([])
})

test.each<[string, KnownCertificate[], string]>([
  ['is not there', [], 'CERTIFICATE_NOT_FOUND'],
  ['is not issued', [certificate('www', 'www.example.com')], 'CERTIFICATE_NOT_ISSUED'],
  ['is one of two', [issued('one', 'www.example.com'), issued('two', 'www.example.com')], 'CERTIFICATE_AMBIGUOUS'],
])('nothing is changed for a certificate that %s', async (_title, certificates, code) => {
  const context = account([], certificates)

  await expect(createLoadBalancer(context, options())).rejects.toMatchObject({code})
  expect(context.aws.log.changes()).toEqual([])
})

test('of two certificates of one domain the issued one is meant', async () => {
  const certificates = [certificate('waiting', 'www.example.com'), issued('www', 'www.example.com')]
  const context = account([], certificates)

  await createLoadBalancer(context, options())

  expect(context.aws.log.inputs('CreateListener')).toMatchObject([
    {Certificates: [{CertificateArn: certificateArn('www')}]},
  ])
})

test.each<[string, Partial<CreateLoadBalancerOptions>, string]>([
  ['HTTPS without a certificate', {certificates: []}, 'CERTIFICATE_REQUIRED'],
  [
    'TLS without a certificate',
    {certificates: [], ports: {type: 'network', ports: [{protocol: 'TLS', port: 443}]}},
    'CERTIFICATE_REQUIRED',
  ],
  ['a certificate without HTTPS', {ports: {type: 'application', ports: [http]}}, 'PORT_REQUIRED'],
  [
    'a redirect without HTTPS',
    {ports: {type: 'application', ports: [http]}, certificates: [], redirectHttp: true},
    'PORT_REQUIRED',
  ],
])('%s is refused before AWS is asked', async (_title, overrides, code) => {
  const context = account()
  const refused = {...overrides, securityGroupIds: overrides.ports?.type === 'network' ? [] : ['sg-1']}

  await expect(createLoadBalancer(context, options(refused))).rejects.toMatchObject({code, exitCode: 2})
  expect(context.aws.log.calls).toEqual([])
})
