import type {AwsClients} from '../../aws/clients.js'
import {securityGroupsById} from '../../ec2/security-groups.js'
import {loadBalancerSecurityGroupName} from '../../lib/resource-names.js'
import type {Step} from '../../plan/step.js'
import {lookUp, step} from '../../plan/step.js'
import type {Network} from '../infrastructure/network.js'
import type {WantedSecurityGroup} from '../infrastructure/security-group.js'
import {applySecurityGroup, lookAtSecurityGroup} from '../infrastructure/security-group.js'
import type {Tags} from '../tags.js'
import type {CreateLoadBalancerOptions} from './create-load-balancer.js'

/** The security groups that are named, or one of the load balancer's own that lets everybody reach its ports. */
export function loadBalancerSecurityGroupsStep(
  aws: Pick<AwsClients, 'ec2'>,
  network: Step<Network>,
  {name, ports, securityGroupIds}: CreateLoadBalancerOptions,
  tags: Tags,
): Step<readonly string[]> {
  if (securityGroupIds.length > 0) {
    return lookUp({
      id: 'security-group',
      title: 'security groups',
      find: async () => (await securityGroupsById(aws.ec2, securityGroupIds)).map(({id}) => id),
    })
  }
  const groupName = loadBalancerSecurityGroupName(name)
  const wanted = (vpcId: string): WantedSecurityGroup => ({
    name: groupName,
    description: `Load balancer ${name}`,
    vpcId,
    ingress: ports.ports.map(({port}) => ({port, source: {cidr: '0.0.0.0/0'}})),
    tags,
  })
  return step<readonly string[], {network: typeof network}>({
    id: 'security-group',
    title: `security group ${groupName}`,
    needs: {network},
    look: async (needs) => {
      if (needs.network === undefined) return {state: 'absent'}
      const found = await lookAtSecurityGroup(aws, wanted(needs.network.vpcId))
      return found.state === 'absent' ? found : {...found, value: [found.value.id]}
    },
    apply: async (needs) => {
      const group = wanted(needs.network.vpcId)
      const made = await applySecurityGroup(aws, group, await lookAtSecurityGroup(aws, group))
      return [made.id]
    },
  })
}
