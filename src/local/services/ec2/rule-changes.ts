import type {
  AuthorizeSecurityGroupEgressCommandInput,
  AuthorizeSecurityGroupEgressCommandOutput,
  AuthorizeSecurityGroupIngressCommandInput,
  AuthorizeSecurityGroupIngressCommandOutput,
  IpPermission,
  RevokedSecurityGroupRule,
  RevokeSecurityGroupEgressCommandInput,
  RevokeSecurityGroupEgressCommandOutput,
  RevokeSecurityGroupIngressCommandInput,
  RevokeSecurityGroupIngressCommandOutput,
} from '@aws-sdk/client-ec2'
import {
  AuthorizeSecurityGroupEgress$,
  AuthorizeSecurityGroupIngress$,
  RevokeSecurityGroupEgress$,
  RevokeSecurityGroupIngress$,
} from '@aws-sdk/client-ec2'
import {AwsFault} from '../../aws-fault.js'
import type {Operation} from '../../wire/service.js'
import type {NetworkStore} from './default-network.js'
import {ec2Operation} from './dry-run.js'
import type {Network} from './network.js'
import type {RequestedRule} from './permissions.js'
import {peerId, requestedRules, ruleKey} from './permissions.js'
import type {RuleRecord, RuleTerms, SecurityGroupRecord} from './records.js'
import {permissionViews, ruleView} from './rule-views.js'
import {targetGroup} from './security-groups.js'
import {specifiedTags} from './tag-sets.js'

/** AWS's default quota, for each direction. */
const maximumRules = 60

type AuthorizeInput = AuthorizeSecurityGroupIngressCommandInput
type RevokeInput = RevokeSecurityGroupIngressCommandInput

/** The authorize and revoke calls, for both directions. */
export const ruleChangeOperations = (store: NetworkStore): Operation[] => [
  ec2Operation<AuthorizeSecurityGroupIngressCommandInput, AuthorizeSecurityGroupIngressCommandOutput>(
    AuthorizeSecurityGroupIngress$,
    (input, scope) => authorize(store.of(scope), input, false),
  ),
  ec2Operation<AuthorizeSecurityGroupEgressCommandInput, AuthorizeSecurityGroupEgressCommandOutput>(
    AuthorizeSecurityGroupEgress$,
    (input, scope) => authorize(store.of(scope), input, true),
  ),
  ec2Operation<RevokeSecurityGroupIngressCommandInput, RevokeSecurityGroupIngressCommandOutput>(
    RevokeSecurityGroupIngress$,
    (input, scope) => revoke(store.of(scope), input, false),
  ),
  ec2Operation<RevokeSecurityGroupEgressCommandInput, RevokeSecurityGroupEgressCommandOutput>(
    RevokeSecurityGroupEgress$,
    (input, scope) => revoke(store.of(scope), input, true),
  ),
]

function authorize(network: Network, input: AuthorizeInput, isEgress: boolean) {
  const group = targetGroup(network, input)
  const wanted = requestedRules(network, group, permissionsOf(input))
  const present = network.rulesOf(group.id).filter((rule) => rule.isEgress === isEgress)
  const keys = new Set(present.map(ruleKey))
  const duplicate = wanted.find((rule) => keys.has(ruleKey(rule)))
  if (duplicate !== undefined) {
    throw new AwsFault('InvalidPermission.Duplicate', `the specified rule "${ruleText(duplicate)}" already exists`)
  }
  if (present.length + wanted.length > maximumRules) {
    throw new AwsFault(
      'RulesPerSecurityGroupLimitExceeded',
      'The maximum number of rules per security group has been reached.',
    )
  }
  const tags = specifiedTags(input.TagSpecifications, 'security-group-rule')
  const added = wanted.map((rule) => ({...network.identity('sgr', tags), ...rule, groupId: group.id, isEgress}))
  for (const rule of added) network.rules.set(rule.id, rule)
  return {Return: true, SecurityGroupRules: added.map((rule) => ruleView(network, rule))}
}

function revoke(network: Network, input: RevokeInput, isEgress: boolean) {
  const group = targetGroup(network, input)
  const present = network.rulesOf(group.id).filter((rule) => rule.isEgress === isEgress)
  const {found, unknown} =
    input.SecurityGroupRuleIds === undefined
      ? matchRules(present, requestedRules(network, group, permissionsOf(input)))
      : {found: rulesById(network, present, input.SecurityGroupRuleIds), unknown: []}
  // In the default VPC, EC2 reports what it did not find; in any other it revokes nothing and fails.
  if (unknown.length > 0 && !isInDefaultVpc(network, group)) {
    throw new AwsFault('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.')
  }
  for (const rule of found) network.rules.delete(rule.id)
  return {
    Return: true,
    RevokedSecurityGroupRules: found.map(revokedView),
    ...(unknown.length > 0 && {UnknownIpPermissions: permissionViews(unknown)}),
  }
}

function matchRules(
  present: readonly RuleRecord[],
  wanted: readonly RequestedRule[],
): {found: RuleRecord[]; unknown: RequestedRule[]} {
  const byKey = new Map(present.map((rule) => [ruleKey(rule), rule]))
  const found = wanted.flatMap((rule) => byKey.get(ruleKey(rule)) ?? [])
  return {found, unknown: wanted.filter((rule) => !byKey.has(ruleKey(rule)))}
}

function rulesById(network: Network, present: readonly RuleRecord[], ids: readonly string[]): RuleRecord[] {
  return ids.map((id) => {
    const rule = network.rule(id)
    if (present.includes(rule)) return rule
    throw new AwsFault('InvalidSecurityGroupRuleId.NotFound', `The security group rule ID '${id}' does not exist`)
  })
}

const isInDefaultVpc = (network: Network, group: SecurityGroupRecord): boolean => network.vpc(group.vpcId).isDefault

/** The permissions of a request: the list, or the one rule that the flat parameters of old describe. */
function permissionsOf(input: AuthorizeInput | RevokeInput): readonly IpPermission[] {
  const isFlat =
    input.IpProtocol !== undefined || input.CidrIp !== undefined || input.SourceSecurityGroupName !== undefined
  if (isFlat && input.IpPermissions !== undefined) {
    throw new AwsFault(
      'InvalidParameterCombination',
      'The parameter ipPermissions may not be used together with ipProtocol, cidrIp or sourceSecurityGroupName',
    )
  }
  if (isFlat) return [flatPermission(input)]
  if (input.IpPermissions !== undefined && input.IpPermissions.length > 0) return input.IpPermissions
  const alternative = 'SecurityGroupRuleIds' in input ? " or 'securityGroupRuleIds'" : ''
  throw new AwsFault('MissingParameter', `Either 'ipPermissions'${alternative} should be provided.`)
}

const flatPermission = (input: AuthorizeInput): IpPermission => ({
  IpProtocol: input.IpProtocol,
  FromPort: input.FromPort,
  ToPort: input.ToPort,
  ...(input.CidrIp !== undefined && {IpRanges: [{CidrIp: input.CidrIp}]}),
  ...(input.SourceSecurityGroupName !== undefined && {
    UserIdGroupPairs: [{GroupName: input.SourceSecurityGroupName, UserId: input.SourceSecurityGroupOwnerId}],
  }),
})

/** A rule as EC2's duplicate error puts it, for instance `peer: 0.0.0.0/0, TCP, from port: 80, to port: 80, ALLOW`. */
function ruleText({protocol, fromPort, toPort, peer}: RuleTerms): string {
  const parts: Readonly<Record<string, string>> = {
    '-1': 'ALL',
    tcp: `TCP, from port: ${fromPort}, to port: ${toPort}`,
    udp: `UDP, from port: ${fromPort}, to port: ${toPort}`,
    icmp: `ICMP, type: ${fromPort}, code: ${toPort}`,
    icmpv6: `ICMPv6, type: ${fromPort}, code: ${toPort}`,
  }
  return `peer: ${peerId(peer)}, ${parts[protocol] ?? `protocol: ${protocol}`}, ALLOW`
}

function revokedView(rule: RuleRecord): RevokedSecurityGroupRule {
  const {peer} = rule
  return {
    SecurityGroupRuleId: rule.id,
    GroupId: rule.groupId,
    IsEgress: rule.isEgress,
    IpProtocol: rule.protocol,
    FromPort: rule.fromPort,
    ToPort: rule.toPort,
    ...(peer.kind === 'ipv4' && {CidrIpv4: peer.cidr}),
    ...(peer.kind === 'ipv6' && {CidrIpv6: peer.cidr}),
    ...(peer.kind === 'prefixList' && {PrefixListId: peer.prefixListId}),
    ...(peer.kind === 'group' && {ReferencedGroupId: peer.groupId}),
    ...(rule.description !== undefined && {Description: rule.description}),
  }
}
