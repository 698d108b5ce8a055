import type {ResourceRecordSet} from '@aws-sdk/client-route-53'
import {expect, test} from 'vitest'
import type {AliasOptions} from '../../../../src/actions/lb/alias-load-balancer.js'
import {aliasLoadBalancer} from '../../../../src/actions/lb/alias-load-balancer.js'
import {fakeContext} from '../../../helpers/fake-context.js'
import {loadBalancerArn} from '../account.js'
import {certificateCalls, certificateWorld} from '../certificate/certificate-world.js'

const dnsName = 'front.us-east-1.elb.amazonaws.com'
const options = (overrides: Partial<AliasOptions> = {}): AliasOptions => ({
  loadBalancer: 'front',
  domain: 'www.example.com',
  replace: false,
  wait: true,
  timeoutMs: 60_000,
  dryRun: false,
  ...overrides,
})

const alias = (Type: 'A' | 'AAAA', DNSName = dnsName): ResourceRecordSet => ({
  Name: 'www.example.com',
  Type,
  AliasTarget: {HostedZoneId: 'ZELB', DNSName, EvaluateTargetHealth: false},
})

interface World {
  readonly records?: ResourceRecordSet[]
  readonly ipAddressType?: 'ipv4' | 'dualstack'
  readonly zones?: readonly (readonly [string, string, boolean?])[]
}

function account({records = [], ipAddressType = 'ipv4', zones = [['Z1', 'example.com']]}: World = {}) {
  const world = certificateWorld({
    zones: zones.map(([id, name, isPrivate = false]) => ({id, name, isPrivate, records: id === 'Z1' ? records : []})),
  })
  const described = {
    LoadBalancerArn: loadBalancerArn,
    LoadBalancerName: 'front',
    DNSName: dnsName,
    CanonicalHostedZoneId: 'ZELB',
    IpAddressType: ipAddressType,
  }
  const context = fakeContext({
    ...certificateCalls(world),
    elbv2: {DescribeLoadBalancers: () => ({LoadBalancers: [described]})},
  })
  return {context, world, zone: (id: string) => world.zones.find((each) => each.id === id)?.records}
}

test('a domain leads to the load balancer, by an alias in its zone', async () => {
  const {context, zone} = account()

  const result = await aliasLoadBalancer(context, options())

  expect(zone('Z1')).toEqual([alias('A')])
  expect(result).toMatchObject({types: ['A'], zones: [{id: 'Z1', name: 'example.com'}], changes: [{change: 'create'}]})
  expect(context.aws.log.inputs('GetChange')).toHaveLength(1)
})

test('with IPv6 it has both kinds of addresses, in one change', async () => {
  const {context, zone} = account({ipAddressType: 'dualstack'})

  await aliasLoadBalancer(context, options({wait: false}))

  expect(zone('Z1')).toEqual([alias('A'), alias('AAAA')])
  expect(context.aws.log.inputs('ChangeResourceRecordSets')).toHaveLength(1)
  expect(context.aws.log.inputs('GetChange')).toEqual([])
})

test.each([alias('A', `${dnsName}.`), alias('A', `dualstack.${dnsName.toUpperCase()}.`)])(
  'what is there already is left as it is',
  async (record) => {
    const {context} = account({records: [record]})

    expect(await aliasLoadBalancer(context, options())).toMatchObject({changes: []})
    expect(context.aws.log.changes()).toEqual([])
  },
)

test.each<[string, World['zones'], string[]]>([
  [
    'the longest that holds it',
    [
      ['Z0', 'com'],
      ['Z1', 'www.example.com'],
      ['Z2', 'example.com'],
    ],
    ['Z1'],
  ],
  [
    'label by label',
    [
      ['Z2', 'ample.com'],
      ['Z3', 'w.example.com'],
    ],
    [],
  ],
  ['public ones only', [['Z2', 'example.com', true]], []],
  [
    'all public ones of a name',
    [
      ['Z1', 'example.com'],
      ['Z2', 'example.com'],
    ],
    ['Z1', 'Z2'],
  ],
])('zones: %s', async (_title, zones, expected) => {
  const {context} = account({zones: zones ?? []})

  const result = await aliasLoadBalancer(context, options())

  expect(result.zones.map(({id}) => id)).toEqual(expected)
  expect(context.aws.log.inputs('ChangeResourceRecordSets')).toHaveLength(expected.length)
})

const cname: ResourceRecordSet = {
  Name: 'www.example.com',
  Type: 'CNAME',
  TTL: 60,
  ResourceRecords: [{Value: 'elsewhere.example.net'}],
}

test.each<[string, ResourceRecordSet]>([
  ['a CNAME', cname],
  ['another load balancer', alias('A', 'other.us-east-1.elb.amazonaws.com')],
])('%s is not taken away, unless it is asked for', async (_title, record) => {
  const {context} = account({records: [record]})
  await expect(aliasLoadBalancer(context, options())).rejects.toMatchObject({
    code: 'RECORD_EXISTS',
    exitCode: 5,
    hints: ['take their place: --replace'],
  })
  expect(context.aws.log.changes()).toEqual([])

  const {context: again, zone} = account({records: [record]})
  await aliasLoadBalancer(again, options({replace: true}))
  expect(zone('Z1')).toEqual([alias('A')])
})

test('a routing policy is never replaced', async () => {
  const weighted = {...alias('A', 'other.amazonaws.com'), SetIdentifier: 'one', Weight: 10}
  const {context} = account({records: [weighted]})

  await expect(aliasLoadBalancer(context, options({replace: true}))).rejects.toMatchObject({
    code: 'RECORD_EXISTS',
    hints: ['a routing policy is at work: change it in Route 53'],
  })
})

test('other records of the name stay', async () => {
  const text: ResourceRecordSet = {Name: 'www.example.com', Type: 'TXT', TTL: 60, ResourceRecords: [{Value: '"x"'}]}
  const {context, zone} = account({records: [text]})

  await aliasLoadBalancer(context, options())

  expect(zone('Z1')).toEqual([text, alias('A')])
})
