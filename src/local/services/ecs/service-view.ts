import type {Deployment, Service} from '@aws-sdk/client-ecs'
import {primaryOf, serviceDeploymentOf} from '../../scheduler/deployments.js'
import type {DeploymentRecord, DeploymentSpec, ServiceRecord, TaskRecord} from '../../scheduler/records.js'
import {latestPlatform, platformFamilyOf} from '../../scheduler/task-factory.js'
import type {EcsContext} from './context.js'
import {taskCounts} from './task-counts.js'

/** A service as DescribeServices shows it; its tags only where they are asked for. */
export function serviceView(context: EcsContext, service: ServiceRecord, {tags}: {tags: boolean}): Service {
  const {spec, settings} = service
  const tasks = context.store.running.tasksOf(service)
  const {healthCheckGracePeriodSeconds, monitoring: _, gatewayConnectors: __, ...echoed} = settings
  return {
    serviceArn: service.serviceArn,
    serviceName: service.serviceName,
    clusterArn: service.clusterArn,
    loadBalancers: spec.loadBalancers,
    serviceRegistries: spec.serviceRegistries,
    status: service.status,
    desiredCount: service.desiredCount,
    ...taskCounts(tasks),
    ...launchView(spec),
    ...(spec.platformVersion === undefined ? {} : {platformVersion: spec.platformVersion}),
    ...platformFamily(context, spec),
    taskDefinition: spec.taskDefinitionArn,
    deployments: service.deployments.map((deployment) => deploymentView(context, deployment, tasks)),
    roleArn: service.roleArn,
    events: service.events.map(({id, createdAt, message}) => ({id, createdAt: new Date(createdAt), message})),
    createdAt: new Date(service.createdAt),
    createdBy: service.createdBy,
    ...currentDeployment(service, tasks),
    ...(spec.networkConfiguration === undefined ? {} : {networkConfiguration: spec.networkConfiguration}),
    ...(healthCheckGracePeriodSeconds === undefined ? {} : {healthCheckGracePeriodSeconds}),
    schedulingStrategy: 'REPLICA',
    deploymentController: {type: 'ECS'},
    ...echoed,
    ...(tags ? {tags: service.tags} : {}),
  }
}

const launchView = ({launchType, capacityProviderStrategy}: DeploymentSpec) => ({
  ...(launchType === undefined ? {} : {launchType}),
  ...(capacityProviderStrategy === undefined ? {} : {capacityProviderStrategy}),
})

function operatingSystem({store}: EcsContext, {taskDefinitionArn}: DeploymentSpec): string {
  return store.taskDefinitions.get(taskDefinitionArn)?.registration.runtimePlatform?.operatingSystemFamily ?? 'LINUX'
}

const platformFamily = (context: EcsContext, spec: DeploymentSpec): {platformFamily?: string} =>
  spec.platformVersion === undefined ? {} : {platformFamily: platformFamilyOf(operatingSystem(context, spec))}

/** A service says LATEST; its deployments say which version that is. */
function resolvedPlatform(context: EcsContext, spec: DeploymentSpec): {platformVersion?: string} {
  const {platformVersion} = spec
  if (platformVersion === undefined) return {}
  const latest = latestPlatform(operatingSystem(context, spec))
  return {platformVersion: platformVersion === 'LATEST' ? latest : platformVersion}
}

function deploymentView(context: EcsContext, deployment: DeploymentRecord, tasks: readonly TaskRecord[]): Deployment {
  const {id, status, spec, desiredCount, failedTasks, rolloutState, rolloutStateReason} = deployment
  const {networkConfiguration, serviceConnectConfiguration, volumeConfigurations, vpcLatticeConfigurations} = spec
  return {
    id,
    status,
    taskDefinition: spec.taskDefinitionArn,
    desiredCount,
    ...taskCounts(tasks.filter(({deploymentId}) => deploymentId === id)),
    failedTasks,
    createdAt: new Date(deployment.createdAt),
    updatedAt: new Date(deployment.updatedAt),
    ...launchView(spec),
    ...resolvedPlatform(context, spec),
    ...platformFamily(context, spec),
    ...(networkConfiguration === undefined ? {} : {networkConfiguration}),
    rolloutState,
    rolloutStateReason,
    ...(serviceConnectConfiguration === undefined ? {} : {serviceConnectConfiguration}),
    ...(volumeConfigurations === undefined ? {} : {volumeConfigurations}),
    ...(vpcLatticeConfigurations === undefined ? {} : {vpcLatticeConfigurations}),
  }
}

function currentDeployment(
  service: ServiceRecord,
  tasks: readonly TaskRecord[],
): Pick<Service, 'currentServiceDeployment' | 'currentServiceRevisions'> {
  const primary = primaryOf(service)
  const record = primary && serviceDeploymentOf(service, primary)
  return {
    ...(record === undefined ? {} : {currentServiceDeployment: record.serviceDeploymentArn}),
    currentServiceRevisions: service.deployments.map(({id, serviceRevisionArn, desiredCount}) => {
      const {runningCount, pendingCount} = taskCounts(tasks.filter(({deploymentId}) => deploymentId === id))
      return {
        arn: serviceRevisionArn,
        requestedTaskCount: desiredCount,
        runningTaskCount: runningCount,
        pendingTaskCount: pendingCount,
      }
    }),
  }
}
