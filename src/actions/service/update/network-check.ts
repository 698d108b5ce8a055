import type {AwsClients} from '../../../aws/clients.js'
import {securityGroupsById} from '../../../ec2/security-groups.js'
import {targetGroupsByArn} from '../../../elbv2/target-groups.js'
import {UsageError} from '../../../errors/errors.js'
import type {Step} from '../../../plan/step.js'
import {lookUp} from '../../../plan/step.js'
import {findNetwork} from '../../infrastructure/network.js'
import type {RunningService} from '../revise/running.js'
import type {ServiceChanges} from './options.js'

type Aws = Pick<AwsClients, 'ec2' | 'elbv2'>

/**
 * Checks that the subnets and security groups of the tasks, named or kept, are in one VPC, that of the target group
 * where there is one: ECS finds out only when it starts tasks.
 */
export function networkCheckStep(aws: Aws, running: Step<RunningService>, changes: ServiceChanges): Step<void> {
  return lookUp<void, {running: typeof running}>({
    id: 'network',
    title: 'subnets and security groups',
    needs: {running},
    find: async ({running: current}) => {
      if (current !== undefined) await checkNetwork(aws, current, changes)
    },
  })
}

async function checkNetwork(aws: Aws, {service}: RunningService, changes: ServiceChanges): Promise<void> {
  const present = service.networkConfiguration?.awsvpcConfiguration
  const subnetIds = changes.subnetIds.length > 0 ? changes.subnetIds : (present?.subnets ?? [])
  const groupIds = changes.securityGroupIds.length > 0 ? changes.securityGroupIds : (present?.securityGroups ?? [])
  const targetGroupArns = service.loadBalancers.flatMap(({targetGroupArn}) => targetGroupArn ?? [])
  const [network, groups, targetGroups] = await Promise.all([
    findNetwork(aws, subnetIds),
    groupIds.length > 0 ? securityGroupsById(aws.ec2, groupIds) : [],
    targetGroupArns.length > 0 ? targetGroupsByArn(aws.elbv2, targetGroupArns) : new Map(),
  ])
  const others = [
    ...[...targetGroups.values()].map(({name, vpcId}) => ({what: `target group ${name}`, vpcId})),
    ...groups.map(({id, vpcId}) => ({what: `security group ${id}`, vpcId})),
  ]
  const stranger = others.find(({vpcId}) => vpcId !== network.vpcId)
  if (stranger === undefined) return
  throw new UsageError(
    'VPC_MISMATCH',
    `${stranger.what} is in ${stranger.vpcId} and subnet ${subnetIds[0]} in ${network.vpcId}: all must be in one VPC`,
    {
      hints: stranger.what.startsWith('target')
        ? [`name subnets of ${stranger.vpcId}: --subnet-id`]
        : [`name security groups of ${network.vpcId} too: --security-group-id`],
    },
  )
}
