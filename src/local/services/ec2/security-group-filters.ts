import type {FilterFields} from './filters.js'
import type {Network} from './network.js'
import type {RuleRecord, SecurityGroupRecord} from './records.js'

/** What the `ip-permission.` and `egress.ip-permission.` filters look at. */
const ruleFields = (network: Network): FilterFields<RuleRecord> => ({
  cidr: ({peer}) => (peer.kind === 'ipv4' ? [peer.cidr] : []),
  'ipv6-cidr': ({peer}) => (peer.kind === 'ipv6' ? [peer.cidr] : []),
  'prefix-list-id': ({peer}) => (peer.kind === 'prefixList' ? [peer.prefixListId] : []),
  'group-id': ({peer}) => (peer.kind === 'group' ? [peer.groupId] : []),
  'group-name': ({peer}) => {
    const group = peer.kind === 'group' ? network.securityGroups.get(peer.groupId) : undefined
    return group === undefined ? [] : [group.groupName]
  },
  'user-id': ({peer}) => (peer.kind === 'group' ? [peer.userId] : []),
  'from-port': ({fromPort}) => (fromPort < 0 ? [] : [String(fromPort)]),
  'to-port': ({toPort}) => (toPort < 0 ? [] : [String(toPort)]),
  protocol: ({protocol}) => [protocol],
})

/** The filters of DescribeSecurityGroups. */
export function securityGroupFields(network: Network): FilterFields<SecurityGroupRecord> {
  const ofRules = Object.entries(ruleFields(network)).flatMap(([name, field]) =>
    [false, true].map((egress) => [
      `${egress ? 'egress.' : ''}ip-permission.${name}`,
      ({id}: SecurityGroupRecord) =>
        network.rulesOf(id).flatMap((rule) => (rule.isEgress === egress ? field(rule) : [])),
    ]),
  )
  return {
    'group-id': ({id}) => [id],
    'group-name': ({groupName}) => [groupName],
    description: ({description}) => [description],
    'vpc-id': ({vpcId}) => [vpcId],
    'owner-id': () => [network.scope.account],
    ...Object.fromEntries(ofRules),
  }
}
