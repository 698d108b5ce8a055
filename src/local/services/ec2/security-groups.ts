import type {
  CreateSecurityGroupCommandInput,
  CreateSecurityGroupCommandOutput,
  DeleteSecurityGroupCommandInput,
  DeleteSecurityGroupCommandOutput,
  DescribeSecurityGroupsCommandInput,
  DescribeSecurityGroupsCommandOutput,
  SecurityGroup,
} from '@aws-sdk/client-ec2'
import {CreateSecurityGroup$, DeleteSecurityGroup$, DescribeSecurityGroups$} from '@aws-sdk/client-ec2'
import {AwsFault} from '../../aws-fault.js'
import {regionalArn} from '../../scope.js'
import type {Operation} from '../../wire/service.js'
import type {NetworkStore} from './default-network.js'
import {allowAllEgress} from './default-network.js'
import {ec2Operation} from './dry-run.js'
import {dependencyViolation, invalidValue, missingParameter} from './faults.js'
import {applyResourceFilters} from './filters.js'
import type {Network} from './network.js'
import {pageOf} from './paging.js'
import {describable} from './permissions.js'
import type {SecurityGroupRecord} from './records.js'
import {permissionViews} from './rule-views.js'
import {securityGroupFields} from './security-group-filters.js'
import {specifiedTags, tagList} from './tag-sets.js'

/** DescribeSecurityGroups, CreateSecurityGroup and DeleteSecurityGroup. */
export const securityGroupOperations = (store: NetworkStore): Operation[] => [
  ec2Operation<DescribeSecurityGroupsCommandInput, DescribeSecurityGroupsCommandOutput>(
    DescribeSecurityGroups$,
    (input, scope) => {
      const network = store.of(scope)
      const kept = applyResourceFilters(namedGroups(network, input), input.Filters, securityGroupFields(network))
      const {items, next} = pageOf(kept, input)
      return {...next, SecurityGroups: items.map((group) => view(network, group))}
    },
  ),

  ec2Operation<CreateSecurityGroupCommandInput, CreateSecurityGroupCommandOutput>(
    CreateSecurityGroup$,
    (input, scope) => {
      const network = store.of(scope)
      const group = createGroup(network, input)
      return {GroupId: group.id, SecurityGroupArn: arnOf(network, group), Tags: tagList(group.tags)}
    },
  ),

  ec2Operation<DeleteSecurityGroupCommandInput, DeleteSecurityGroupCommandOutput>(
    DeleteSecurityGroup$,
    (input, scope) => {
      const network = store.of(scope)
      const group = targetGroup(network, input)
      deleteGroup(network, group)
      return {Return: true, GroupId: group.id}
    },
  ),
]

/**
 * The group that a request is about, by id, or by name in the default VPC.
 *
 * @throws AwsFault InvalidGroup.NotFound; MissingParameter where neither is given.
 */
export function targetGroup(
  network: Network,
  {GroupId, GroupName}: {GroupId?: string | undefined; GroupName?: string | undefined},
): SecurityGroupRecord {
  if (GroupId !== undefined) return network.securityGroup(GroupId)
  if (GroupName !== undefined) return network.securityGroupByName(GroupName)
  throw new AwsFault('MissingParameter', 'The request must contain the parameter groupName or groupId')
}

function namedGroups(network: Network, input: DescribeSecurityGroupsCommandInput): SecurityGroupRecord[] {
  if (input.GroupIds === undefined && input.GroupNames === undefined) return [...network.securityGroups.values()]
  const named = [
    ...(input.GroupIds ?? []).map((id) => network.securityGroup(id)),
    ...(input.GroupNames ?? []).map((name) => network.securityGroupByName(name)),
  ]
  return [...new Set(named)]
}

function createGroup(network: Network, input: CreateSecurityGroupCommandInput): SecurityGroupRecord {
  const groupName = checkedName(input.GroupName)
  const description = checkedDescription(input.Description)
  const vpcId = input.VpcId === undefined ? network.defaultVpc?.id : network.vpc(input.VpcId).id
  if (vpcId === undefined) throw new AwsFault('VPCIdNotSpecified', 'No default VPC for this user')
  if (network.groupsOf(vpcId).some((group) => group.groupName === groupName)) {
    throw new AwsFault('InvalidGroup.Duplicate', `The security group '${groupName}' already exists for VPC '${vpcId}'`)
  }
  const tags = specifiedTags(input.TagSpecifications, 'security-group')
  const group = {...network.identity('sg', tags), groupName, description, vpcId}
  network.securityGroups.set(group.id, group)
  allowAllEgress(network, group.id)
  return group
}

function checkedName(name: string | undefined): string {
  if (name === undefined || name === '') throw missingParameter('GroupName')
  if (name.startsWith('sg-')) {
    throw invalidValue(`Value (${name}) for parameter GroupName is invalid. Group names may not be in the format sg-*.`)
  }
  if (name === 'default') throw invalidValue('Cannot use reserved security group name: default')
  if (!describable.test(name)) {
    throw invalidValue(
      `Value (${name}) for parameter GroupName is invalid. Character sets beyond ASCII are not supported.`,
    )
  }
  return name
}

function checkedDescription(description: string | undefined): string {
  if (description === undefined || description === '') throw missingParameter('GroupDescription')
  if (!describable.test(description)) {
    throw invalidValue(
      'Invalid security group description. Valid descriptions are strings less than 256 characters from the ' +
        'following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*',
    )
  }
  return description
}

/** Refused while an interface uses the group or a rule of another group names it; its own rules go with it. */
function deleteGroup(network: Network, group: SecurityGroupRecord): void {
  if (group.groupName === 'default') {
    throw new AwsFault(
      'CannotDelete',
      `the specified group: "${group.id}" name: "${group.groupName}" cannot be deleted by a user`,
    )
  }
  const isNamed = [...network.rules.values()].some(
    ({groupId, peer}) => groupId !== group.id && peer.kind === 'group' && peer.groupId === group.id,
  )
  const isUsed = [...network.interfaces.values()].some(({groupIds}) => groupIds.includes(group.id))
  if (isNamed || isUsed) throw dependencyViolation(`resource ${group.id} has a dependent object`)
  for (const rule of network.rulesOf(group.id)) network.rules.delete(rule.id)
  network.securityGroups.delete(group.id)
}

const arnOf = ({scope}: Network, {id}: SecurityGroupRecord): string => regionalArn('ec2', scope, `security-group/${id}`)

function view(network: Network, group: SecurityGroupRecord): SecurityGroup {
  const rules = network.rulesOf(group.id)
  return {
    GroupId: group.id,
    GroupName: group.groupName,
    Description: group.description,
    OwnerId: network.scope.account,
    VpcId: group.vpcId,
    SecurityGroupArn: arnOf(network, group),
    IpPermissions: permissionViews(rules.filter(({isEgress}) => !isEgress)),
    IpPermissionsEgress: permissionViews(rules.filter(({isEgress}) => isEgress)),
    Tags: tagList(group.tags),
  }
}
