import type {NetworkConfiguration} from '@aws-sdk/client-ecs'
import type {TaskDefinitionRecord} from '../../scheduler/records.js'
import type {Scope} from '../../scope.js'
import type {EcsContext} from './context.js'
import {invalidParameter, requireThat} from './faults.js'

const SUBNET_LIMIT = 16
const SECURITY_GROUP_LIMIT = 5

/**
 * Checks where tasks are to be: subnets and security groups exist and share one VPC.
 *
 * @returns the configuration as AWS echoes it, and the VPC
 * @throws AwsFault InvalidParameterException
 */
export function checkedNetwork(
  context: EcsContext,
  scope: Scope,
  {registration}: TaskDefinitionRecord,
  configuration: NetworkConfiguration | undefined,
): {networkConfiguration?: NetworkConfiguration; vpcId?: string} {
  const awsvpc = configuration?.awsvpcConfiguration
  if (registration.networkMode !== 'awsvpc') {
    requireThat(
      awsvpc === undefined,
      'Network Configuration is not valid for the given networkMode of this task definition.',
    )
    return {}
  }
  requireThat(awsvpc !== undefined, "Network Configuration must be provided when networkMode 'awsvpc' is specified.")
  const {subnets = [], securityGroups = [], assignPublicIp = 'DISABLED'} = awsvpc
  requireThat((subnets ?? []).length > 0, 'subnets can not be empty.')
  const wanted = {subnets: subnets ?? [], securityGroups: securityGroups ?? []}
  requireThat(wanted.subnets.length <= SUBNET_LIMIT, `subnets can have at most ${SUBNET_LIMIT} items.`)
  requireThat(
    wanted.securityGroups.length <= SECURITY_GROUP_LIMIT,
    `securityGroups can have at most ${SECURITY_GROUP_LIMIT} items.`,
  )
  const vpcId = commonVpc(context, scope, wanted)
  return {networkConfiguration: {awsvpcConfiguration: {...wanted, assignPublicIp}}, vpcId}
}

function commonVpc(
  {network}: EcsContext,
  scope: Scope,
  {subnets, securityGroups}: {subnets: readonly string[]; securityGroups: readonly string[]},
): string {
  const subnetVpcs = subnets.map((id) => {
    const subnet = network.findSubnet(scope, id)
    if (subnet !== undefined) return subnet.vpcId
    throw invalidParameter(
      `Error retrieving subnet information for [${subnets.join(', ')}]: The subnet ID '${id}' does not exist` +
        ' (ErrorCode: InvalidSubnetID.NotFound)',
    )
  })
  const groupVpcs = securityGroups.map((id) => {
    const group = network.findSecurityGroup(scope, id)
    if (group !== undefined) return group.vpcId
    throw invalidParameter(
      `Error retrieving security group information for [${securityGroups.join(', ')}]: The security group '${id}'` +
        ' does not exist (ErrorCode: InvalidGroup.NotFound)',
    )
  })
  const [vpcId = ''] = subnetVpcs
  requireThat(new Set(subnetVpcs).size === 1, 'The subnets provided must belong to the same VPC.')
  requireThat(
    groupVpcs.every((vpc) => vpc === vpcId),
    'The security groups and subnets provided must belong to the same VPC.',
  )
  return vpcId
}
