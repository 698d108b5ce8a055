import type {LoadBalancer} from '@aws-sdk/client-ecs'
import type {TaskDefinitionRecord} from '../../scheduler/records.js'
import type {Scope} from '../../scope.js'
import type {EcsContext} from './context.js'
import {requireThat} from './faults.js'

const TARGET_GROUP_LIMIT = 5

/**
 * Checks the load balancers of a service: each target group exists, takes addresses as targets, lies in the tasks'
 * VPC and belongs to a load balancer, and the container and port are in the task definition.
 *
 * @throws AwsFault InvalidParameterException
 */
export function requireValidLoadBalancers(
  context: EcsContext,
  scope: Scope,
  {
    definition,
    loadBalancers,
    vpcId,
  }: {
    readonly definition: TaskDefinitionRecord
    readonly loadBalancers: readonly LoadBalancer[]
    readonly vpcId: string | undefined
  },
): void {
  requireThat(loadBalancers.length <= TARGET_GROUP_LIMIT, `loadBalancers can have at most ${TARGET_GROUP_LIMIT} items.`)
  for (const loadBalancer of loadBalancers) {
    requireThat(
      loadBalancer.loadBalancerName === undefined,
      'Classic Load Balancers are not supported with the awsvpc network mode.',
    )
    requireUsableTargetGroup(context, scope, loadBalancer.targetGroupArn, vpcId)
    requireContainerPort(definition, loadBalancer)
  }
}

function requireUsableTargetGroup(
  {targetGroups}: EcsContext,
  scope: Scope,
  arn: string | undefined,
  vpcId: string | undefined,
): void {
  requireThat(arn !== undefined, 'targetGroupArn should not be null or empty.')
  const group = targetGroups.find(scope, arn)
  requireThat(
    group !== undefined,
    'Unable to assume role and validate the specified targetGroupArn. Please verify that the ECS service role being' +
      ' passed has the proper permissions.',
  )
  requireThat(
    vpcId === undefined || group.targetType === 'ip',
    `The provided target group ${arn} has target type ${group.targetType}, which is incompatible with the awsvpc` +
      ' network mode specified in the task definition.',
  )
  requireThat(
    group.loadBalancerArns.length > 0,
    `The target group with targetGroupArn ${arn} does not have an associated load balancer.`,
  )
  requireThat(
    vpcId === undefined || group.vpcId === vpcId,
    `The target group ${arn} and the subnets of the service must belong to the same VPC.`,
  )
}

function requireContainerPort(
  {registration}: TaskDefinitionRecord,
  {containerName, containerPort}: LoadBalancer,
): void {
  const container = registration.containerDefinitions?.find(({name}) => name === containerName)
  requireThat(container !== undefined, `The container ${containerName} does not exist in the task definition.`)
  requireThat(
    container.portMappings?.some((mapping) => mapping.containerPort === containerPort) === true,
    `The container ${containerName} did not have a container port ${containerPort} defined.`,
  )
}
