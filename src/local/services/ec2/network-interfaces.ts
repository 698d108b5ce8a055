import type {
  DescribeNetworkInterfacesCommandInput,
  DescribeNetworkInterfacesCommandOutput,
  NetworkInterface,
} from '@aws-sdk/client-ec2'
import {DescribeNetworkInterfaces$} from '@aws-sdk/client-ec2'
import {AwsFault} from '../../aws-fault.js'
import type {Operation} from '../../wire/service.js'
import type {NetworkStore} from './default-network.js'
import {ec2Operation} from './dry-run.js'
import type {FilterFields} from './filters.js'
import {applyResourceFilters} from './filters.js'
import {privateDnsName, publicDnsName} from './interface-allocation.js'
import type {Network} from './network.js'
import {pageOf} from './paging.js'
import type {InterfaceRecord} from './records.js'
import {tagList} from './tag-sets.js'

/** The account of Fargate, which asks for the interfaces of tasks and owns what they are attached to. */
const requesterId = '578734482556'

const some = (value: string | undefined): string[] => (value === undefined ? [] : [value])

const filterFields = (network: Network): FilterFields<InterfaceRecord> => ({
  'network-interface-id': ({id}) => [id],
  'subnet-id': ({subnetId}) => [subnetId],
  'vpc-id': ({vpcId}) => [vpcId],
  'availability-zone': ({subnetId}) => [network.subnet(subnetId).availabilityZone],
  description: ({description}) => [description],
  'group-id': ({groupIds}) => groupIds,
  'group-name': ({groupIds}) => groupIds.map((id) => network.securityGroup(id).groupName),
  'interface-type': () => ['interface'],
  'mac-address': ({macAddress}) => [macAddress],
  'owner-id': () => [network.scope.account],
  'private-ip-address': ({privateIpAddress}) => [privateIpAddress],
  'private-dns-name': ({privateIpAddress}) => [privateDnsName(network.scope.region, privateIpAddress)],
  'addresses.private-ip-address': ({privateIpAddress}) => [privateIpAddress],
  'addresses.primary': () => ['true'],
  'addresses.association.public-ip': ({publicIpAddress}) => some(publicIpAddress),
  'addresses.association.owner-id': ({publicIpAddress}) => some(publicIpAddress && 'amazon'),
  'association.public-ip': ({publicIpAddress}) => some(publicIpAddress),
  'association.public-dns-name': ({publicIpAddress}) =>
    publicIpAddress === undefined ? [] : [publicDnsName(network.scope.region, publicIpAddress)],
  'association.ip-owner-id': ({publicIpAddress}) => some(publicIpAddress && 'amazon'),
  'attachment.attachment-id': ({attachmentId}) => [attachmentId],
  'attachment.device-index': () => ['1'],
  'attachment.delete-on-termination': () => ['false'],
  'attachment.instance-owner-id': () => [requesterId],
  'attachment.status': () => ['attached'],
  'requester-id': () => [requesterId],
  'requester-managed': () => ['true'],
  'source-dest-check': () => ['true'],
  status: () => ['in-use'],
})

/** DescribeNetworkInterfaces. */
export const describeNetworkInterfaces = (store: NetworkStore): Operation =>
  ec2Operation<DescribeNetworkInterfacesCommandInput, DescribeNetworkInterfacesCommandOutput>(
    DescribeNetworkInterfaces$,
    (input, scope) => {
      const network = store.of(scope)
      const ids = input.NetworkInterfaceIds
      if (ids !== undefined && ids.length > 0 && input.MaxResults !== undefined) {
        throw new AwsFault(
          'InvalidParameterCombination',
          'The parameter networkInterfaceIdSet cannot be used with the parameter maxResults',
        )
      }
      const interfaces = ids?.map((id) => network.networkInterface(id)) ?? [...network.interfaces.values()]
      const {items, next} = pageOf(applyResourceFilters(interfaces, input.Filters, filterFields(network)), input)
      return {...next, NetworkInterfaces: items.map((one) => view(network, one))}
    },
  )

function view(network: Network, one: InterfaceRecord): NetworkInterface {
  const {account, region} = network.scope
  const dnsName = privateDnsName(region, one.privateIpAddress)
  const association = one.publicIpAddress !== undefined && {
    Association: {
      IpOwnerId: 'amazon',
      PublicIp: one.publicIpAddress,
      PublicDnsName: publicDnsName(region, one.publicIpAddress),
    },
  }
  return {
    NetworkInterfaceId: one.id,
    SubnetId: one.subnetId,
    VpcId: one.vpcId,
    AvailabilityZone: network.subnet(one.subnetId).availabilityZone,
    OwnerId: account,
    Description: one.description,
    InterfaceType: 'interface',
    MacAddress: one.macAddress,
    PrivateIpAddress: one.privateIpAddress,
    PrivateDnsName: dnsName,
    PrivateIpAddresses: [
      {Primary: true, PrivateIpAddress: one.privateIpAddress, PrivateDnsName: dnsName, ...association},
    ],
    Ipv6Addresses: [],
    ...association,
    Attachment: {
      AttachmentId: one.attachmentId,
      AttachTime: new Date(one.attachedAt),
      DeleteOnTermination: false,
      DeviceIndex: 1,
      InstanceOwnerId: requesterId,
      Status: 'attached',
    },
    Groups: one.groupIds.map((id) => ({GroupId: id, GroupName: network.securityGroup(id).groupName})),
    RequesterId: requesterId,
    RequesterManaged: true,
    SourceDestCheck: true,
    Status: 'in-use',
    TagSet: tagList(one.tags),
  }
}
