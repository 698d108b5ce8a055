import {isAwsError} from '../aws/errors.js'
import {collect} from '../aws/paging.js'
import {UsageError} from '../errors/errors.js'
import type {Ec2} from './sdk.js'

export interface Subnet {
  readonly id: string
  readonly vpcId: string
  readonly availabilityZone: string
}

/** The default subnets of the region's default VPC, one for each availability zone; none where it was deleted. */
export async function defaultSubnets(ec2: Ec2): Promise<Subnet[]> {
  return describe(ec2, {Filters: [{Name: 'default-for-az', Values: ['true']}]})
}

/**
 * The subnets with these ids, in the order given.
 *
 * @throws UsageError SUBNET_NOT_FOUND when one does not exist in the region
 */
export async function subnetsById(ec2: Ec2, ids: readonly string[]): Promise<Subnet[]> {
  try {
    const subnets = await describe(ec2, {SubnetIds: [...ids]})
    return ids.flatMap((id) => subnets.find((subnet) => subnet.id === id) ?? [])
  } catch (error) {
    if (!isAwsError(error, 'InvalidSubnetID.NotFound', 'InvalidSubnetId.Malformed', 'InvalidSubnetID.Malformed'))
      throw error
    throw new UsageError('SUBNET_NOT_FOUND', error.message, {
      cause: error,
      hints: ['list the subnets of the region: aws ec2 describe-subnets'],
    })
  }
}

async function describe(ec2: Ec2, query: {SubnetIds?: string[]; Filters?: {Name: string; Values: string[]}[]}) {
  const subnets = await collect(
    (NextToken) => ec2('DescribeSubnets', {...query, ...(NextToken && {NextToken})}),
    (page) => page.NextToken,
    (page) => page.Subnets,
  )
  return subnets.map(({SubnetId = '', VpcId = '', AvailabilityZone = ''}) => ({
    id: SubnetId,
    vpcId: VpcId,
    availabilityZone: AvailabilityZone,
  }))
}
