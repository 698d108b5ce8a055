import type {IpPermission, SecurityGroupRule} from '@aws-sdk/client-ec2'
import {regionalArn} from '../../scope.js'
import type {Network} from './network.js'
import type {RequestedRule} from './permissions.js'
import type {RuleRecord, RuleTerms} from './records.js'
import {tagList} from './tag-sets.js'

/** A rule as DescribeSecurityGroupRules and the authorize calls show it. */
export function ruleView({scope}: Network, rule: RuleRecord): SecurityGroupRule {
  return {
    SecurityGroupRuleId: rule.id,
    SecurityGroupRuleArn: regionalArn('ec2', scope, `security-group-rule/${rule.id}`),
    GroupId: rule.groupId,
    GroupOwnerId: scope.account,
    IsEgress: rule.isEgress,
    IpProtocol: rule.protocol,
    FromPort: rule.fromPort,
    ToPort: rule.toPort,
    ...peerView(rule),
    ...descriptionOf(rule),
    Tags: tagList(rule.tags),
  }
}

/**
 * Rules as the permissions of a group: those of the same protocol and ports are one permission with several peers.
 * Ports are left out for protocols that have none.
 */
export function permissionViews(rules: readonly (RuleRecord | RequestedRule)[]): IpPermission[] {
  const byPorts = Map.groupBy(rules, ({protocol, fromPort, toPort}) => `${protocol} ${fromPort} ${toPort}`)
  return [...byPorts.values()].map((group) => ({
    ...portsView(group[0]),
    IpRanges: group.flatMap((rule) =>
      rule.peer.kind === 'ipv4' ? [{CidrIp: rule.peer.cidr, ...descriptionOf(rule)}] : [],
    ),
    Ipv6Ranges: group.flatMap((rule) =>
      rule.peer.kind === 'ipv6' ? [{CidrIpv6: rule.peer.cidr, ...descriptionOf(rule)}] : [],
    ),
    PrefixListIds: group.flatMap((rule) =>
      rule.peer.kind === 'prefixList' ? [{PrefixListId: rule.peer.prefixListId, ...descriptionOf(rule)}] : [],
    ),
    UserIdGroupPairs: group.flatMap((rule) =>
      rule.peer.kind === 'group'
        ? [{GroupId: rule.peer.groupId, UserId: rule.peer.userId, ...descriptionOf(rule)}]
        : [],
    ),
  }))
}

function portsView(rule: RuleTerms | undefined): IpPermission {
  if (rule === undefined) return {}
  const hasPorts = ['tcp', 'udp', 'icmp', 'icmpv6'].includes(rule.protocol)
  return {IpProtocol: rule.protocol, ...(hasPorts && {FromPort: rule.fromPort, ToPort: rule.toPort})}
}

function peerView({peer}: RuleTerms): SecurityGroupRule {
  switch (peer.kind) {
    case 'ipv4':
      return {CidrIpv4: peer.cidr}
    case 'ipv6':
      return {CidrIpv6: peer.cidr}
    case 'prefixList':
      return {PrefixListId: peer.prefixListId}
    case 'group':
      return {ReferencedGroupInfo: {GroupId: peer.groupId, UserId: peer.userId}}
  }
}

const descriptionOf = ({description}: {description?: string}): {Description?: string} =>
  description === undefined ? {} : {Description: description}
