import type {
  CreateSubnetCommandInput,
  CreateSubnetCommandOutput,
  DeleteSubnetCommandInput,
  DeleteSubnetCommandOutput,
  DescribeSubnetsCommandInput,
  DescribeSubnetsCommandOutput,
  Subnet,
} from '@aws-sdk/client-ec2'
import {CreateSubnet$, DeleteSubnet$, DescribeSubnets$} from '@aws-sdk/client-ec2'
import {AwsFault} from '../../aws-fault.js'
import {regionalArn} from '../../scope.js'
import type {Operation} from '../../wire/service.js'
import {containsCidr, formatCidr, overlaps, parseCidr, reservedPerSubnet, sizeOf} from './addresses.js'
import type {NetworkStore} from './default-network.js'
import {ec2Operation} from './dry-run.js'
import {dependencyViolation, invalidValue, missingParameter} from './faults.js'
import type {FilterFields} from './filters.js'
import {applyResourceFilters} from './filters.js'
import type {Network} from './network.js'
import {pageOf} from './paging.js'
import type {SubnetRecord, VpcRecord} from './records.js'
import {specifiedTags, tagList} from './tag-sets.js'
import type {Zone} from './zones.js'
import {zonesOf} from './zones.js'

const filterFields = (network: Network): FilterFields<SubnetRecord> => ({
  'subnet-id': ({id}) => [id],
  'subnet-arn': (subnet) => [arnOf(network, subnet)],
  'vpc-id': ({vpcId}) => [vpcId],
  'availability-zone': ({availabilityZone}) => [availabilityZone],
  availabilityZone: ({availabilityZone}) => [availabilityZone],
  'availability-zone-id': ({availabilityZoneId}) => [availabilityZoneId],
  availabilityZoneId: ({availabilityZoneId}) => [availabilityZoneId],
  'available-ip-address-count': (subnet) => [String(freeAddresses(network, subnet))],
  cidr: ({cidrBlock}) => [cidrBlock],
  cidrBlock: ({cidrBlock}) => [cidrBlock],
  'cidr-block': ({cidrBlock}) => [cidrBlock],
  'default-for-az': ({defaultForAz}) => [String(defaultForAz)],
  defaultForAz: ({defaultForAz}) => [String(defaultForAz)],
  'map-public-ip-on-launch': ({mapPublicIpOnLaunch}) => [String(mapPublicIpOnLaunch)],
  'ipv6-native': () => ['false'],
  'owner-id': () => [network.scope.account],
  state: () => ['available'],
})

/** DescribeSubnets, CreateSubnet and DeleteSubnet. */
export const subnetOperations = (store: NetworkStore): Operation[] => [
  ec2Operation<DescribeSubnetsCommandInput, DescribeSubnetsCommandOutput>(DescribeSubnets$, (input, scope) => {
    const network = store.of(scope)
    const subnets = input.SubnetIds?.map((id) => network.subnet(id)) ?? [...network.subnets.values()]
    const {items, next} = pageOf(applyResourceFilters(subnets, input.Filters, filterFields(network)), input)
    return {...next, Subnets: items.map((subnet) => view(network, subnet))}
  }),

  ec2Operation<CreateSubnetCommandInput, CreateSubnetCommandOutput>(CreateSubnet$, (input, scope) => {
    const network = store.of(scope)
    if (input.VpcId === undefined) throw missingParameter('vpcId')
    const vpc = network.vpc(input.VpcId)
    const zone = chooseZone(scope.region, input)
    const subnet: SubnetRecord = {
      ...network.identity('subnet', specifiedTags(input.TagSpecifications, 'subnet')),
      vpcId: vpc.id,
      cidrBlock: freeBlock(network, vpc, input.CidrBlock),
      availabilityZone: zone.name,
      availabilityZoneId: zone.id,
      defaultForAz: false,
      mapPublicIpOnLaunch: false,
      lastHost: 0,
    }
    network.subnets.set(subnet.id, subnet)
    return {Subnet: view(network, subnet)}
  }),

  ec2Operation<DeleteSubnetCommandInput, DeleteSubnetCommandOutput>(DeleteSubnet$, (input, scope) => {
    const network = store.of(scope)
    if (input.SubnetId === undefined) throw missingParameter('subnetId')
    const subnet = network.subnet(input.SubnetId)
    if (interfacesIn(network, subnet) > 0) {
      throw dependencyViolation(`The subnet '${subnet.id}' has dependencies and cannot be deleted.`)
    }
    network.subnets.delete(subnet.id)
    return {}
  }),
]

/** The block of a new subnet in canonical form: /16 to /28, inside its VPC, and apart from the other subnets. */
function freeBlock(network: Network, vpc: VpcRecord, cidrBlock: string | undefined): string {
  if (cidrBlock === undefined) throw missingParameter('cidrBlock')
  const cidr = parseCidr(cidrBlock)
  const space = parseCidr(vpc.cidrBlock)
  const fits = cidr !== undefined && space !== undefined && containsCidr(space, cidr)
  if (!fits || cidr.prefix < 16 || cidr.prefix > 28) {
    throw new AwsFault('InvalidSubnet.Range', `The CIDR '${cidrBlock}' is invalid.`)
  }
  const isTaken = [...network.subnets.values()].some((subnet) => {
    const other = subnet.vpcId === vpc.id ? parseCidr(subnet.cidrBlock) : undefined
    return other !== undefined && overlaps(cidr, other)
  })
  if (isTaken) throw new AwsFault('InvalidSubnet.Conflict', `The CIDR '${cidrBlock}' conflicts with another subnet`)
  return formatCidr(cidr)
}

/** The zone that is asked for; AWS chooses one where none is, here always the first. */
function chooseZone(
  region: string,
  input: Pick<CreateSubnetCommandInput, 'AvailabilityZone' | 'AvailabilityZoneId'>,
): Zone {
  const zones = zonesOf(region)
  const wanted = input.AvailabilityZone ?? input.AvailabilityZoneId
  const zone = zones.find(({name, id}) => wanted === undefined || wanted === name || wanted === id)
  if (zone !== undefined) return zone
  throw invalidValue(
    `Value (${wanted}) for parameter availabilityZone is invalid. Subnets can currently only be created in the ` +
      `following availability zones: ${zones.map(({name}) => name).join(', ')}.`,
  )
}

const arnOf = ({scope}: Network, {id}: SubnetRecord): string => regionalArn('ec2', scope, `subnet/${id}`)

const interfacesIn = (network: Network, {id}: SubnetRecord): number =>
  [...network.interfaces.values()].filter(({subnetId}) => subnetId === id).length

function freeAddresses(network: Network, subnet: SubnetRecord): number {
  const cidr = parseCidr(subnet.cidrBlock)
  return cidr === undefined ? 0 : sizeOf(cidr) - reservedPerSubnet - interfacesIn(network, subnet)
}

const view = (network: Network, subnet: SubnetRecord): Subnet => ({
  SubnetId: subnet.id,
  SubnetArn: arnOf(network, subnet),
  VpcId: subnet.vpcId,
  OwnerId: network.scope.account,
  CidrBlock: subnet.cidrBlock,
  AvailabilityZone: subnet.availabilityZone,
  AvailabilityZoneId: subnet.availabilityZoneId,
  AvailableIpAddressCount: freeAddresses(network, subnet),
  DefaultForAz: subnet.defaultForAz,
  MapPublicIpOnLaunch: subnet.mapPublicIpOnLaunch,
  MapCustomerOwnedIpOnLaunch: false,
  AssignIpv6AddressOnCreation: false,
  Ipv6CidrBlockAssociationSet: [],
  Ipv6Native: false,
  EnableDns64: false,
  PrivateDnsNameOptionsOnLaunch: {
    HostnameType: 'ip-name',
    EnableResourceNameDnsARecord: false,
    EnableResourceNameDnsAAAARecord: false,
  },
  State: 'available',
  Tags: tagList(subnet.tags),
})
