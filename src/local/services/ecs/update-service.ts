import type {UpdateServiceCommandInput, UpdateServiceCommandOutput} from '@aws-sdk/client-ecs'
import type {DeploymentSpec, ServiceRecord, TaskDefinitionRecord} from '../../scheduler/records.js'
import type {RequestContext} from '../../wire/service.js'
import {serviceReference} from './arns.js'
import {echoedStrategy, isFargateProvider} from './capacity-providers.js'
import {activeCluster} from './cluster-lookup.js'
import type {EcsContext} from './context.js'
import {clientFault, requireThat, serviceNotActive, serviceNotFound} from './faults.js'
import {fingerprint} from './fingerprint.js'
import {requireValidPlacement} from './placement-rules.js'
import type {SpecRequest} from './service-deployment-spec.js'
import {checkedSpec} from './service-deployment-spec.js'
import {requireTaskRoleForExec, requireValidCount, settingsAfter} from './service-settings.js'
import {serviceView} from './service-view.js'
import type {ClusterRecord} from './store.js'
import {runnableTaskDefinition} from './task-definition-lookup.js'

/**
 * Changes a service. A change of what it runs starts a deployment: task definition, network configuration, load
 * balancers, service registries, platform version, Service Connect, volumes and VPC Lattice, and forceNewDeployment.
 * The desired count and all other settings do not.
 */
export function updateService(
  context: EcsContext,
  input: UpdateServiceCommandInput,
  request: RequestContext,
): Omit<UpdateServiceCommandOutput, '$metadata'> {
  const {scheduler, store} = context
  const cluster = activeCluster(store, request, input.cluster)
  const service = store.running.services.get(serviceReference(cluster.scope, cluster.clusterName, input.service ?? ''))
  if (service === undefined || service.clusterArn !== cluster.clusterArn) throw serviceNotFound()
  if (service.status !== 'ACTIVE') throw serviceNotActive()
  requireValidCount(input.desiredCount)
  const settings = settingsAfter(input, service.settings)
  const definition = definitionAfter(context, service, input)
  const spec = specAfter(context, {cluster, service, definition}, input)
  requireForced(service.spec, input)
  requireValidPlacement(spec, settings)
  requireTaskRoleForExec(settings, definition, 'updated')
  const deploys = input.forceNewDeployment === true || fingerprint(spec) !== fingerprint(service.spec)
  service.settings = settings
  service.spec = spec
  service.desiredCount = input.desiredCount ?? service.desiredCount
  if (deploys) scheduler.startDeployment(service)
  else scheduler.wake(service)
  return {service: serviceView(context, service, {tags: true})}
}

/** A service may go on with a task definition that is INACTIVE by now, but not be moved to one. */
function definitionAfter(
  {store}: EcsContext,
  service: ServiceRecord,
  {taskDefinition}: UpdateServiceCommandInput,
): TaskDefinitionRecord {
  if (taskDefinition !== undefined) return runnableTaskDefinition(store, service.scope, taskDefinition)
  const current = store.taskDefinitions.get(service.spec.taskDefinitionArn)
  if (current === undefined) throw clientFault('TaskDefinition not found.')
  return current
}

interface Subject {
  readonly cluster: ClusterRecord
  readonly service: ServiceRecord
  readonly definition: TaskDefinitionRecord
}

const SPEC_MEMBERS = [
  'capacityProviderStrategy',
  'networkConfiguration',
  'platformVersion',
  'loadBalancers',
  'serviceRegistries',
  'serviceConnectConfiguration',
  'volumeConfigurations',
  'vpcLatticeConfigurations',
] as const

/** Checks what changes; what the request does not mention is carried over as it is. */
function specAfter(
  context: EcsContext,
  {cluster, service, definition}: Subject,
  input: UpdateServiceCommandInput,
): DeploymentSpec {
  const touched = SPEC_MEMBERS.some((member) => input[member] !== undefined)
  if (!touched && input.taskDefinition === undefined) return service.spec
  const request: SpecRequest = {...service.spec, ...mentioned(input), requestedPlatform: input.platformVersion}
  return checkedSpec(context, cluster, definition, {...request, ...launchAfter(service, input)})
}

const mentioned = (input: UpdateServiceCommandInput): SpecRequest =>
  Object.fromEntries(
    SPEC_MEMBERS.filter((member) => input[member] !== undefined).map((member) => [member, input[member]]),
  )

/** UpdateService has no launchType: a strategy replaces it, and an empty one brings back that of CreateService. */
function launchAfter(
  {spec: {launchType, capacityProviderStrategy}, launchType: first}: ServiceRecord,
  {capacityProviderStrategy: strategy}: UpdateServiceCommandInput,
): Pick<SpecRequest, 'launchType' | 'capacityProviderStrategy'> {
  if (strategy === undefined) return {launchType, capacityProviderStrategy}
  if (strategy.length > 0) return {launchType: undefined, capacityProviderStrategy: strategy}
  const byProvider = capacityProviderStrategy?.every(isFargateProvider) === false ? 'EC2' : 'FARGATE'
  return {launchType: launchType ?? first ?? byProvider, capacityProviderStrategy: undefined}
}

/** AWS refuses a change of the strategy that does not force a new deployment. */
function requireForced(spec: DeploymentSpec, input: UpdateServiceCommandInput): void {
  const {capacityProviderStrategy: strategy, forceNewDeployment} = input
  if (strategy === undefined || forceNewDeployment === true) return
  requireThat(
    fingerprint(echoedStrategy(strategy)) === fingerprint(spec.capacityProviderStrategy ?? []),
    'When switching from launch type to capacity provider strategy on an existing service, or making a change to a' +
      ' capacity provider strategy on a service that is already using one, you must force a new deployment.',
  )
}
