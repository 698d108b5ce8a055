import type {IpPermission} from '@aws-sdk/client-ec2'
import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2'
import {describe, expect, test} from 'vitest'
import {startEc2} from './fixture.js'

type Client = ReturnType<typeof startEc2>['client']

async function createGroup(client: Client, name: string, VpcId?: string): Promise<string> {
  const {GroupId = ''} = await client.send(
    new CreateSecurityGroupCommand({GroupName: name, Description: `for ${name}`, VpcId}),
  )
  return GroupId
}

async function describeGroup(client: Client, id: string) {
  const {SecurityGroups} = await client.send(new DescribeSecurityGroupsCommand({GroupIds: [id]}))
  return SecurityGroups?.[0]
}

const tcp = (port: number, peer: Partial<IpPermission>): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  ...peer,
})

const anywhere = {IpRanges: [{CidrIp: '0.0.0.0/0'}]}

test('a new group lets everything out and nothing in', async () => {
  const {client} = startEc2()

  const {GroupId, SecurityGroupArn, Tags} = await client.send(
    new CreateSecurityGroupCommand({
      GroupName: 'web',
      Description: 'web servers',
      TagSpecifications: [{ResourceType: 'security-group', Tags: [{Key: 'fargate:managed', Value: 'true'}]}],
    }),
  )

  expect(SecurityGroupArn).toBe(`arn:aws:ec2:us-east-1:000000000000:security-group/${GroupId}`)
  expect(Tags).toEqual([{Key: 'fargate:managed', Value: 'true'}])
  expect(await describeGroup(client, GroupId ?? '')).toMatchObject({
    GroupName: 'web',
    Description: 'web servers',
    OwnerId: '000000000000',
    IpPermissionsEgress: [{IpProtocol: '-1', IpRanges: [{CidrIp: '0.0.0.0/0'}]}],
    Tags: [{Key: 'fargate:managed', Value: 'true'}],
  })
  expect((await describeGroup(client, GroupId ?? ''))?.IpPermissions ?? []).toEqual([])
})

test.each([
  ['a name that is taken', {GroupName: 'taken', Description: 'x'}, 'InvalidGroup.Duplicate'],
  ['the name of the default group', {GroupName: 'default', Description: 'x'}, 'InvalidParameterValue'],
  ['a name like an id', {GroupName: 'sg-web', Description: 'x'}, 'InvalidParameterValue'],
  ['a name over 255 characters', {GroupName: 'n'.repeat(256), Description: 'x'}, 'InvalidParameterValue'],
  ['a description with a character that EC2 lacks', {GroupName: 'web', Description: 'naïve'}, 'InvalidParameterValue'],
  ['no description', {GroupName: 'web', Description: ''}, 'MissingParameter'],
  ['a VPC that does not exist', {GroupName: 'web', Description: 'x', VpcId: 'vpc-0123'}, 'InvalidVpcID.NotFound'],
])('refuses a group with %s', async (_case, input, code) => {
  const {client} = startEc2()
  await createGroup(client, 'taken')

  await expect(client.send(new CreateSecurityGroupCommand(input))).rejects.toMatchObject({name: code})
})

test('names are unique in a VPC, not in the account', async () => {
  const {client} = startEc2()
  const {Vpc} = await client.send(new CreateVpcCommand({CidrBlock: '10.0.0.0/16'}))
  await createGroup(client, 'web')

  await createGroup(client, 'web', Vpc?.VpcId)

  const {SecurityGroups} = await client.send(
    new DescribeSecurityGroupsCommand({Filters: [{Name: 'group-name', Values: ['web']}]}),
  )
  expect(SecurityGroups).toHaveLength(2)
})

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

describe('deleting a group', () => {
  test('takes its rules with it', async () => {
    const {client} = startEc2()
    const GroupId = await createGroup(client, 'web')
    const itself = {UserIdGroupPairs: [{GroupId}]}
    await client.send(new AuthorizeSecurityGroupEgressCommand({GroupId, IpPermissions: [tcp(80, itself)]}))

    expect(await client.send(new DeleteSecurityGroupCommand({GroupId}))).toMatchObject({Return: true, GroupId})

    const {SecurityGroupRules = []} = await client.send(new DescribeSecurityGroupRulesCommand({}))
    expect(SecurityGroupRules.filter((rule) => rule.GroupId === GroupId)).toEqual([])
    await expect(client.send(new DeleteSecurityGroupCommand({GroupId}))).rejects.toMatchObject({
      name: 'InvalidGroup.NotFound',
    })
  })

  test('waits for the rules of other groups that name it', async () => {
    const {client} = startEc2()
    const lb = await createGroup(client, 'lb')
    const web = await createGroup(client, 'web')
    const IpPermissions = [tcp(80, {UserIdGroupPairs: [{GroupId: lb}]})]
    await client.send(new AuthorizeSecurityGroupIngressCommand({GroupId: web, IpPermissions}))

    await expect(client.send(new DeleteSecurityGroupCommand({GroupId: lb}))).rejects.toMatchObject({
      name: 'DependencyViolation',
      message: `resource ${lb} has a dependent object`,
    })
    await client.send(new DeleteSecurityGroupCommand({GroupId: web}))
    await client.send(new DeleteSecurityGroupCommand({GroupId: lb}))
  })

  test('waits for the interfaces that use it', async () => {
    const {client, network, scope} = startEc2()
    const GroupId = await createGroup(client, 'web')
    const group = await describeGroup(client, GroupId)
    const subnetId = await firstSubnet(client, group?.VpcId)
    const options = {subnetId, securityGroupIds: [GroupId], description: 'task', assignPublicIp: false}
    const {networkInterfaceId} = network.createInterface(scope, options)

    const command = new DeleteSecurityGroupCommand({GroupId})
    await expect(client.send(command)).rejects.toMatchObject({name: 'DependencyViolation'})
    network.deleteInterface(scope, networkInterfaceId)
    await client.send(command)
  })

  test('refuses the default group', async () => {
    const {client} = startEc2()
    const {SecurityGroups} = await client.send(new DescribeSecurityGroupsCommand({GroupNames: ['default']}))

    await expect(
      client.send(new DeleteSecurityGroupCommand({GroupId: SecurityGroups?.[0]?.GroupId})),
    ).rejects.toMatchObject({name: 'CannotDelete'})
  })
})

async function firstSubnet(client: Client, vpcId: string | undefined): Promise<string> {
  const Filters = [{Name: 'vpc-id', Values: [vpcId ?? '']}]
  const {Subnets} = await client.send(new DescribeSubnetsCommand({Filters}))
  return Subnets?.[0]?.SubnetId ?? ''
}
