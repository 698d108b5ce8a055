import type {AwsClients} from '../../aws/clients.js'
import type {Subnet} from '../../ec2/subnets.js'
import {defaultSubnets, subnetsById} from '../../ec2/subnets.js'
import {UsageError} from '../../errors/errors.js'
import type {Step} from '../../plan/step.js'
import {lookUp} from '../../plan/step.js'

/** Subnets of one VPC. */
export interface Network {
  readonly vpcId: string
  readonly subnets: readonly Subnet[]
}

/** The subnets that are named, or the default subnets of the region's default VPC. */
export function networkStep(aws: Pick<AwsClients, 'ec2'>, subnetIds: readonly string[]): Step<Network> {
  return lookUp({
    id: 'network',
    title: 'subnets',
    find: () => findNetwork(aws, subnetIds),
  })
}

/**
 * @throws UsageError when a subnet does not exist, when they are of different VPCs, or when none is named and the
 *   region has no default VPC
 */
export async function findNetwork(aws: Pick<AwsClients, 'ec2'>, subnetIds: readonly string[]): Promise<Network> {
  const subnets = await (subnetIds.length > 0 ? subnetsById(aws.ec2, subnetIds) : defaultSubnets(aws.ec2))
  const [first, ...others] = subnets
  if (first === undefined) {
    throw new UsageError('NO_DEFAULT_SUBNETS', 'this region has no default VPC with default subnets', {
      hints: ['name subnets: --subnet-id subnet-…', 'or make a default VPC: aws ec2 create-default-vpc'],
    })
  }
  const stranger = others.find(({vpcId}) => vpcId !== first.vpcId)
  if (stranger !== undefined) {
    throw new UsageError(
      'SUBNETS_OF_SEVERAL_VPCS',
      `subnet ${first.id} is in ${first.vpcId} and subnet ${stranger.id} in ${stranger.vpcId}: all must be in one VPC`,
    )
  }
  return {vpcId: first.vpcId, subnets}
}
