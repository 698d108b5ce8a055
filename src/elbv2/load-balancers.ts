import type {
  CreateLoadBalancerCommandInput,
  LoadBalancer as SdkLoadBalancer,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {inBatches} from '../aws/batching.js'
import {absentOn} from '../aws/errors.js'
import {collect} from '../aws/paging.js'
import type {Elbv2} from './sdk.js'

export interface LoadBalancer {
  readonly arn: string
  readonly name: string
  readonly dnsName: string
  /** The hosted zone of Elastic Load Balancing that alias records name. */
  readonly hostedZoneId: string
  /** ipv4, dualstack or dualstack-without-public-ipv4. */
  readonly ipAddressType: string
  readonly type: 'application' | 'network' | 'gateway'
  readonly scheme: string
  /** provisioning, active, active_impaired or failed. */
  readonly state: string
  readonly vpcId: string
  readonly subnetIds: readonly string[]
  readonly securityGroupIds: readonly string[]
  readonly createdAt: Date | undefined
}

/** Finds a load balancer by name. */
export async function findLoadBalancer(elbv2: Elbv2, name: string): Promise<LoadBalancer | undefined> {
  const answer = await absentOn(elbv2('DescribeLoadBalancers', {Names: [name]}), 'LoadBalancerNotFoundException')
  const [found] = answer?.LoadBalancers ?? []
  return found && narrow(found)
}

/** All load balancers of the region. */
export async function listLoadBalancers(elbv2: Elbv2): Promise<LoadBalancer[]> {
  const all = await collect(
    (Marker) => elbv2('DescribeLoadBalancers', {...(Marker && {Marker})}),
    (page) => page.NextMarker,
    (page) => page.LoadBalancers,
  )
  return all.map(narrow)
}

const describeLimit = 20

/** The load balancers with these ARNs that exist; one that is gone does not hide the others. */
export async function loadBalancersByArn(elbv2: Elbv2, arns: readonly string[]): Promise<Map<string, LoadBalancer>> {
  const ask = async (batch: readonly string[]): Promise<SdkLoadBalancer[] | undefined> =>
    (await absentOn(elbv2('DescribeLoadBalancers', {LoadBalancerArns: [...batch]}), 'LoadBalancerNotFoundException'))
      ?.LoadBalancers
  const found = await inBatches([...new Set(arns)], describeLimit, async (batch) => {
    const together = await ask(batch)
    if (together !== undefined || batch.length === 1) return together ?? []
    return inBatches(batch, 1, async (single) => (await ask(single)) ?? [])
  })
  return new Map(found.map((each) => [each.LoadBalancerArn ?? '', narrow(each)]))
}

/** Creates a load balancer; the same name with the same settings answers the existing one. */
export async function createLoadBalancer(elbv2: Elbv2, input: CreateLoadBalancerCommandInput): Promise<LoadBalancer> {
  const {LoadBalancers = []} = await elbv2('CreateLoadBalancer', input)
  return narrow(LoadBalancers[0] ?? {})
}

/** Deletes a load balancer with its listeners and rules; an absent one is no error. */
export async function deleteLoadBalancer(elbv2: Elbv2, arn: string): Promise<void> {
  await absentOn(elbv2('DeleteLoadBalancer', {LoadBalancerArn: arn}), 'LoadBalancerNotFoundException')
}

function narrow(loadBalancer: SdkLoadBalancer): LoadBalancer {
  return {
    arn: loadBalancer.LoadBalancerArn ?? '',
    name: loadBalancer.LoadBalancerName ?? '',
    dnsName: loadBalancer.DNSName ?? '',
    hostedZoneId: loadBalancer.CanonicalHostedZoneId ?? '',
    ipAddressType: loadBalancer.IpAddressType ?? 'ipv4',
    type: loadBalancer.Type ?? 'application',
    scheme: loadBalancer.Scheme ?? '',
    state: loadBalancer.State?.Code ?? '',
    vpcId: loadBalancer.VpcId ?? '',
    subnetIds: (loadBalancer.AvailabilityZones ?? []).flatMap(({SubnetId}) => SubnetId ?? []),
    securityGroupIds: loadBalancer.SecurityGroups ?? [],
    createdAt: loadBalancer.CreatedTime,
  }
}
