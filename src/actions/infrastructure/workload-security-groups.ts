import type {AwsClients} from '../../aws/clients.js'
import type {IngressRule} from '../../ec2/security-groups.js'
import {securityGroupsById} from '../../ec2/security-groups.js'
import type {WorkloadKind} from '../../lib/resource-names.js'
import {workloadSecurityGroupName} from '../../lib/resource-names.js'
import type {Step} from '../../plan/step.js'
import {lookUp, step} from '../../plan/step.js'
import type {Tags} from '../tags.js'
import type {Network} from './network.js'
import type {WantedSecurityGroup} from './security-group.js'
import {applySecurityGroup, lookAtSecurityGroup} from './security-group.js'

type Aws = Pick<AwsClients, 'ec2'>

export interface WorkloadSecurityGroups {
  readonly kind: WorkloadKind
  readonly cluster: string
  readonly name: string
  /** One group of its own is made where there are none. */
  readonly securityGroupIds: readonly string[]
  readonly tags: Tags
}

interface Needs extends Record<string, Step<unknown>> {
  readonly network: Step<Network>
  readonly ingress: Step<readonly IngressRule[]>
}

/** The security groups that are named, or one for this workload that lets in only what it is there for. */
export function workloadSecurityGroupsStep(
  aws: Aws,
  workload: WorkloadSecurityGroups,
  around: {readonly network: Step<Network>; readonly ingress: Step<readonly IngressRule[]>},
): Step<readonly string[]> {
  const {kind, cluster, name, securityGroupIds, tags} = workload
  if (securityGroupIds.length > 0) return namedGroupsStep(aws, securityGroupIds)
  const groupName = workloadSecurityGroupName(kind, cluster, name)
  const wanted = ({vpcId}: Network, ingress: readonly IngressRule[]): WantedSecurityGroup => ({
    name: groupName,
    description: `Tasks of the Fargate ${kind} ${name}`,
    vpcId,
    ingress,
    tags,
  })
  return step<readonly string[], Needs>({
    id: 'security-group',
    title: `security group ${groupName}`,
    needs: around as Needs,
    look: async ({network, ingress}) => {
      if (network === undefined) return {state: 'absent'}
      const found = await lookAtSecurityGroup(aws, wanted(network, ingress ?? []))
      return found.state === 'absent' ? found : {...found, value: [found.value.id]}
    },
    apply: async ({network, ingress}) => {
      const group = wanted(network, ingress)
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
