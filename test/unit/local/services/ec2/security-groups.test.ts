import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
} from '@aws-sdk/client-ec2'
import {describe, expect, test} from 'vitest'
import type {Client} from './fixture.js'
import {createGroup, describeGroup, startEc2, tcp} from './fixture.js'

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
