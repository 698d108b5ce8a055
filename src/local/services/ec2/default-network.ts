import type {Scope} from '../../scope.js'
import {scopeKey} from '../../scope.js'
import type {StatePart} from '../../state/part.js'
import {formatCidr, parseCidr} from './addresses.js'
import {Network} from './network.js'
import type {Resource, RuleTerms, SecurityGroupRecord, VpcRecord} from './records.js'
import {zonesOf} from './zones.js'

/** How a new resource gets its identity: by chance, or fixed by a name in the default network. */
type Identify = (prefix: string, name: string) => Resource

/** The networks of all accounts and regions; each begins with the default VPC that AWS gives every account. */
export class NetworkStore implements StatePart {
  readonly depth = 3
  readonly #networks = new Map<string, Network>()
  readonly #random: () => number

  constructor(random: () => number) {
    this.#random = random
  }

  snapshot(): ReadonlyMap<string, unknown> {
    return new Map([...this.#networks].map(([key, network]) => [key, network.snapshot()]))
  }

  restore(snapshot: unknown): void {
    for (const [key, network] of Object.entries(snapshot as Record<string, Parameters<Network['restore']>[0]>)) {
      const [account = '', region = ''] = key.split('/')
      this.of({account, region}).restore(network)
    }
  }

  of({account, region}: Scope): Network {
    const key = scopeKey({account, region})
    const existing = this.#networks.get(key)
    if (existing !== undefined) return existing
    const network = new Network({account, region}, this.#random)
    addDefaultNetwork(network)
    this.#networks.set(key, network)
    return network
  }
}

/** The default VPC as AWS makes it: 172.31.0.0/16, a /20 subnet with public addresses per zone, a way to the internet. */
function addDefaultNetwork(network: Network): void {
  const identify: Identify = (prefix, name) => network.givenIdentity(prefix, name)
  const vpc = addVpc(network, {identity: identify('vpc', 'vpc'), cidrBlock: '172.31.0.0/16', isDefault: true, identify})
  const base = parseCidr(vpc.cidrBlock)?.base ?? 0
  for (const [index, zone] of zonesOf(network.scope.region).entries()) {
    const subnet = {
      ...identify('subnet', `subnet-${zone.name}`),
      vpcId: vpc.id,
      cidrBlock: formatCidr({base: base + index * 4096, prefix: 20}),
      availabilityZone: zone.name,
      availabilityZoneId: zone.id,
      defaultForAz: true,
      mapPublicIpOnLaunch: true,
      lastHost: 0,
    }
    network.subnets.set(subnet.id, subnet)
  }
  const gateway = {...identify('igw', 'internet-gateway'), vpcId: vpc.id}
  network.internetGateways.set(gateway.id, gateway)
}

interface VpcOptions {
  readonly identity: Resource
  readonly cidrBlock: string
  readonly isDefault: boolean
  readonly identify: Identify
}

/** Adds a VPC with what AWS makes beside it: the default security group and the main route table. */
export function addVpc(network: Network, {identity, cidrBlock, isDefault, identify}: VpcOptions): VpcRecord {
  const vpc: VpcRecord = {
    ...identity,
    cidrBlock,
    isDefault,
    dhcpOptionsId: network.givenIdentity('dopt', 'dhcp-options').id,
    cidrAssociationId: identify('vpc-cidr-assoc', 'cidr-association').id,
  }
  network.vpcs.set(vpc.id, vpc)

  const group: SecurityGroupRecord = {
    ...identify('sg', 'default-security-group'),
    groupName: 'default',
    description: 'default VPC security group',
    vpcId: vpc.id,
  }
  network.securityGroups.set(group.id, group)
  const fromItself: RuleTerms['peer'] = {kind: 'group', groupId: group.id, userId: network.scope.account}
  addRule(network, {identity: identify('sgr', 'default-ingress'), groupId: group.id, isEgress: false, peer: fromItself})
  addRule(network, {identity: identify('sgr', 'default-egress'), groupId: group.id, isEgress: true, peer: anywhere})

  const table = {
    ...identify('rtb', 'main-route-table'),
    vpcId: vpc.id,
    associationId: identify('rtbassoc', 'main-association').id,
  }
  network.routeTables.set(table.id, table)
  return vpc
}

const anywhere: RuleTerms['peer'] = {kind: 'ipv4', cidr: '0.0.0.0/0'}

/** Adds the rule that AWS gives every new security group: all traffic may leave. */
export const allowAllEgress = (network: Network, groupId: string): void =>
  addRule(network, {identity: network.identity('sgr'), groupId, isEgress: true, peer: anywhere})

function addRule(
  network: Network,
  {identity, ...rule}: {identity: Resource; groupId: string; isEgress: boolean; peer: RuleTerms['peer']},
): void {
  network.rules.set(identity.id, {...identity, ...rule, protocol: '-1', fromPort: -1, toPort: -1})
}
