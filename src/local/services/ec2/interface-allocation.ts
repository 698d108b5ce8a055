import {AwsFault} from '../../aws-fault.js'
import {firstHost, formatAddress, parseCidr, sizeOf} from './addresses.js'
import {differentNetworks} from './faults.js'
import type {Network} from './network.js'
import type {InterfaceRecord, SubnetRecord} from './records.js'

interface InterfaceOptions {
  readonly subnetId: string
  readonly securityGroupIds: readonly string[]
  readonly description: string
  readonly assignPublicIp: boolean
  /** Milliseconds since 1970. */
  readonly attachedAt: number
}

/**
 * Attaches a new interface to a subnet; without a security group it gets the default one of the VPC.
 *
 * @throws AwsFault InvalidSubnetID.NotFound, InvalidGroup.NotFound, InvalidParameter for a group of another VPC,
 * InsufficientFreeAddressesInSubnet.
 */
export function allocateInterface(network: Network, options: InterfaceOptions): InterfaceRecord {
  const subnet = network.subnet(options.subnetId)
  const groups = options.securityGroupIds.map((id) => network.securityGroup(id))
  if (groups.some(({vpcId}) => vpcId !== subnet.vpcId)) throw differentNetworks('InvalidParameter')
  const record: InterfaceRecord = {
    ...network.identity('eni'),
    subnetId: subnet.id,
    vpcId: subnet.vpcId,
    groupIds: groups.length > 0 ? groups.map(({id}) => id) : [defaultGroup(network, subnet.vpcId)],
    description: options.description,
    macAddress: ['0a', ...Array.from({length: 5}, () => network.hexDigits(2))].join(':'),
    privateIpAddress: freePrivateAddress(network, subnet),
    ...(options.assignPublicIp && {publicIpAddress: publicAddress(network)}),
    attachmentId: network.newId('eni-attach'),
    attachedAt: options.attachedAt,
  }
  network.interfaces.set(record.id, record)
  return record
}

/** @throws AwsFault InvalidVpcID.NotFound */
export function defaultGroup(network: Network, vpcId: string): string {
  const group = network.groupsOf(network.vpc(vpcId).id).find(({groupName}) => groupName === 'default')
  if (group === undefined) throw new Error(`The VPC ${vpcId} has lost its default security group.`)
  return group.id
}

/** `ip-172-31-0-4.ec2.internal`; outside us-east-1 the domain names the region. */
export const privateDnsName = (region: string, address: string): string =>
  `ip-${address.replaceAll('.', '-')}.${region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`}`

/** `ec2-198-18-0-1.compute-1.amazonaws.com`; outside us-east-1 the domain names the region. */
export const publicDnsName = (region: string, address: string): string =>
  `ec2-${address.replaceAll('.', '-')}.${region === 'us-east-1' ? 'compute-1' : `${region}.compute`}.amazonaws.com`

/** The next free address after the one handed out last, so that an address of a stopped task is not reused at once. */
function freePrivateAddress(network: Network, subnet: SubnetRecord): string {
  const cidr = parseCidr(subnet.cidrBlock)
  const taken = new Set<string>()
  for (const other of network.interfaces.values()) if (other.subnetId === subnet.id) taken.add(other.privateIpAddress)
  // The last address of a subnet is the broadcast address, which AWS keeps.
  const hosts = cidr === undefined ? 0 : sizeOf(cidr) - 1 - firstHost
  for (let step = 0; cidr !== undefined && step < hosts; step++) {
    const host = firstHost + ((Math.max(subnet.lastHost + 1, firstHost) - firstHost + step) % hosts)
    const address = formatAddress(cidr.base + host)
    if (taken.has(address)) continue
    subnet.lastHost = host
    return address
  }
  throw new AwsFault(
    'InsufficientFreeAddressesInSubnet',
    'The specified subnet does not have enough free addresses to satisfy the request.',
  )
}

/** 198.18.0.0/15 is set aside for tests of networks, so that no local "public" address is anybody's real one. */
const publicBlock = {base: 198 * 2 ** 24 + 18 * 2 ** 16, prefix: 15}

/** Comes round again after 2^17 interfaces, which is more than are attached at a time. */
const publicAddress = (network: Network): string =>
  formatAddress(publicBlock.base + (network.nextPublicHost() % sizeOf(publicBlock)))
