import type {IpPermission} from '@aws-sdk/client-ec2'
import {AwsFault} from '../../aws-fault.js'
import {formatCidr, isIpv6Cidr, parseCidr} from './addresses.js'
import {differentNetworks, invalidValue, missingParameter} from './faults.js'
import type {Network} from './network.js'
import type {Peer, RuleTerms, SecurityGroupRecord} from './records.js'

/** One rule that a request names, with the description that is no part of the rule's identity. */
export interface RequestedRule extends RuleTerms {
  readonly description?: string
}

/** What may be written about a rule, and about a group. */
export const describable = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/

const protocolNames: Readonly<Record<string, string>> = {'1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6'}

/**
 * The single rules that permissions stand for, one for each peer. Blocks come out in canonical form.
 *
 * @throws AwsFault for anything that EC2 refuses: protocol, ports, blocks, unknown groups, the same rule twice.
 */
export function requestedRules(
  network: Network,
  group: SecurityGroupRecord,
  permissions: readonly IpPermission[],
): RequestedRule[] {
  const rules = permissions.flatMap((permission) => {
    const ports = protocolAndPorts(permission)
    const peers = peersOf(network, group, permission)
    if (peers.length === 0) throw new AwsFault('MissingParameter', 'Source group ID missing.')
    return peers.map((peer) => ({...peer, ...ports}))
  })
  if (new Set(rules.map(ruleKey)).size < rules.length) {
    throw invalidValue('The same permission must not appear multiple times')
  }
  return rules
}

/** The same for two rules that EC2 holds to be the same. */
export function ruleKey({protocol, fromPort, toPort, peer}: RuleTerms): string {
  return JSON.stringify([protocol, fromPort, toPort, peerId(peer)])
}

/** How errors name the other side of a rule. */
export function peerId(peer: Peer): string {
  if (peer.kind === 'group') return peer.groupId
  return peer.kind === 'prefixList' ? peer.prefixListId : peer.cidr
}

function protocolAndPorts({
  IpProtocol,
  FromPort,
  ToPort,
}: IpPermission): Pick<RuleTerms, 'protocol' | 'fromPort' | 'toPort'> {
  const protocol = protocolOf(IpProtocol)
  if (protocol === 'tcp' || protocol === 'udp') {
    return {protocol, ...portRange(FromPort, ToPort)}
  }
  // For ICMP the two numbers are type and code, -1 for any; the other protocols have no ports.
  const isIcmp = protocol === 'icmp' || protocol === 'icmpv6'
  return {protocol, fromPort: isIcmp ? (FromPort ?? -1) : -1, toPort: isIcmp ? (ToPort ?? -1) : -1}
}

function protocolOf(protocol: string | undefined): string {
  if (protocol === undefined) throw missingParameter('ipProtocol')
  const name = protocolNames[protocol] ?? protocol.toLowerCase()
  const isKnown =
    ['-1', 'tcp', 'udp', 'icmp', 'icmpv6'].includes(name) || (/^\d{1,3}$/.test(name) && Number(name) < 256)
  if (!isKnown) throw invalidValue(`Invalid value '${protocol}' for IP protocol. Unknown protocol.`)
  return name
}

function portRange(from: number | undefined, to: number | undefined): {fromPort: number; toPort: number} {
  if (from === undefined || to === undefined) {
    throw invalidValue("Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.")
  }
  if (from < 0 || from > 65535) throw invalidValue(`TCP/UDP (from) port (${from}) out of range`)
  if (to < 0 || to > 65535) throw invalidValue(`TCP/UDP (to) port (${to}) out of range`)
  if (from > to) throw invalidValue(`Invalid TCP/UDP port range (${from}:${to})`)
  return {fromPort: from, toPort: to}
}

type RequestedPeer = Pick<RequestedRule, 'peer' | 'description'>

function peersOf(network: Network, group: SecurityGroupRecord, permission: IpPermission): RequestedPeer[] {
  return [
    ...(permission.IpRanges ?? []).map(({CidrIp, Description}) => described(ipv4Peer(CidrIp), Description)),
    ...(permission.Ipv6Ranges ?? []).map(({CidrIpv6, Description}) => described(ipv6Peer(CidrIpv6), Description)),
    ...(permission.PrefixListIds ?? []).map(({PrefixListId, Description}) =>
      described({kind: 'prefixList', prefixListId: required(PrefixListId, 'prefixListId')}, Description),
    ),
    ...(permission.UserIdGroupPairs ?? []).map((pair) =>
      described({kind: 'group', ...peerGroup(network, group, pair)}, pair.Description),
    ),
  ]
}

function described(peer: Peer, description: string | undefined): RequestedPeer {
  if (description === undefined) return {peer}
  if (!describable.test(description)) {
    throw invalidValue(
      'Invalid rule description. Valid descriptions are strings less than 256 characters from the following set:  ' +
        'a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*',
    )
  }
  return {peer, description}
}

function ipv4Peer(text: string | undefined): Peer {
  const cidr = parseCidr(required(text, 'cidrIp'))
  if (cidr === undefined) throw invalidValue(`CIDR block ${text} is malformed`)
  return {kind: 'ipv4', cidr: formatCidr(cidr)}
}

function ipv6Peer(text: string | undefined): Peer {
  const cidr = required(text, 'cidrIpv6').toLowerCase()
  if (!isIpv6Cidr(cidr)) throw invalidValue(`CIDR block ${text} is malformed`)
  return {kind: 'ipv6', cidr}
}

/** The group that a pair names, by id or by its name in the same VPC. Groups of other accounts are not checked. */
function peerGroup(
  network: Network,
  group: SecurityGroupRecord,
  {GroupId, GroupName, UserId}: NonNullable<IpPermission['UserIdGroupPairs']>[number],
): {groupId: string; userId: string} {
  const userId = UserId ?? network.scope.account
  if (GroupId !== undefined && userId !== network.scope.account) return {groupId: GroupId, userId}
  if (GroupId !== undefined) {
    const peer = network.securityGroup(GroupId)
    if (peer.vpcId !== group.vpcId) throw differentNetworks('InvalidGroup.NotFound')
    return {groupId: peer.id, userId}
  }
  if (GroupName === undefined) throw new AwsFault('MissingParameter', 'Source group ID missing.')
  const named = network.groupsOf(group.vpcId).find(({groupName}) => groupName === GroupName)
  if (named === undefined) throw differentNetworks('InvalidGroup.NotFound')
  return {groupId: named.id, userId}
}

function required(value: string | undefined, name: string): string {
  if (value === undefined) throw missingParameter(name)
  return value
}
