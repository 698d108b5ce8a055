import type {IpPermission} from '@aws-sdk/client-ec2'
import {absentOn, isAwsError} from '../aws/errors.js'
import {collect} from '../aws/paging.js'
import {UsageError} from '../errors/errors.js'
import type {Ec2} from './sdk.js'

export interface SecurityGroup {
  readonly id: string
  readonly name: string
  readonly vpcId: string
  readonly ingress: readonly IpPermission[]
  readonly tags: Readonly<Record<string, string>>
}

/** Who may send TCP traffic to one port: another security group, or an IPv4 range. */
export interface IngressRule {
  readonly port: number
  readonly source: {readonly securityGroupId: string} | {readonly cidr: string}
}

/** Finds a security group by name in a VPC, where names are unique. */
export async function findSecurityGroup(ec2: Ec2, vpcId: string, name: string): Promise<SecurityGroup | undefined> {
  const groups = await describe(ec2, {
    Filters: [
      {Name: 'vpc-id', Values: [vpcId]},
      {Name: 'group-name', Values: [name]},
    ],
  })
  return groups[0]
}

/** The security groups of a name in all VPCs of the region. */
export async function securityGroupsByName(ec2: Ec2, name: string): Promise<SecurityGroup[]> {
  return describe(ec2, {Filters: [{Name: 'group-name', Values: [name]}]})
}

/** The other security groups that let in what comes from one; while there are any, EC2 does not delete that one. */
export async function securityGroupsThatLetIn(ec2: Ec2, sourceGroupId: string): Promise<SecurityGroup[]> {
  const groups = await describe(ec2, {Filters: [{Name: 'ip-permission.group-id', Values: [sourceGroupId]}]})
  return groups.filter(({id}) => id !== sourceGroupId)
}

/** Takes back what a security group lets in from another one; rules that are gone already are no error. */
export async function revokeIngressFrom(ec2: Ec2, group: SecurityGroup, sourceGroupId: string): Promise<void> {
  for (const {IpProtocol, FromPort, ToPort, UserIdGroupPairs = []} of group.ingress) {
    if (!UserIdGroupPairs.some(({GroupId}) => GroupId === sourceGroupId)) continue
    const permission: IpPermission = {
      IpProtocol,
      ...(FromPort !== undefined && {FromPort}),
      ...(ToPort !== undefined && {ToPort}),
      UserIdGroupPairs: [{GroupId: sourceGroupId}],
    }
    await absentOn(
      ec2('RevokeSecurityGroupIngress', {GroupId: group.id, IpPermissions: [permission]}),
      'InvalidPermission.NotFound',
      'InvalidGroup.NotFound',
    )
  }
}

/** @throws UsageError SECURITY_GROUP_NOT_FOUND when one does not exist in the region */
export async function securityGroupsById(ec2: Ec2, ids: readonly string[]): Promise<SecurityGroup[]> {
  try {
    return await describe(ec2, {GroupIds: [...ids]})
  } catch (error) {
    if (!isAwsError(error, 'InvalidGroup.NotFound', 'InvalidGroupId.Malformed', 'InvalidGroupId.NotFound')) throw error
    throw new UsageError('SECURITY_GROUP_NOT_FOUND', error.message, {
      cause: error,
      hints: ['list the security groups of the region: aws ec2 describe-security-groups'],
    })
  }
}

/** Creates a security group without ingress; one of that name made in the meantime is taken as it is. */
export async function createSecurityGroup(
  ec2: Ec2,
  group: {
    readonly name: string
    readonly description: string
    readonly vpcId: string
    readonly tags: {Key: string; Value: string}[]
  },
): Promise<SecurityGroup> {
  try {
    const {GroupId = ''} = await ec2('CreateSecurityGroup', {
      GroupName: group.name,
      Description: group.description,
      VpcId: group.vpcId,
      TagSpecifications: [{ResourceType: 'security-group', Tags: group.tags}],
    })
    return {id: GroupId, name: group.name, vpcId: group.vpcId, ingress: [], tags: {}}
  } catch (error) {
    const existing = isAwsError(error, 'InvalidGroup.Duplicate')
      ? await findSecurityGroup(ec2, group.vpcId, group.name)
      : undefined
    if (existing === undefined) throw error
    return existing
  }
}

/** Whether a rule is there already. */
export function allows(group: SecurityGroup, {port, source}: IngressRule): boolean {
  return group.ingress.some((permission) => {
    const {IpProtocol, FromPort = 0, ToPort = 65_535} = permission
    const coversPort = IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort <= port && port <= ToPort)
    const coversSource =
      'cidr' in source
        ? permission.IpRanges?.some(({CidrIp}) => CidrIp === source.cidr)
        : permission.UserIdGroupPairs?.some(({GroupId}) => GroupId === source.securityGroupId)
    return coversPort && coversSource === true
  })
}

/** Adds ingress rules for TCP; rules that are there already are no error. */
export async function allowIngress(ec2: Ec2, groupId: string, rules: readonly IngressRule[]): Promise<void> {
  // One call per rule: EC2 refuses a call as a whole when one of its rules exists already.
  for (const {port, source} of rules) {
    const permission: IpPermission = {
      IpProtocol: 'tcp',
      FromPort: port,
      ToPort: port,
      ...('cidr' in source
        ? {IpRanges: [{CidrIp: source.cidr}]}
        : {UserIdGroupPairs: [{GroupId: source.securityGroupId}]}),
    }
    await absentOn(
      ec2('AuthorizeSecurityGroupIngress', {GroupId: groupId, IpPermissions: [permission]}),
      'InvalidPermission.Duplicate',
    )
  }
}

/**
 * Deletes a security group.
 *
 * @returns false while something still uses it (DependencyViolation): the network interfaces of stopped tasks and
 *   deleted load balancers go away a little later
 */
export async function deleteSecurityGroup(ec2: Ec2, groupId: string): Promise<boolean> {
  try {
    await absentOn(ec2('DeleteSecurityGroup', {GroupId: groupId}), 'InvalidGroup.NotFound')
    return true
  } catch (error) {
    if (isAwsError(error, 'DependencyViolation', 'InvalidGroup.InUse')) return false
    throw error
  }
}

async function describe(ec2: Ec2, query: {GroupIds?: string[]; Filters?: {Name: string; Values: string[]}[]}) {
  const groups = await collect(
    (NextToken) => ec2('DescribeSecurityGroups', {...query, ...(NextToken && {NextToken})}),
    (page) => page.NextToken,
    (page) => page.SecurityGroups,
  )
  return groups.map(
    ({GroupId = '', GroupName = '', VpcId = '', IpPermissions = [], Tags = []}): SecurityGroup => ({
      id: GroupId,
      name: GroupName,
      vpcId: VpcId,
      ingress: IpPermissions,
      tags: Object.fromEntries(Tags.map(({Key = '', Value = ''}) => [Key, Value])),
    }),
  )
}
