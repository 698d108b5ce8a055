import {inBatches} from '../aws/batching.js'
import type {Ec2} from './sdk.js'

export interface NetworkInterface {
  readonly id: string
  readonly publicIp: string | undefined
  readonly privateIp: string | undefined
  readonly ipv6: string | undefined
  readonly subnetId: string | undefined
  readonly securityGroupIds: readonly string[]
}

const batchSize = 200

/**
 * The interfaces with these ids that exist. Asked by filter, since asking by id fails as a whole when one interface
 * has gone in the meantime.
 */
export async function describeNetworkInterfaces(
  ec2: Ec2,
  ids: readonly string[],
): Promise<Map<string, NetworkInterface>> {
  const interfaces = await inBatches(ids, batchSize, async (batch) => {
    const {NetworkInterfaces = []} = await ec2('DescribeNetworkInterfaces', {
      Filters: [{Name: 'network-interface-id', Values: batch}],
    })
    return NetworkInterfaces
  })
  return new Map(
    interfaces.map((each) => [
      each.NetworkInterfaceId ?? '',
      {
        id: each.NetworkInterfaceId ?? '',
        publicIp: each.Association?.PublicIp,
        privateIp: each.PrivateIpAddress,
        ipv6: each.Ipv6Addresses?.[0]?.Ipv6Address,
        subnetId: each.SubnetId,
        securityGroupIds: (each.Groups ?? []).flatMap(({GroupId}) => GroupId ?? []),
      },
    ]),
  )
}
