import type {AwsClients} from '../../../aws/clients.js'
import type {IngressRule} from '../../../ec2/security-groups.js'
import {securityGroupsById} from '../../../ec2/security-groups.js'
import {subnetsById} from '../../../ec2/subnets.js'
import {UsageError} from '../../../errors/errors.js'
import {workloadSecurityGroupName} from '../../../lib/resource-names.js'
import type {Step} from '../../../plan/step.js'
import {lookUp, step} from '../../../plan/step.js'
import type {Network} from '../../infrastructure/network.js'
import {findNetwork} from '../../infrastructure/network.js'
import type {WantedSecurityGroup} from '../../infrastructure/security-group.js'
import {applySecurityGroup, lookAtSecurityGroup} from '../../infrastructure/security-group.js'
import type {Tags} from '../../tags.js'
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

interface SecurityGroupNeeds extends Record<string, Step<unknown>> {
  readonly network: Step<Network>
  readonly front: Step<LoadBalancerState | undefined>
}

/** The security groups that are named, or one for this service that lets in only what it is there for. */
export function securityGroupsStep(
  aws: Aws,
  options: CreateServiceOptions,
  around: {
    readonly network: Step<Network>
    readonly loadBalancer: Step<LoadBalancerState> | undefined
    readonly tags: Tags
  },
): Step<readonly string[]> {
  const {securityGroupIds, cluster, name} = options
  if (securityGroupIds.length > 0) return namedGroupsStep(aws, securityGroupIds)
  const {network, loadBalancer, tags} = around
  const wanted = (vpcId: string, front: LoadBalancerState | undefined): WantedSecurityGroup => ({
    name: workloadSecurityGroupName('service', cluster, name),
    description: `Tasks of the Fargate service ${name}`,
    vpcId,
    ingress: ingressOf(options, front),
    tags,
  })
  const front: Step<LoadBalancerState | undefined> =
    loadBalancer ?? lookUp({id: 'no-load-balancer', title: 'no load balancer', find: async () => undefined})
  return step<readonly string[], SecurityGroupNeeds>({
    id: 'security-group',
    title: `security group ${workloadSecurityGroupName('service', cluster, name)}`,
    needs: {network, front},
    look: async (needs) => {
      if (needs.network === undefined) return {state: 'absent'}
      const found = await lookAtSecurityGroup(aws, wanted(needs.network.vpcId, needs.front))
      return found.state === 'absent' ? found : {...found, value: [found.value.id]}
    },
    apply: async (needs) => {
      const group = wanted(needs.network.vpcId, needs.front)
      const made = await applySecurityGroup(aws, group, await lookAtSecurityGroup(aws, group))
      return [made.id]
    },
  })
}

function namedGroupsStep(aws: Aws, ids: readonly string[]): Step<readonly string[]> {
  return lookUp({
    id: 'security-group',
    title: 'security groups',
    find: async () => (await securityGroupsById(aws.ec2, ids)).map(({id}) => id),
  })
}

const everywhere = '0.0.0.0/0'

/**
 * Traffic comes from the load balancer alone where it has security groups; a network load balancer without any
 * passes on the packets of its clients.
 */
function ingressOf({port}: CreateServiceOptions, front: LoadBalancerState | undefined): IngressRule[] {
  if (port === undefined) return []
  const groups = front?.loadBalancer.securityGroupIds ?? []
  const sources = groups.length > 0 ? groups.map((securityGroupId) => ({securityGroupId})) : [{cidr: everywhere}]
  return sources.map((source) => ({port: port.port, source}))
}
