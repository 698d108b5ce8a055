import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2'
import {describe, expect, test} from 'vitest'
import type {SecurityGroup} from '../../../src/ec2/security-groups.js'
import {
  allowIngress,
  allows,
  createSecurityGroup,
  deleteSecurityGroup,
  findSecurityGroup,
  revokeIngressFrom,
  securityGroupsById,
  securityGroupsByName,
  securityGroupsThatLetIn,
} from '../../../src/ec2/security-groups.js'
import {mockedAws, mockSdk, refusal} from '../../helpers/aws-mocks.js'

const mock = mockSdk(EC2Client)
const {ec2} = mockedAws

test('findSecurityGroup asks for the name in the VPC', async () => {
  mock.on(DescribeSecurityGroupsCommand).resolves({
    SecurityGroups: [{GroupId: 'sg-1', GroupName: 'web', VpcId: 'vpc-1', Tags: [{Key: 'a', Value: 'b'}]}],
  })

  expect(await findSecurityGroup(ec2, 'vpc-1', 'web')).toEqual({
    id: 'sg-1',
    name: 'web',
    vpcId: 'vpc-1',
    ingress: [],
    tags: {a: 'b'},
  })
  expect(mock).toHaveReceivedCommandExactlyOnceWith(DescribeSecurityGroupsCommand, {
    Filters: [
      {Name: 'vpc-id', Values: ['vpc-1']},
      {Name: 'group-name', Values: ['web']},
    ],
  })
})

test('findSecurityGroup answers undefined for none', async () => {
  mock.on(DescribeSecurityGroupsCommand).resolves({})

  expect(await findSecurityGroup(ec2, 'vpc-1', 'web')).toBeUndefined()
})

test('securityGroupsByName joins all pages', async () => {
  mock
    .on(DescribeSecurityGroupsCommand)
    .resolves({SecurityGroups: [{GroupId: 'sg-1'}], NextToken: 'more'})
    .on(DescribeSecurityGroupsCommand, {NextToken: 'more'})
    .resolves({SecurityGroups: [{GroupId: 'sg-2'}]})

  expect((await securityGroupsByName(ec2, 'web')).map(({id}) => id)).toEqual(['sg-1', 'sg-2'])
})

test.each(['InvalidGroup.NotFound', 'InvalidGroupId.Malformed'])(
  'securityGroupsById: %s is a usage error',
  async (name) => {
    mock.on(DescribeSecurityGroupsCommand).rejects(refusal(name, "The security group 'sg-1' does not exist"))

    await expect(securityGroupsById(ec2, ['sg-1'])).rejects.toMatchObject({
      code: 'SECURITY_GROUP_NOT_FOUND',
      exitCode: 2,
    })
  },
)

describe('createSecurityGroup', () => {
  const group = {name: 'web', description: 'd', vpcId: 'vpc-1', tags: [{Key: 'a', Value: 'b'}]}

  test('tags the group as it is made', async () => {
    mock.on(CreateSecurityGroupCommand).resolves({GroupId: 'sg-1'})

    expect(await createSecurityGroup(ec2, group)).toMatchObject({id: 'sg-1', ingress: []})
    expect(mock).toHaveReceivedCommandExactlyOnceWith(CreateSecurityGroupCommand, {
      GroupName: 'web',
      Description: 'd',
      VpcId: 'vpc-1',
      TagSpecifications: [{ResourceType: 'security-group', Tags: group.tags}],
    })
  })

  test('takes one that was made in the meantime as it is', async () => {
    mock.on(CreateSecurityGroupCommand).rejects(refusal('InvalidGroup.Duplicate'))
    mock
      .on(DescribeSecurityGroupsCommand)
      .resolves({SecurityGroups: [{GroupId: 'sg-2', IpPermissions: [{FromPort: 80}]}]})

    expect(await createSecurityGroup(ec2, group)).toMatchObject({id: 'sg-2', ingress: [{FromPort: 80}]})
  })

  test('throws a duplicate that cannot be found', async () => {
    mock.on(CreateSecurityGroupCommand).rejects(refusal('InvalidGroup.Duplicate'))
    mock.on(DescribeSecurityGroupsCommand).resolves({SecurityGroups: []})

    await expect(createSecurityGroup(ec2, group)).rejects.toMatchObject({code: 'INVALID_GROUP_DUPLICATE'})
  })
})

describe('allows', () => {
  const everybody = {IpRanges: [{CidrIp: '0.0.0.0/0'}]}
  const friends = {UserIdGroupPairs: [{GroupId: 'sg-lb'}]}
  const web = {port: 80, source: {cidr: '0.0.0.0/0'}}
  const balanced = {port: 80, source: {securityGroupId: 'sg-lb'}}

  test.each([
    ['the port itself', {IpProtocol: 'tcp', FromPort: 80, ToPort: 80, ...everybody}, web, true],
    ['a range of ports', {IpProtocol: 'tcp', FromPort: 0, ToPort: 65_535, ...everybody}, web, true],
    ['all protocols', {IpProtocol: '-1', ...everybody}, web, true],
    ['a group', {IpProtocol: 'tcp', FromPort: 80, ToPort: 80, ...friends}, balanced, true],
    ['the same port of UDP', {IpProtocol: 'udp', FromPort: 80, ToPort: 80, ...everybody}, web, false],
    ['another port', {IpProtocol: 'tcp', FromPort: 81, ToPort: 90, ...everybody}, web, false],
    [
      'another range of addresses',
      {IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{CidrIp: '10.0.0.0/8'}]},
      web,
      false,
    ],
    [
      'another group',
      {IpProtocol: 'tcp', FromPort: 80, ToPort: 80, UserIdGroupPairs: [{GroupId: 'sg-x'}]},
      balanced,
      false,
    ],
    ['a group for a range', {IpProtocol: 'tcp', FromPort: 80, ToPort: 80, ...friends}, web, false],
  ])('%s', (_what, permission, rule, allowed) => {
    const group: SecurityGroup = {id: 'sg-1', name: 'web', vpcId: 'vpc-1', ingress: [permission], tags: {}}
    expect(allows(group, rule)).toBe(allowed)
  })
})

test('allowIngress adds each rule in a call of its own, and takes one that is there already', async () => {
  mock.on(AuthorizeSecurityGroupIngressCommand).rejectsOnce(refusal('InvalidPermission.Duplicate')).resolves({})
  await allowIngress(ec2, 'sg-1', [
    {port: 80, source: {cidr: '0.0.0.0/0'}},
    {port: 80, source: {securityGroupId: 'sg-lb'}},
  ])

  const base = {IpProtocol: 'tcp', FromPort: 80, ToPort: 80}
  expect(mock).toHaveReceivedNthCommandWith(AuthorizeSecurityGroupIngressCommand, 1, {
    GroupId: 'sg-1',
    IpPermissions: [{...base, IpRanges: [{CidrIp: '0.0.0.0/0'}]}],
  })
  expect(mock).toHaveReceivedNthCommandWith(AuthorizeSecurityGroupIngressCommand, 2, {
    GroupId: 'sg-1',
    IpPermissions: [{...base, UserIdGroupPairs: [{GroupId: 'sg-lb'}]}],
  })
})

describe('deleteSecurityGroup', () => {
  test.each([
    ['InvalidGroup.NotFound', true],
    ['DependencyViolation', false],
    ['InvalidGroup.InUse', false],
  ])('%s answers %s', async (name, deleted) => {
    mock.on(DeleteSecurityGroupCommand).rejects(refusal(name))

    expect(await deleteSecurityGroup(ec2, 'sg-1')).toBe(deleted)
  })

  test('answers true where it is deleted, and throws other errors', async () => {
    mock.on(DeleteSecurityGroupCommand, {GroupId: 'sg-1'}).resolves({})
    mock.on(DeleteSecurityGroupCommand, {GroupId: 'sg-2'}).rejects(refusal('UnauthorizedOperation'))

    expect(await deleteSecurityGroup(ec2, 'sg-1')).toBe(true)
    await expect(deleteSecurityGroup(ec2, 'sg-2')).rejects.toMatchObject({code: 'ACCESS_DENIED'})
  })
})

test('securityGroupsThatLetIn leaves out the group itself', async () => {
  mock
    .on(DescribeSecurityGroupsCommand, {Filters: [{Name: 'ip-permission.group-id', Values: ['sg-lb']}]})
    .resolves({SecurityGroups: [{GroupId: 'sg-lb'}, {GroupId: 'sg-web'}]})

  expect((await securityGroupsThatLetIn(ec2, 'sg-lb')).map(({id}) => id)).toEqual(['sg-web'])
})

test('revokeIngressFrom takes back the rules that name the group, and no others', async () => {
  mock.on(RevokeSecurityGroupIngressCommand).rejects(refusal('InvalidPermission.NotFound'))
  const named = {IpProtocol: 'tcp', FromPort: 80, ToPort: 80, UserIdGroupPairs: [{GroupId: 'sg-lb'}, {GroupId: 'sg-x'}]}
  const ingress = [named, {IpProtocol: '-1', IpRanges: [{CidrIp: '10.0.0.0/8'}]}]
  await revokeIngressFrom(ec2, {id: 'sg-web', name: 'web', vpcId: 'vpc-1', ingress, tags: {}}, 'sg-lb')

  expect(mock).toHaveReceivedCommandExactlyOnceWith(RevokeSecurityGroupIngressCommand, {
    GroupId: 'sg-web',
    IpPermissions: [{IpProtocol: 'tcp', FromPort: 80, ToPort: 80, UserIdGroupPairs: [{GroupId: 'sg-lb'}]}],
  })
})
