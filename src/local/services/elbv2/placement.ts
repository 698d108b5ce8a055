import {AwsFault} from '../../aws-fault.js'
import type {LoadBalancerType} from '../../balancer/model.js'
import type {NetworkPort, SubnetView} from '../../ports.js'
import type {Scope} from '../../scope.js'
import {invalid, notEmulated, required} from './faults.js'

const misconfigured = (message: string): AwsFault => new AwsFault('InvalidConfigurationRequest', message)

export interface SubnetChoice {
  readonly Subnets?: readonly string[] | undefined
  readonly SubnetMappings?:
    | readonly {
        SubnetId?: string | undefined
        AllocationId?: string | undefined
        PrivateIPv4Address?: string | undefined
      }[]
    | undefined
}

function subnetIds({Subnets, SubnetMappings}: SubnetChoice): readonly string[] {
  if (Subnets !== undefined && SubnetMappings !== undefined) {
    throw invalid('You must specify either subnets or subnet mappings, but not both')
  }
  if (SubnetMappings?.some(({AllocationId, PrivateIPv4Address}) => AllocationId ?? PrivateIPv4Address)) {
    throw notEmulated('an address of your own for a load balancer')
  }
  const mapped = SubnetMappings?.map(({SubnetId}) => required(SubnetId, 'subnetMappings.member.subnetId'))
  return Subnets ?? mapped ?? []
}

/**
 * The subnets of a load balancer. An Application Load Balancer needs two at least; no load balancer takes two in one
 * Availability Zone, or subnets of different VPCs.
 *
 * @throws AwsFault ValidationError, SubnetNotFound or InvalidConfigurationRequest
 */
export function placeSubnets(
  network: NetworkPort,
  scope: Scope,
  type: LoadBalancerType,
  choice: SubnetChoice,
): [SubnetView, ...SubnetView[]] {
  const ids = [...new Set(subnetIds(choice))]
  if (type === 'application' && ids.length < 2) {
    throw invalid('At least two subnets in two different Availability Zones must be specified')
  }
  const [first, ...others] = ids.map((id) => {
    const subnet = network.findSubnet(scope, id)
    if (subnet === undefined) throw new AwsFault('SubnetNotFound', `The subnet ID '${id}' does not exist`)
    return subnet
  })
  if (first === undefined) throw invalid('At least one subnet must be specified')
  if (others.some(({vpcId}) => vpcId !== first.vpcId)) {
    throw misconfigured(`All subnets must belong to the same VPC: '${first.vpcId}'`)
  }
  const zones = new Set([first, ...others].map(({availabilityZone}) => availabilityZone))
  if (zones.size < ids.length) {
    throw misconfigured('A load balancer cannot be attached to multiple subnets in the same Availability Zone')
  }
  return [first, ...others]
}

/**
 * Checks that security groups exist in the VPC of a load balancer.
 *
 * @throws AwsFault InvalidSecurityGroup or InvalidConfigurationRequest
 */
export function checkSecurityGroups(
  network: NetworkPort,
  scope: Scope,
  vpcId: string,
  groupIds: readonly string[],
): void {
  for (const id of groupIds) {
    const group = network.findSecurityGroup(scope, id)
    if (group === undefined) throw new AwsFault('InvalidSecurityGroup', `The security group '${id}' does not exist`)
    if (group.vpcId !== vpcId) throw misconfigured(`Security group '${id}' does not belong to VPC '${vpcId}'`)
  }
}

/** The groups that a new load balancer gets: an ALB without any gets the default group of its VPC, an NLB none. */
export function initialSecurityGroups(
  network: NetworkPort,
  scope: Scope,
  {type, vpcId, wanted}: {type: LoadBalancerType; vpcId: string; wanted: readonly string[] | undefined},
): string[] {
  if (wanted !== undefined && wanted.length > 0) {
    checkSecurityGroups(network, scope, vpcId, wanted)
    return [...new Set(wanted)]
  }
  return type === 'application' ? [network.defaultSecurityGroup(scope, vpcId)] : []
}

/**
 * Checks that a VPC exists. The network has no question of its own for that, but every VPC has a default group.
 *
 * @throws AwsFault ValidationError
 */
export function checkVpc(network: NetworkPort, scope: Scope, vpcId: string): void {
  try {
    network.defaultSecurityGroup(scope, vpcId)
  } catch (error) {
    if (error instanceof AwsFault && error.code === 'InvalidVpcID.NotFound') {
      throw invalid(`The VPC ID '${vpcId}' is not found`)
    }
    throw error
  }
}
