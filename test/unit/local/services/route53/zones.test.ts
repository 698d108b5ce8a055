import {
  ChangeTagsForResourceCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  GetChangeCommand,
  GetHostedZoneCommand,
  GetHostedZoneCountCommand,
  HostedZoneAlreadyExists,
  HostedZoneNotEmpty,
  ListHostedZonesByNameCommand,
  ListHostedZonesCommand,
  ListTagsForResourceCommand,
  NoSuchHostedZone,
  Route53Client,
  UpdateHostedZoneCommentCommand,
} from '@aws-sdk/client-route-53'
import {describe, expect, test} from 'vitest'
import {asJson} from '../../../../helpers/as-json.js'
import {inProcessClient} from '../../../../helpers/in-process-client.js'
import {createScene, set} from './fixture.js'

const vpc = {VPCRegion: 'us-east-1', VPCId: 'vpc-1'} as const

describe('CreateHostedZone', () => {
  test('answers a zone with its name servers and records, and a change on its way', async () => {
    const {client, records} = createScene()
    const command = new CreateHostedZoneCommand({
      Name: 'Example.COM',
      CallerReference: 'one',
      HostedZoneConfig: {Comment: 'the shop'},
    })
    const {HostedZone, DelegationSet, ChangeInfo, Location} = await client.send(command)
    const id = HostedZone?.Id?.replace('/hostedzone/', '') ?? ''
    expect(id).toMatch(/^Z[A-Z0-9]{20}$/)
    expect(HostedZone).toEqual({
      Id: `/hostedzone/${id}`,
      Name: 'example.com.',
      CallerReference: 'one',
      Config: {Comment: 'the shop', PrivateZone: false},
      ResourceRecordSetCount: 2,
    })
    expect(DelegationSet?.NameServers).toHaveLength(4)
    expect(ChangeInfo).toMatchObject({Id: expect.stringMatching(/^\/change\/C/), Status: 'PENDING'})
    expect(Location).toBe(`https://route53.amazonaws.com/2013-04-01/hostedzone/${id}`)
    expect(await records(id)).toEqual(['example.com. NS', 'example.com. SOA'])
  })

  test('a private zone belongs to a VPC and has no delegation', async () => {
    const {client, zone} = createScene()
    const id = await zone('internal', {VPC: vpc, HostedZoneConfig: {PrivateZone: true}})
    const answer = await client.send(new GetHostedZoneCommand({Id: id}))
    expect(answer).toMatchObject({HostedZone: {Config: {PrivateZone: true}}, VPCs: [vpc]})
    expect(answer.DelegationSet).toBeUndefined()
    await expect(zone('internal', {VPC: vpc})).rejects.toMatchObject({name: 'ConflictingDomainExists'})
  })

  test('the same reference fails, the same name does not', async () => {
    const {zone} = createScene()
    await zone('example.com', {CallerReference: 'same'})
    await zone('example.com')
    await expect(zone('other.com', {CallerReference: 'same'})).rejects.toBeInstanceOf(HostedZoneAlreadyExists)
  })

  test.each([['a..b'], [`${'x'.repeat(64)}.com`]])('refuses the name %s', async (name) => {
    await expect(createScene().zone(name)).rejects.toMatchObject({name: 'InvalidDomainName'})
  })
})

describe('a change', () => {
  test('is on its way first, and then everywhere', async () => {
    const {clock, client, zone, change} = createScene()
    const {ChangeInfo} = await change(await zone(), set('CREATE', 'www.example.com', 'A', '192.0.2.1'))
    const status = async () => (await client.send(new GetChangeCommand({Id: ChangeInfo?.Id ?? ''}))).ChangeInfo?.Status
    expect(await status()).toBe('PENDING')
    await clock.advance(60_000)
    expect(await status()).toBe('INSYNC')
    await expect(client.send(new GetChangeCommand({Id: 'C1'}))).rejects.toMatchObject({name: 'NoSuchChange'})
  })
})

describe('hosted zones', () => {
  test('belong to an account, whatever the region', async () => {
    const {service, zone} = createScene()
    const id = await zone()
    const elsewhere = inProcessClient(Route53Client, service, {region: 'eu-west-1'})
    await elsewhere.send(new GetHostedZoneCommand({Id: id}))
    const other = inProcessClient(Route53Client, service, {accessKeyId: '111111111111'})
    const missing = other.send(new GetHostedZoneCommand({Id: id}))
    await expect(missing).rejects.toBeInstanceOf(NoSuchHostedZone)
    await expect(missing).rejects.toMatchObject({
      message: `No hosted zone found with ID: ${id}`,
      $metadata: {httpStatusCode: 404},
    })
  })

  test('are listed in pages', async () => {
    const {client, zone} = createScene()
    const ids = [await zone('a.com'), await zone('b.com'), await zone('c.com')].toSorted()
    const first = await client.send(new ListHostedZonesCommand({MaxItems: 2}))
    expect(first).toMatchObject({IsTruncated: true, NextMarker: ids[2], MaxItems: 2})
    const second = await client.send(new ListHostedZonesCommand({MaxItems: 2, Marker: first.NextMarker}))
    expect(second).toMatchObject({IsTruncated: false, HostedZones: [{Id: `/hostedzone/${ids[2]}`}]})
    expect((await client.send(new GetHostedZoneCountCommand({}))).HostedZoneCount).toBe(3)
  })

  test('are listed by name with reversed labels, from a name on', async () => {
    const {client, zone} = createScene()
    for (const name of ['b.com', 'a.org', 'www.b.com', 'c.com']) await zone(name)
    const names = async (input: object) => {
      const answer = await client.send(new ListHostedZonesByNameCommand(input))
      return {names: answer.HostedZones?.map(({Name}) => Name), next: answer.NextDNSName}
    }
    expect(await names({})).toEqual({names: ['b.com.', 'www.b.com.', 'c.com.', 'a.org.'], next: undefined})
    expect(await names({DNSName: 'www.b.com', MaxItems: 1})).toEqual({names: ['www.b.com.'], next: 'c.com.'})
  })

  test('are deleted when nothing but their own records is left', async () => {
    const {client, zone, change} = createScene()
    const id = await zone()
    await change(id, set('CREATE', 'www.example.com', 'A', '192.0.2.1'))
    const remove = new DeleteHostedZoneCommand({Id: id})
    await expect(client.send(remove)).rejects.toBeInstanceOf(HostedZoneNotEmpty)
    await change(id, set('DELETE', 'www.example.com', 'A', '192.0.2.1'))
    expect((await client.send(remove)).ChangeInfo?.Status).toBe('PENDING')
    await expect(client.send(remove)).rejects.toBeInstanceOf(NoSuchHostedZone)
  })

  test('are restored with their records, and changes on their way', async () => {
    const {state, zone, change} = createScene()
    const id = await zone()
    const {ChangeInfo} = await change(id, set('CREATE', 'www.example.com', 'A', '192.0.2.1'))
    const {client, records, state: restored} = createScene()
    restored.restore(asJson(state.snapshot()))
    expect(await records(id)).toContain('www.example.com. A')
    const answer = await client.send(new GetChangeCommand({Id: ChangeInfo?.Id ?? ''}))
    expect(answer.ChangeInfo?.Status).toBe('PENDING')
  })

  test('have comments and tags', async () => {
    const {client, zone} = createScene()
    const ResourceId = await zone()
    const resource = {ResourceType: 'hostedzone', ResourceId} as const
    await client.send(new UpdateHostedZoneCommentCommand({Id: ResourceId, Comment: 'mine'}))
    const AddTags = ['a', 'b'].map((Key) => ({Key, Value: '1'}))
    await client.send(new ChangeTagsForResourceCommand({...resource, AddTags}))
    await client.send(new ChangeTagsForResourceCommand({...resource, RemoveTagKeys: ['a']}))
    const {ResourceTagSet} = await client.send(new ListTagsForResourceCommand(resource))
    expect(ResourceTagSet).toEqual({...resource, Tags: [{Key: 'b', Value: '1'}]})
    const {HostedZone} = await client.send(new GetHostedZoneCommand({Id: ResourceId}))
    expect(HostedZone?.Config?.Comment).toBe('mine')
  })
})
