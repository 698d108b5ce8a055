import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {describe, expect, test} from 'vitest'
import {createListener, describeListeners, forwardTargets, setDefaultTargetGroup} from '../../../src/elbv2/listeners.js'
import {
  createLoadBalancer,
  deleteLoadBalancer,
  findLoadBalancer,
  listLoadBalancers,
  loadBalancersByArn,
} from '../../../src/elbv2/load-balancers.js'
import {mockedAws, mockSdk, refusal} from '../../helpers/aws-mocks.js'

const mock = mockSdk(ElasticLoadBalancingV2Client)
const {elbv2} = mockedAws
const gone = () => refusal('LoadBalancerNotFoundException')

describe('load balancers', () => {
  test('one is found by its name', async () => {
    mock.on(DescribeLoadBalancersCommand, {Names: ['web']}).resolves({
      LoadBalancers: [
        {
          LoadBalancerArn: 'arn:web',
          LoadBalancerName: 'web',
          DNSName: 'web-1.elb.amazonaws.com',
          CanonicalHostedZoneId: 'Z1',
          IpAddressType: 'dualstack',
          Type: 'network',
          Scheme: 'internal',
          State: {Code: 'provisioning'},
          VpcId: 'vpc-1',
          AvailabilityZones: [{SubnetId: 'subnet-a'}, {SubnetId: 'subnet-b'}],
        },
      ],
    })

    expect(await findLoadBalancer(elbv2, 'web')).toEqual({
      arn: 'arn:web',
      name: 'web',
      dnsName: 'web-1.elb.amazonaws.com',
      hostedZoneId: 'Z1',
      ipAddressType: 'dualstack',
      type: 'network',
      scheme: 'internal',
      state: 'provisioning',
      vpcId: 'vpc-1',
      subnetIds: ['subnet-a', 'subnet-b'],
      securityGroupIds: [],
      createdAt: undefined,
    })
  })

  test('one that does not exist is undefined, and its deletion no error', async () => {
    mock.on(DescribeLoadBalancersCommand).rejects(gone())
    mock.on(DeleteLoadBalancerCommand).rejects(gone())

    expect(await findLoadBalancer(elbv2, 'web')).toBeUndefined()
    await expect(deleteLoadBalancer(elbv2, 'arn:web')).resolves.toBeUndefined()
  })

  test('all are listed page by page', async () => {
    mock
      .on(DescribeLoadBalancersCommand)
      .resolves({LoadBalancers: [{LoadBalancerName: 'a'}], NextMarker: 'more'})
      .on(DescribeLoadBalancersCommand, {Marker: 'more'})
      .resolves({LoadBalancers: [{LoadBalancerName: 'b'}]})

    expect((await listLoadBalancers(elbv2)).map(({name}) => name)).toEqual(['a', 'b'])
  })

  test('by ARN twenty are asked for at a time, each once', async () => {
    const arns = Array.from({length: 21}, (_, index) => `arn:${index}`)
    mock.on(DescribeLoadBalancersCommand).callsFake(({LoadBalancerArns}: {LoadBalancerArns: string[]}) => ({
      LoadBalancers: LoadBalancerArns.map((LoadBalancerArn) => ({LoadBalancerArn})),
    }))
    const found = await loadBalancersByArn(elbv2, [...arns, ...arns])

    expect([...found.keys()]).toEqual(arns)
    expect(mock).toHaveReceivedCommandTimes(DescribeLoadBalancersCommand, 2)
  })

  test('by ARN one that is gone does not hide the others', async () => {
    mock.on(DescribeLoadBalancersCommand).callsFake(({LoadBalancerArns}: {LoadBalancerArns: string[]}) => {
      if (LoadBalancerArns.includes('arn:gone')) throw gone()
      return {LoadBalancers: LoadBalancerArns.map((LoadBalancerArn) => ({LoadBalancerArn}))}
    })

    expect([...(await loadBalancersByArn(elbv2, ['arn:a', 'arn:gone', 'arn:b'])).keys()]).toEqual(['arn:a', 'arn:b'])
    expect([...(await loadBalancersByArn(elbv2, ['arn:gone'])).keys()]).toEqual([])
    expect(mock).toHaveReceivedCommandTimes(DescribeLoadBalancersCommand, 5)
  })

  test('a new one is answered as AWS describes it', async () => {
    mock.on(CreateLoadBalancerCommand, {Name: 'web'}).resolves({LoadBalancers: [{LoadBalancerArn: 'arn:web'}]})

    expect(await createLoadBalancer(elbv2, {Name: 'web'})).toMatchObject({arn: 'arn:web', state: ''})
  })
})

describe('listeners', () => {
  test('are listed page by page, by port', async () => {
    mock
      .on(DescribeListenersCommand, {LoadBalancerArn: 'arn:web'})
      .resolves({
        Listeners: [{Port: 443, Protocol: 'HTTPS', Certificates: [{CertificateArn: 'cert'}]}],
        NextMarker: 'm',
      })
      .on(DescribeListenersCommand, {LoadBalancerArn: 'arn:web', Marker: 'm'})
      .resolves({Listeners: [{Port: 80, Protocol: 'HTTP'}]})
    const listeners = await describeListeners(elbv2, 'arn:web')

    expect(listeners.map(({port, certificateArns}) => [port, certificateArns])).toEqual([
      [80, []],
      [443, ['cert']],
    ])
  })

  test('there are none of a load balancer that does not exist', async () => {
    mock.on(DescribeListenersCommand).rejects(gone())

    expect(await describeListeners(elbv2, 'arn:web')).toEqual([])
  })

  test('one on a port that is taken is not made', async () => {
    mock.on(CreateListenerCommand).rejects(refusal('DuplicateListenerException'))

    const input = {LoadBalancerArn: 'arn:web', DefaultActions: []}
    expect(await createListener(elbv2, input)).toBeUndefined()
  })

  test('a default action is replaced as a whole', async () => {
    mock.on(ModifyListenerCommand).resolves({})
    await setDefaultTargetGroup(elbv2, 'arn:listener', 'arn:group')

    expect(mock).toHaveReceivedCommandExactlyOnceWith(ModifyListenerCommand, {
      ListenerArn: 'arn:listener',
      DefaultActions: [{Type: 'forward', TargetGroupArn: 'arn:group'}],
    })
  })
})

test.each([
  ['the short form', [{Type: 'forward', TargetGroupArn: 'a'}], ['a']],
  [
    'both forms at once',
    [{Type: 'forward', TargetGroupArn: 'a', ForwardConfig: {TargetGroups: [{TargetGroupArn: 'a'}]}}],
    ['a'],
  ],
  [
    'weights',
    [{Type: 'forward', ForwardConfig: {TargetGroups: [{TargetGroupArn: 'a', Weight: 9}, {TargetGroupArn: 'b'}]}}],
    ['a', 'b'],
  ],
  [
    'behind a login',
    [
      {Type: 'authenticate-oidc', Order: 1},
      {Type: 'forward', Order: 2, TargetGroupArn: 'a'},
    ],
    ['a'],
  ],
  ['a redirect', [{Type: 'redirect', RedirectConfig: {StatusCode: 'HTTP_301'}}], []],
] as const)('forwardTargets reads %s', (_what, actions, targets) => {
  expect(forwardTargets(structuredClone(actions) as never)).toEqual(targets)
})
