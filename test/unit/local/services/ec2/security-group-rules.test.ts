import type {IpPermission} from '@aws-sdk/client-ec2'
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateVpcCommand,
  DescribeSecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2'
import {describe, expect, test} from 'vitest'
import {anywhere, createGroup, describeGroup, startEc2, tcp} from './fixture.js'

describe('rules', () => {
  test('of the same protocol and ports are one permission with several peers', async () => {
    const {client} = startEc2()
    const lb = await createGroup(client, 'lb')
    const web = await createGroup(client, 'web')

    const {SecurityGroupRules = []} = await client.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: web,
        IpPermissions: [
          tcp(80, {IpRanges: [{CidrIp: '10.1.2.3/8', Description: 'office'}]}),
          tcp(80, {UserIdGroupPairs: [{GroupId: lb}]}),
          {IpProtocol: '-1', Ipv6Ranges: [{CidrIpv6: '::/0'}]},
        ],
      }),
    )

    expect(SecurityGroupRules).toMatchObject([
      {IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIpv4: '10.0.0.0/8', Description: 'office', IsEgress: false},
      {ReferencedGroupInfo: {GroupId: lb, UserId: '000000000000'}},
      {IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv6: '::/0'},
    ])
    expect((await describeGroup(client, web))?.IpPermissions).toMatchObject([
      {
        IpProtocol: 'tcp',
        FromPort: 80,
        ToPort: 80,
        IpRanges: [{CidrIp: '10.0.0.0/8', Description: 'office'}],
        UserIdGroupPairs: [{GroupId: lb, UserId: '000000000000'}],
      },
      {IpProtocol: '-1', Ipv6Ranges: [{CidrIpv6: '::/0'}]},
    ])
  })

  // The texts are those of AWS's answers.
  test.each<[string, IpPermission, string]>([
    ['TCP', tcp(443, anywhere), 'peer: 0.0.0.0/0, TCP, from port: 443, to port: 443, ALLOW'],
    ['all traffic', {IpProtocol: '-1', ...anywhere}, 'peer: 0.0.0.0/0, ALL, ALLOW'],
    ['a protocol by number', {IpProtocol: '50', ...anywhere}, 'peer: 0.0.0.0/0, protocol: 50, ALLOW'],
  ])('for %s are refused a second time', async (_case, permission, text) => {
    const {client} = startEc2()
    const GroupId = await createGroup(client, 'web')
    const command = new AuthorizeSecurityGroupIngressCommand({GroupId, IpPermissions: [permission]})
    await client.send(command)

    await expect(client.send(command)).rejects.toMatchObject({
      name: 'InvalidPermission.Duplicate',
      message: `the specified rule "${text}" already exists`,
    })
  })

  test.each<[string, IpPermission, string]>([
    ['no ports for TCP', {IpProtocol: 'tcp', ...anywhere}, 'InvalidParameterValue'],
    ['a port over 65535', tcp(65_536, anywhere), 'InvalidParameterValue'],
    ['an upside-down range', {...tcp(80, anywhere), ToPort: 79}, 'InvalidParameterValue'],
    ['an unknown protocol', {...tcp(80, anywhere), IpProtocol: 'tpc'}, 'InvalidParameterValue'],
    ['a malformed block', tcp(80, {IpRanges: [{CidrIp: '10.0.0.0/33'}]}), 'InvalidParameterValue'],
    ['no peer', tcp(80, {}), 'MissingParameter'],
    ['a group that does not exist', tcp(80, {UserIdGroupPairs: [{GroupId: 'sg-0123'}]}), 'InvalidGroup.NotFound'],
  ])('with %s are refused', async (_case, permission, code) => {
    const {client} = startEc2()
    const GroupId = await createGroup(client, 'web')

    const command = new AuthorizeSecurityGroupIngressCommand({GroupId, IpPermissions: [tcp(22, anywhere), permission]})

    await expect(client.send(command)).rejects.toMatchObject({name: code})
    expect((await describeGroup(client, GroupId))?.IpPermissions ?? []).toEqual([])
  })

  test('cannot name a group of another VPC', async () => {
    const {client} = startEc2()
    const {Vpc} = await client.send(new CreateVpcCommand({CidrBlock: '10.0.0.0/16'}))
    const other = await createGroup(client, 'other', Vpc?.VpcId)
    const GroupId = await createGroup(client, 'web')

    await expect(
      client.send(
        new AuthorizeSecurityGroupIngressCommand({
          GroupId,
          IpPermissions: [tcp(80, {UserIdGroupPairs: [{GroupId: other}]})],
        }),
      ),
    ).rejects.toMatchObject({message: 'You have specified two resources that belong to different networks.'})
  })

  test('are at most 60 in a direction', async () => {
    const {client} = startEc2()
    const GroupId = await createGroup(client, 'web')
    const IpPermissions = Array.from({length: 61}, (_, index) => tcp(1000 + index, anywhere))

    await expect(client.send(new AuthorizeSecurityGroupIngressCommand({GroupId, IpPermissions}))).rejects.toMatchObject(
      {name: 'RulesPerSecurityGroupLimitExceeded'},
    )
    await client.send(new AuthorizeSecurityGroupIngressCommand({GroupId, IpPermissions: IpPermissions.slice(1)}))
  })

  test('can be given in the flat parameters of old', async () => {
    const {client} = startEc2()
    const GroupId = await createGroup(client, 'web')

    await client.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupName: 'web',
        IpProtocol: '6',
        FromPort: 80,
        ToPort: 81,
        CidrIp: '0.0.0.0/0',
      }),
    )

    expect((await describeGroup(client, GroupId))?.IpPermissions).toMatchObject([
      {IpProtocol: 'tcp', FromPort: 80, ToPort: 81},
    ])
  })

  test('are revoked by id or by their terms', async () => {
    const {client} = startEc2()
    const GroupId = await createGroup(client, 'web')
    const {SecurityGroupRules = []} = await client.send(
      new AuthorizeSecurityGroupIngressCommand({GroupId, IpPermissions: [tcp(80, anywhere), tcp(443, anywhere)]}),
    )

    const byId = await client.send(
      new RevokeSecurityGroupIngressCommand({
        GroupId,
        SecurityGroupRuleIds: [SecurityGroupRules[0]?.SecurityGroupRuleId ?? ''],
      }),
    )
    await client.send(new RevokeSecurityGroupIngressCommand({GroupId, IpPermissions: [tcp(443, anywhere)]}))
    await client.send(new RevokeSecurityGroupEgressCommand({GroupId, IpPermissions: [{IpProtocol: '-1', ...anywhere}]}))

    expect(byId.RevokedSecurityGroupRules).toMatchObject([{FromPort: 80, CidrIpv4: '0.0.0.0/0', IsEgress: false}])
    const {SecurityGroupRules: left = []} = await client.send(
      new DescribeSecurityGroupRulesCommand({Filters: [{Name: 'group-id', Values: [GroupId]}]}),
    )
    expect(left).toEqual([])
  })

  test('that are not there are reported in the default VPC and an error in any other', async () => {
    const {client} = startEc2()
    const {Vpc} = await client.send(new CreateVpcCommand({CidrBlock: '10.0.0.0/16'}))
    const IpPermissions = [tcp(80, anywhere)]
    const inDefault = await createGroup(client, 'web')
    const inOther = await createGroup(client, 'web', Vpc?.VpcId)

    const answer = await client.send(new RevokeSecurityGroupIngressCommand({GroupId: inDefault, IpPermissions}))

    expect(answer.UnknownIpPermissions).toMatchObject([{FromPort: 80}])
    await expect(
      client.send(new RevokeSecurityGroupIngressCommand({GroupId: inOther, IpPermissions})),
    ).rejects.toMatchObject({
      name: 'InvalidPermission.NotFound',
      message: 'The specified rule does not exist in this security group.',
    })
  })
})
