import type {Clock} from '../../clock.js'
import type {NetworkInterfaceView, NetworkPort} from '../../ports.js'
import type {NetworkStore} from './default-network.js'
import {allocateInterface, defaultGroup, privateDnsName} from './interface-allocation.js'
import type {InterfaceRecord} from './records.js'

/**
 * The network as the other services use it. The faults are those of EC2: a service that has texts of its own asks
 * with `findSubnet` and `findSecurityGroup` first.
 */
export const networkPort = (store: NetworkStore, clock: Clock): NetworkPort => ({
  findSubnet(scope, subnetId) {
    const subnet = store.of(scope).subnets.get(subnetId)
    return subnet && {subnetId: subnet.id, vpcId: subnet.vpcId, availabilityZone: subnet.availabilityZone}
  },

  findSecurityGroup(scope, groupId) {
    const group = store.of(scope).securityGroups.get(groupId)
    return group && {groupId: group.id, vpcId: group.vpcId}
  },

  defaultSecurityGroup: (scope, vpcId) => defaultGroup(store.of(scope), vpcId),

  createInterface(scope, options) {
    const record = allocateInterface(store.of(scope), {...options, attachedAt: clock.now()})
    return interfaceView(record, scope.region)
  },

  deleteInterface(scope, networkInterfaceId) {
    const network = store.of(scope)
    network.interfaces.delete(network.networkInterface(networkInterfaceId).id)
  },
})

const interfaceView = (record: InterfaceRecord, region: string): NetworkInterfaceView => ({
  networkInterfaceId: record.id,
  macAddress: record.macAddress,
  privateIpAddress: record.privateIpAddress,
  privateDnsName: privateDnsName(region, record.privateIpAddress),
  ...(record.publicIpAddress !== undefined && {publicIpAddress: record.publicIpAddress}),
  subnetId: record.subnetId,
  vpcId: record.vpcId,
})
