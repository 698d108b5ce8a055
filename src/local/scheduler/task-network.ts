import {AwsFault} from '../aws-fault.js'
import type {NetworkPort, TargetGroupsPort} from '../ports.js'
import type {TaskRecord} from './records.js'

/**
 * Gives a task its network interface, in the default security group of the VPC where it names none.
 *
 * @returns why EC2 refuses, in the words of a stopped task; undefined where it does not
 */
export function attachNetwork(network: NetworkPort, task: TaskRecord): string | undefined {
  const {subnetId, securityGroupIds, assignPublicIp} = task.network
  const refusal = (code: string): string =>
    'Unexpected EC2 error while attempting to Create Network Interface with public IP assignment' +
    ` ${assignPublicIp ? 'enabled' : 'disabled'} in subnet '${subnetId}': ${code}`
  const subnet = network.findSubnet(task.scope, subnetId)
  if (subnet === undefined) return refusal('InvalidSubnetID.NotFound')
  try {
    const named = securityGroupIds.length > 0
    task.networkInterface = network.createInterface(task.scope, {
      subnetId,
      securityGroupIds: named ? securityGroupIds : [network.defaultSecurityGroup(task.scope, subnet.vpcId)],
      description: task.taskArn.replace(/:task\/.*$/, `:attachment/${task.attachmentId}`),
      assignPublicIp,
    })
  } catch (error) {
    if (error instanceof AwsFault) return refusal(error.code)
    throw error
  }
  task.attachmentStatus = 'ATTACHED'
  return undefined
}

/** Frees a task's network interface; one that somebody has deleted already is as good as freed. */
export function detachNetwork(network: NetworkPort, task: TaskRecord): void {
  task.attachmentStatus = 'DELETED'
  if (task.networkInterface === undefined) return
  try {
    network.deleteInterface(task.scope, task.networkInterface.networkInterfaceId)
  } catch (error) {
    if (error instanceof AwsFault && error.code === 'InvalidNetworkInterfaceID.NotFound') return
    throw error
  }
}

/** Makes a task a target of its target groups; a group that has been deleted meanwhile is left out. */
export function registerTargets(targetGroups: TargetGroupsPort, task: TaskRecord): void {
  const ip = task.networkInterface?.privateIpAddress ?? ''
  for (const {targetGroupArn, port} of task.targets) {
    if (targetGroups.find(task.scope, targetGroupArn) === undefined) continue
    targetGroups.register(task.scope, targetGroupArn, {ip, port})
  }
  task.targetsRegistered = true
}

/** Takes a task out of its target groups; answers for how many milliseconds its targets drain. */
export function deregisterTargets(targetGroups: TargetGroupsPort, task: TaskRecord): number {
  const ip = task.networkInterface?.privateIpAddress ?? ''
  const delays = task.targets.map(({targetGroupArn, port}) => {
    const group = targetGroups.find(task.scope, targetGroupArn)
    if (group === undefined) return 0
    targetGroups.deregister(task.scope, targetGroupArn, {ip, port})
    return group.deregistrationDelaySeconds
  })
  task.targetsRegistered = false
  return Math.max(0, ...delays) * 1000
}
