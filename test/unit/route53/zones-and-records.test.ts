import {
  ChangeResourceRecordSetsCommand,
  GetChangeCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from '@aws-sdk/client-route-53'
import {expect, test} from 'vitest'
import {listPublicZones, zonesOf} from '../../../src/route53/hosted-zones.js'
import {changeRecords, findRecords, isInSync, isSameName} from '../../../src/route53/records.js'
import {mockedAws, mockSdk} from '../../helpers/aws-mocks.js'

const mock = mockSdk(Route53Client)
const {route53} = mockedAws
const zone = (id: string, name: string, isPrivate = false) => ({
  Id: `/hostedzone/${id}`,
  Name: `${name}.`,
  CallerReference: id,
  Config: {PrivateZone: isPrivate},
})

test('the public zones are read page by page', async () => {
  mock
    .on(ListHostedZonesCommand)
    .resolves({
      HostedZones: [zone('Z1', 'example.com'), zone('Z2', 'inside.example.com', true)],
      NextMarker: 'more',
      Marker: undefined,
      MaxItems: 100,
      IsTruncated: true,
    })
    .on(ListHostedZonesCommand, {Marker: 'more'})
    .resolves({HostedZones: [zone('Z3', 'Example.org')], Marker: 'more', MaxItems: 100, IsTruncated: false})

  expect(await listPublicZones(route53)).toEqual([
    {id: 'Z1', name: 'example.com'},
    {id: 'Z3', name: 'example.org'},
  ])
})

test.each([
  ['www.example.com', ['Z1']],
  ['example.com', ['Z1']],
  ['_x.a.dev.example.com.', ['Z2', 'Z4']],
  ['A.DEV.example.com', ['Z2', 'Z4']],
  ['notexample.com', []],
  ['com', []],
])('the zones of %s are %j', (name, ids) => {
  const zones = [
    {id: 'Z1', name: 'example.com'},
    {id: 'Z2', name: 'dev.example.com'},
    {id: 'Z3', name: 'ample.com'},
    {id: 'Z4', name: 'dev.example.com'},
  ]

  expect(zonesOf(zones, name).map(({id}) => id)).toEqual(ids)
})

test('the records of a name are read to the first of another name', async () => {
  const record = (Name: string, Type: 'A' | 'TXT' | 'CNAME', SetIdentifier?: string) => ({Name, Type, SetIdentifier})
  mock
    .on(ListResourceRecordSetsCommand)
    .resolves({
      ResourceRecordSets: [record('a.example.com.', 'A', 'one')],
      IsTruncated: true,
      NextRecordName: 'a.example.com.',
      NextRecordType: 'A',
      NextRecordIdentifier: 'two',
      MaxItems: 1,
    })
    .on(ListResourceRecordSetsCommand, {StartRecordType: 'A', StartRecordIdentifier: 'two'})
    .resolves({
      ResourceRecordSets: [record('a.example.com.', 'TXT'), record('b.example.com.', 'A')],
      IsTruncated: true,
      NextRecordName: 'c.example.com.',
      MaxItems: 2,
    })
  const found = await findRecords(route53, 'Z1', 'A.example.com')

  expect(found.map(({Type}) => Type)).toEqual(['A', 'TXT'])
  expect(mock).toHaveReceivedCommandTimes(ListResourceRecordSetsCommand, 2)
})

test('changes go as one batch, whose way to the name servers can be followed', async () => {
  const info = {SubmittedAt: new Date(0)}
  mock
    .on(ChangeResourceRecordSetsCommand)
    .resolves({ChangeInfo: {...info, Id: '/change/C1', Status: 'PENDING'}})
    .on(GetChangeCommand, {Id: 'C1'})
    .resolvesOnce({ChangeInfo: {...info, Id: '/change/C1', Status: 'PENDING'}})
    .resolves({ChangeInfo: {...info, Id: '/change/C1', Status: 'INSYNC'}})
  const changes = [
    {Action: 'UPSERT', ResourceRecordSet: {Name: 'a', Type: 'CNAME'}},
    {Action: 'DELETE', ResourceRecordSet: {Name: 'b', Type: 'CNAME'}},
  ] as const

  expect(await changeRecords(route53, 'Z1', changes)).toBe('C1')
  expect(mock).toHaveReceivedCommandExactlyOnceWith(ChangeResourceRecordSetsCommand, {
    HostedZoneId: 'Z1',
    ChangeBatch: {Changes: [...changes]},
  })
  expect(await isInSync(route53, 'C1')).toBe(false)
  expect(await isInSync(route53, 'C1')).toBe(true)
})

test.each([
  ['a.example.com', 'A.example.com.', true],
  ['\\052.example.com.', '*.example.com', true],
  ['a.example.com', 'b.example.com', false],
])('%s and %s are the same name: %s', (one, other, same) => {
  expect(isSameName(one, other)).toBe(same)
})
