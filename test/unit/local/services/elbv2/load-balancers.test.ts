import {describe, expect, test} from 'vitest'
import {VirtualClock} from '../../../../../src/local/clock.js'
import {savedState} from '../../../../helpers/saved-state.js'
import {arnOf, elasticLoadBalancing, OK, refusal} from './fixture.js'

describe('DescribeLoadBalancers', () => {
  test('pages by marker', () => {
    const elb = elasticLoadBalancing()
    for (const Name of ['a', 'b', 'c', 'd', 'e']) arnOf.loadBalancer(elb, {Name})
    const seen: (string | undefined)[][] = []
    let Marker: string | undefined

    do {
      const {LoadBalancers = [], NextMarker} = elb.call('describeLoadBalancers', {PageSize: 2, Marker})
      seen.push(LoadBalancers.map(({LoadBalancerName}) => LoadBalancerName))
      Marker = NextMarker
    } while (Marker !== undefined)

    expect(seen).toEqual([['a', 'b'], ['c', 'd'], ['e']])
  })

  test('goes on where it was when the last of a page is deleted', () => {
    const elb = elasticLoadBalancing()
    const arns = ['a', 'b', 'c'].map((Name) => arnOf.loadBalancer(elb, {Name}))
    const {NextMarker} = elb.call('describeLoadBalancers', {PageSize: 2})
    elb.call('deleteLoadBalancer', {LoadBalancerArn: arns[1]})

    // The place of `b` is taken by `c`, which the page before did not show.
    const {LoadBalancers} = elb.call('describeLoadBalancers', {PageSize: 2, Marker: NextMarker})

    expect(LoadBalancers?.map(({LoadBalancerName}) => LoadBalancerName)).toEqual(['c'])
  })

  test('selects by name and by ARN', () => {
    const elb = elasticLoadBalancing()
    const a = arnOf.loadBalancer(elb, {Name: 'a'})
    arnOf.loadBalancer(elb, {Name: 'b'})

    expect(elb.call('describeLoadBalancers', {Names: ['b']}).LoadBalancers).toMatchObject([{LoadBalancerName: 'b'}])
    expect(elb.call('describeLoadBalancers', {LoadBalancerArns: [a]}).LoadBalancers).toMatchObject([
      {LoadBalancerName: 'a'},
    ])
  })

  test('keeps accounts and regions apart', () => {
    const elb = elasticLoadBalancing()
    arnOf.loadBalancer(elb)
    const elsewhere = {account: '000000000000', region: 'eu-west-1'}

    expect(elb.call('describeLoadBalancers', {}, elsewhere).LoadBalancers).toEqual([])
  })

  const unknown = 'arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/gone/0123456789abcdef'
  test.each([
    ['an unknown name', {Names: ['gone']}, 'LoadBalancerNotFound', "Load balancers '[gone]' not found"],
    ['an unknown ARN', {LoadBalancerArns: [unknown]}, 'LoadBalancerNotFound', 'One or more load balancers not found'],
    [
      'something else than an ARN',
      {LoadBalancerArns: ['web']},
      'ValidationError',
      "'web' is not a valid load balancer ARN",
    ],
    [
      '21 names',
      {Names: Array.from({length: 21}, (_, i) => `n${i}`)},
      'ValidationError',
      'Cannot have more than 20 resources described',
    ],
    [
      'a page of 401',
      {PageSize: 401},
      'ValidationError',
      "1 validation error detected: Value '401' at 'pageSize' failed to satisfy constraint: Member must have value less than or equal to 400",
    ],
    ['a made-up marker', {Marker: 'nonsense'}, 'ValidationError', "'nonsense' is not a valid marker"],
  ])('refuses %s', (_, input, code, message) => {
    expect(refusal(() => elasticLoadBalancing().call('describeLoadBalancers', input))).toEqual({code, message})
  })
})

describe('DeleteLoadBalancer', () => {
  test('takes listeners and rules away at once and the interfaces after a minute', async () => {
    const clock = new VirtualClock()
    const elb = elasticLoadBalancing({clock})
    const LoadBalancerArn = arnOf.loadBalancer(elb)
    const ListenerArn = arnOf.listener(elb, {LoadBalancerArn, DefaultActions: [OK]})

    elb.call('deleteLoadBalancer', {LoadBalancerArn})

    expect(refusal(() => elb.call('describeRules', {ListenerArn})).code).toBe('ListenerNotFound')
    // The interfaces that linger are all that is left.
    expect(savedState(elb.state)).toEqual({
      '000000000000/us-east-1': {lingering: {[LoadBalancerArn]: expect.anything()}},
    })
    await clock.advance(59_999)
    expect(elb.interfaces.size).toBe(2)
    await clock.advance(1)
    expect(elb.interfaces.size).toBe(0)
  })

  test('is done already for one that is not there', () => {
    const elb = elasticLoadBalancing()
    const LoadBalancerArn = arnOf.loadBalancer(elb)
    elb.call('deleteLoadBalancer', {LoadBalancerArn})

    expect(elb.call('deleteLoadBalancer', {LoadBalancerArn})).toEqual({})
  })

  test('is refused under deletion protection', () => {
    const elb = elasticLoadBalancing()
    const LoadBalancerArn = arnOf.loadBalancer(elb)
    elb.call('modifyLoadBalancerAttributes', {
      LoadBalancerArn,
      Attributes: [{Key: 'deletion_protection.enabled', Value: 'true'}],
    })

    expect(refusal(() => elb.call('deleteLoadBalancer', {LoadBalancerArn}))).toEqual({
      code: 'OperationNotPermitted',
      message: `Load balancer '${LoadBalancerArn}' cannot be deleted because deletion protection is enabled`,
    })
  })
})

describe('settings', () => {
  test('attributes start as on AWS and change one by one', () => {
    const elb = elasticLoadBalancing()
    const LoadBalancerArn = arnOf.loadBalancer(elb)
    const attributes = () =>
      Object.fromEntries(
        (elb.call('describeLoadBalancerAttributes', {LoadBalancerArn}).Attributes ?? []).map(({Key, Value}) => [
          Key,
          Value,
        ]),
      )
    expect(attributes()).toMatchObject({'idle_timeout.timeout_seconds': '60', 'routing.http2.enabled': 'true'})

    elb.call('modifyLoadBalancerAttributes', {
      LoadBalancerArn,
      Attributes: [{Key: 'idle_timeout.timeout_seconds', Value: '120'}],
    })

    expect(attributes()).toMatchObject({'idle_timeout.timeout_seconds': '120', 'routing.http2.enabled': 'true'})
  })

  test.each([
    ['nonsense', '1', "Load balancer attribute key 'nonsense' is not recognized"],
    [
      'idle_timeout.timeout_seconds',
      '4001',
      "Load balancer attribute 'idle_timeout.timeout_seconds' must be an integer between 1 and 4000 (inclusive)",
    ],
    [
      'deletion_protection.enabled',
      'yes',
      "Load balancer attribute 'deletion_protection.enabled' must be one of 'true, false'",
    ],
  ])('refuses attribute %s=%s', (Key, Value, message) => {
    const elb = elasticLoadBalancing()
    const LoadBalancerArn = arnOf.loadBalancer(elb)

    const refused = refusal(() =>
      elb.call('modifyLoadBalancerAttributes', {LoadBalancerArn, Attributes: [{Key, Value}]}),
    )

    expect(refused).toEqual({code: 'ValidationError', message})
  })

  test('SetSubnets moves interfaces, SetSecurityGroups replaces groups', () => {
    const elb = elasticLoadBalancing()
    const LoadBalancerArn = arnOf.loadBalancer(elb)

    const moved = elb.call('setSubnets', {LoadBalancerArn, Subnets: ['subnet-a', 'subnet-c']})
    const grouped = elb.call('setSecurityGroups', {LoadBalancerArn, SecurityGroups: ['sg-2']})

    expect(moved.AvailabilityZones?.map(({SubnetId}) => SubnetId)).toEqual(['subnet-a', 'subnet-c'])
    expect([...elb.interfaces.values()].map(({subnetId}) => subnetId)).toEqual(['subnet-a', 'subnet-c'])
    expect(grouped.SecurityGroupIds).toEqual(['sg-2'])
  })

  test('SetSecurityGroups refuses groups of another VPC', () => {
    const elb = elasticLoadBalancing()
    const LoadBalancerArn = arnOf.loadBalancer(elb)

    const refused = refusal(() => elb.call('setSecurityGroups', {LoadBalancerArn, SecurityGroups: ['sg-other']}))

    expect(refused.code).toBe('InvalidConfigurationRequest')
  })
})
