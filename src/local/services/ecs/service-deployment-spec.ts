import type {CreateServiceCommandInput} from '@aws-sdk/client-ecs'
import type {DeploymentSpec, TaskDefinitionRecord} from '../../scheduler/records.js'
import type {EcsContext} from './context.js'
import {launchChoice, requireFitting} from './launch-choice.js'
import {requireValidLoadBalancers} from './load-balancer-rules.js'
import {checkedNetwork} from './network-rules.js'
import {requireServiceLinkedRole} from './service-linked-role.js'
import type {ClusterRecord} from './store.js'

/** The members of a request that make up what a deployment runs. */
export type SpecRequest = Pick<
  CreateServiceCommandInput,
  | 'launchType'
  | 'capacityProviderStrategy'
  | 'platformVersion'
  | 'networkConfiguration'
  | 'loadBalancers'
  | 'serviceRegistries'
  | 'serviceConnectConfiguration'
  | 'volumeConfigurations'
  | 'vpcLatticeConfigurations'
> & {
  /** The platform version that the request itself asks for; that of the service before may come to nothing. */
  readonly requestedPlatform?: string | undefined
}

/** What a deployment is to run, every rule of AWS checked. @throws AwsFault InvalidParameterException and others */
export function checkedSpec(
  context: EcsContext,
  cluster: ClusterRecord,
  definition: TaskDefinitionRecord,
  request: SpecRequest,
): DeploymentSpec {
  const {scope} = cluster
  const {loadBalancers, serviceConnectConfiguration, volumeConfigurations, vpcLatticeConfigurations} = request
  const choice = launchChoice(cluster, definition, request)
  const {networkConfiguration, vpcId} = checkedNetwork(context, scope, definition, request.networkConfiguration)
  requireFitting(choice, {networkConfiguration, platformVersion: request.requestedPlatform})
  if (networkConfiguration !== undefined) requireServiceLinkedRole(context, scope)
  requireValidLoadBalancers(context, scope, {definition, loadBalancers: loadBalancers ?? [], vpcId})
  return {
    taskDefinitionArn: definition.taskDefinitionArn,
    ...choice,
    ...(networkConfiguration === undefined ? {} : {networkConfiguration}),
    loadBalancers: loadBalancers ?? [],
    serviceRegistries: request.serviceRegistries ?? [],
    ...(serviceConnectConfiguration === undefined ? {} : {serviceConnectConfiguration}),
    ...(volumeConfigurations === undefined ? {} : {volumeConfigurations}),
    ...(vpcLatticeConfigurations === undefined ? {} : {vpcLatticeConfigurations}),
  }
}
