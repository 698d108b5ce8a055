import type {AwsClients} from '../../../aws/clients.js'
import type {IngressRule} from '../../../ec2/security-groups.js'
import {subnetsById} from '../../../ec2/subnets.js'
import {UsageError} from '../../../errors/errors.js'
import type {Step} from '../../../plan/step.js'
import {known, lookUp} from '../../../plan/step.js'
import type {Network} from '../../infrastructure/network.js'
import {findNetwork} from '../../infrastructure/network.js'
import type {LoadBalancerState} from './load-balancer.js'
import type {CreateServiceOptions} from './options.js'

type Aws = Pick<AwsClients, 'ec2'>

/** The subnets of the tasks: those named, or the default ones; those of the load balancer where it is in another VPC. */
export function serviceNetworkStep(
  aws: Aws,
  loadBalancer: Step<LoadBalancerState> | undefined,
  subnetIds: readonly string[],
): Step<Network> {
  const title = 'subnets'
  if (loadBalancer === undefined) return lookUp({id: 'network', title, find: () => findNetwork(aws, subnetIds)})
  return lookUp<Network, {loadBalancer: typeof loadBalancer}>({
    id: 'network',
    title,
    needs: {loadBalancer},
    find: async (needs) => {
      const front = needs.loadBalancer?.loadBalancer
      if (front === undefined || subnetIds.length === 0) return besideLoadBalancer(aws, front)
      const network = await findNetwork(aws, subnetIds)
      if (network.vpcId === front.vpcId) return network
      throw new UsageError(
        'VPC_MISMATCH',
        `load balancer ${front.name} is in ${front.vpcId} and subnet ${subnetIds[0]} in ${network.vpcId}: both must be in one VPC`,
      )
    },
  })
}

async function besideLoadBalancer(aws: Aws, front: LoadBalancerState['loadBalancer'] | undefined): Promise<Network> {
  if (front === undefined) return findNetwork(aws, [])
  const subnets = await subnetsById(aws.ec2, front.subnetIds)
  return {vpcId: front.vpcId, subnets}
}

const everywhere = '0.0.0.0/0'

/**
 * The traffic that the tasks of a service take: from the load balancer alone where it has security groups; a network
 * load balancer without any passes on the packets of its clients.
 */
export function ingressStep(
  {port}: CreateServiceOptions,
  loadBalancer: Step<LoadBalancerState> | undefined,
): Step<readonly IngressRule[]> {
  if (port === undefined) return known('ingress', [])
  if (loadBalancer === undefined) return known('ingress', [{port: port.port, source: {cidr: everywhere}}])
  return lookUp<readonly IngressRule[], {loadBalancer: typeof loadBalancer}>({
    id: 'ingress',
    title: 'traffic of the load balancer',
    needs: {loadBalancer},
    find: async (needs) => {
      const groups = needs.loadBalancer?.loadBalancer.securityGroupIds ?? []
      const sources = groups.length > 0 ? groups.map((securityGroupId) => ({securityGroupId})) : [{cidr: everywhere}]
      return sources.map((source) => ({port: port.port, source}))
    },
  })
}
