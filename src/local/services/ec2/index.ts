import {EC2Client} from '@aws-sdk/client-ec2'
import type {Clock} from '../../clock.js'
import type {NetworkPort} from '../../ports.js'
import type {StatePart} from '../../state/part.js'
import type {LocalService} from '../../wire/service.js'
import {NetworkStore} from './default-network.js'
import {describeNetworkInterfaces} from './network-interfaces.js'
import {networkPort} from './network-port.js'
import {describeRegions} from './regions.js'
import {routingOperations} from './routing.js'
import {ruleChangeOperations} from './rule-changes.js'
import {describeSecurityGroupRules} from './security-group-rules.js'
import {securityGroupOperations} from './security-groups.js'
import {modifySubnetAttribute} from './subnet-attributes.js'
import {subnetOperations} from './subnets.js'
import {tagOperations} from './tags.js'
import {vpcOperations} from './vpcs.js'
import {describeAvailabilityZones} from './zones.js'

/**
 * The network part of EC2. Every account has a default VPC in every region, with the same ids in every run; other ids
 * come from `random`, which answers numbers from 0 to below 1.
 */
export function createEc2({clock, random}: {clock: Clock; random: () => number}): {
  service: LocalService
  network: NetworkPort
  state: StatePart
} {
  const store = new NetworkStore(random)
  const operations = [
    describeAvailabilityZones,
    describeNetworkInterfaces(store),
    describeRegions,
    describeSecurityGroupRules(store),
    ...routingOperations(store),
    ...ruleChangeOperations(store),
    ...securityGroupOperations(store),
    ...subnetOperations(store),
    modifySubnetAttribute(store),
    ...tagOperations(store),
    ...vpcOperations(store),
  ]
  const service = {signingName: 'ec2', client: EC2Client, operations}
  return {service, network: networkPort(store, clock), state: store}
}
