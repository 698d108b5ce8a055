import type {Change} from '@aws-sdk/client-route-53'
import {InvalidChangeBatch, ListResourceRecordSetsCommand} from '@aws-sdk/client-route-53'
import {describe, expect, test} from 'vitest'
import {alias, createScene, LOAD_BALANCER, LOAD_BALANCER_ZONE, set} from './fixture.js'

const www = 'www.example.com'

describe('ChangeResourceRecordSets', () => {
  test('creates, replaces and deletes record sets', async () => {
    const {client, zone, change} = createScene()
    const HostedZoneId = await zone()
    await change(HostedZoneId, set('CREATE', 'WWW.example.com', 'A', '192.0.2.1'))
    await change(HostedZoneId, set('UPSERT', `${www}.`, 'A', ['192.0.2.2', '192.0.2.3']))
    const read = async () => {
      const {ResourceRecordSets} = await client.send(new ListResourceRecordSetsCommand({HostedZoneId}))
      return ResourceRecordSets?.slice(2)
    }
    expect(await read()).toEqual([
      {
        Name: 'www.example.com.',
        Type: 'A',
        TTL: 60,
        ResourceRecords: [{Value: '192.0.2.2'}, {Value: '192.0.2.3'}],
      },
    ])
    await change(HostedZoneId, set('DELETE', www, 'A', ['192.0.2.3', '192.0.2.2']))
    expect(await read()).toEqual([])
  })

  test('makes all changes of a batch or none', async () => {
    const {zone, change, records} = createScene()
    const id = await zone()
    const batch = change(
      id,
      set('CREATE', www, 'A', '192.0.2.1'),
      set('DELETE', 'a.example.com', 'A', '192.0.2.1'),
      set('CREATE', 'b.example.org', 'A', '192.0.2.1'),
    )
    await expect(batch).rejects.toBeInstanceOf(InvalidChangeBatch)
    await expect(batch).rejects.toMatchObject({
      message:
        "[Tried to delete resource record set [name='a.example.com.', type='A'] but it was not found," +
        ' RRSet with DNS name b.example.org. is not permitted in zone example.com.]',
    })
    expect(await records(id)).toEqual(['example.com. NS', 'example.com. SOA'])
  })

  test('replaces a record set of another type within one batch', async () => {
    const {zone, change, records} = createScene()
    const id = await zone()
    await change(id, set('CREATE', www, 'A', '192.0.2.1'))
    await change(id, set('DELETE', www, 'A', '192.0.2.1'), set('CREATE', www, 'CNAME', 'example.org'))
    expect(await records(id)).toContain('www.example.com. CNAME')
  })

  test.each<[string, Change[], string]>([
    [
      'a record set that is there',
      [set('CREATE', 'there.example.com', 'A', '192.0.2.9')],
      "[Tried to create resource record set [name='there.example.com.', type='A'] but it already exists]",
    ],
    [
      'a deletion with other values',
      [set('DELETE', 'there.example.com', 'A', '192.0.2.9')],
      "[Tried to delete resource record set [name='there.example.com.', type='A'] but the values provided do not match" +
        ' the current values]',
    ],
    [
      'a CNAME beside others',
      [set('CREATE', 'there.example.com', 'CNAME', 'example.org')],
      '[RRSet of type CNAME with DNS name there.example.com. is not permitted as it conflicts with other records with' +
        ' the same DNS name in zone example.com.]',
    ],
    [
      'a CNAME for the zone itself',
      [set('CREATE', 'example.com', 'CNAME', 'example.org')],
      '[RRSet of type CNAME with DNS name example.com. is not permitted at apex in zone example.com.]',
    ],
    [
      'a zone without its SOA',
      [set('DELETE', 'example.com', 'SOA', 'x')],
      "[Tried to delete resource record set [name='example.com.', type='SOA'] but the values provided do not match the" +
        ' current values]',
    ],
    [
      'no address',
      [set('CREATE', www, 'A', 'example.org')],
      "[Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)" +
        " encountered with 'example.org'']",
    ],
    [
      'a text without quotes',
      [set('CREATE', www, 'TXT', 'hello')],
      "[Invalid Resource Record: 'FATAL problem: InvalidCharacterString (Value should be enclosed in quotation marks)" +
        " encountered with 'hello'']",
    ],
    [
      'the same record set twice',
      [set('CREATE', www, 'A', '192.0.2.1'), set('UPSERT', www, 'A', '192.0.2.2')],
      "[The request contains an invalid set of changes for a resource record set 'A www.example.com.']",
    ],
    [
      'an alias to no record of the zone',
      [alias(www, 'gone.example.com', 'OWN')],
      '[Tried to create an alias that targets gone.example.com., type A in zone OWN, but that target was not found]',
    ],
    [
      'an alias to a load balancer with the wrong zone',
      [alias(www, LOAD_BALANCER, 'Z3DZXE0Q79N41H')],
      `[Tried to create an alias that targets ${LOAD_BALANCER}., type A in zone Z3DZXE0Q79N41H, but the alias target` +
        ' name does not lie within the target zone]',
    ],
    [
      'an alias to no load balancer',
      [alias(www, 'gone-1.us-east-1.elb.localhost', LOAD_BALANCER_ZONE)],
      `[Tried to create an alias that targets gone-1.us-east-1.elb.localhost., type A in zone ${LOAD_BALANCER_ZONE},` +
        ' but that target was not found]',
    ],
  ])('refuses %s', async (_, changes, message) => {
    const {zone, change} = createScene()
    const id = await zone()
    await change(id, set('CREATE', 'there.example.com', 'A', '192.0.2.1'))
    const own = JSON.parse(JSON.stringify(changes).replaceAll('"OWN"', `"${id}"`)) as Change[]
    const refused = change(id, ...own)
    await expect(refused).rejects.toMatchObject({
      name: 'InvalidChangeBatch',
      message: message.replaceAll('OWN', id),
      $metadata: {httpStatusCode: 400},
    })
  })

  test('an alias is one to a load balancer or to a record of the zone, and has no values', async () => {
    const {client, zone, change} = createScene()
    const HostedZoneId = await zone()
    await change(HostedZoneId, alias(www, `dualstack.${LOAD_BALANCER}`, LOAD_BALANCER_ZONE))
    await change(HostedZoneId, alias('shop.example.com', www, HostedZoneId))
    const {ResourceRecordSets} = await client.send(new ListResourceRecordSetsCommand({HostedZoneId}))
    expect(ResourceRecordSets?.[3]).toEqual({
      Name: 'www.example.com.',
      Type: 'A',
      AliasTarget: {
        HostedZoneId: LOAD_BALANCER_ZONE,
        DNSName: `dualstack.${LOAD_BALANCER}.`,
        EvaluateTargetHealth: false,
      },
    })
    const neither = {Action: 'CREATE', ResourceRecordSet: {Name: 'x.example.com', Type: 'A'}} as const
    await expect(change(HostedZoneId, neither)).rejects.toMatchObject({
      name: 'InvalidInput',
      message:
        'Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or' +
        ' TrafficPolicyInstanceId], but found none in Change with [Action=CREATE, Name=x.example.com., Type=A,' +
        ' SetIdentifier=null]',
    })
  })

  test('weighted record sets share name and type, and no simple one joins them', async () => {
    const {zone, change, records} = createScene()
    const id = await zone()
    await change(id, set('CREATE', www, 'A', '192.0.2.1', {SetIdentifier: 'one', Weight: 1}))
    await change(id, set('CREATE', www, 'A', '192.0.2.2', {SetIdentifier: 'two', Weight: 0}))
    expect((await records(id)).filter((name) => name === 'www.example.com. A')).toHaveLength(2)
    await expect(change(id, set('CREATE', www, 'A', '192.0.2.3'))).rejects.toThrow(
      '[RRSet with DNS name www.example.com., type A cannot be created as other RRSets exist with the same name and type.]',
    )
  })
})

describe('ListResourceRecordSets', () => {
  test('sorts by reversed labels, then by type, and begins a page where it is told', async () => {
    const {client, zone, change, records} = createScene()
    const HostedZoneId = await zone()
    const names = ['z.example.com', 'a.z.example.com', 'b.example.com', '*.example.com']
    await change(HostedZoneId, ...names.map((name) => set('CREATE', name, 'A', '192.0.2.1')))
    await change(HostedZoneId, set('CREATE', 'b.example.com', 'TXT', '"x"'))
    expect(await records(HostedZoneId)).toEqual([
      'example.com. NS',
      'example.com. SOA',
      '\\052.example.com. A',
      'b.example.com. A',
      'b.example.com. TXT',
      'z.example.com. A',
      'a.z.example.com. A',
    ])
    const page = new ListResourceRecordSetsCommand({
      HostedZoneId,
      StartRecordName: 'b.example.com',
      StartRecordType: 'TXT',
      MaxItems: 1,
    })
    expect(await client.send(page)).toMatchObject({
      ResourceRecordSets: [{Name: 'b.example.com.', Type: 'TXT'}],
      IsTruncated: true,
      NextRecordName: 'z.example.com.',
      NextRecordType: 'A',
      MaxItems: 1,
    })
    const typeOnly = new ListResourceRecordSetsCommand({HostedZoneId, StartRecordType: 'A'})
    await expect(client.send(typeOnly)).rejects.toMatchObject({name: 'InvalidInput'})
  })
})

describe('records that validate certificates', () => {
  const scope = {account: '000000000000', region: 'eu-west-1'}

  test('are found in public zones of the account, whatever case and dots they are written with', async () => {
    const {dns, zone, change} = createScene()
    await change(await zone(), set('CREATE', '_abc.example.com', 'CNAME', '_def.acm-validations.aws.'))
    const vpc = {VPCRegion: 'us-east-1', VPCId: 'vpc-1'} as const
    await change(await zone('private.com', {VPC: vpc}), set('CREATE', '_abc.private.com', 'CNAME', '_def.aws'))
    expect(dns.hasRecord(scope, '_ABC.example.com.', 'CNAME', '_DEF.acm-validations.aws')).toBe(true)
    expect(dns.hasRecord(scope, '_abc.example.com', 'CNAME', '_other.acm-validations.aws')).toBe(false)
    expect(dns.hasRecord(scope, '_abc.example.com', 'TXT', '_def.acm-validations.aws')).toBe(false)
    expect(dns.hasRecord(scope, '_abc.private.com', 'CNAME', '_def.aws')).toBe(false)
    expect(dns.hasRecord({...scope, account: '1'}, '_abc.example.com', 'CNAME', '_def.acm-validations.aws')).toBe(false)
  })
})
