import type {
  ServiceDeployment,
  ServiceDeploymentBrief,
  ServiceDeploymentCircuitBreaker,
  ServiceRevision,
  ServiceRevisionSummary,
} from '@aws-sdk/client-ecs'
import type {ServiceDeploymentRecord, ServiceRecord, ServiceRevisionRecord} from '../../scheduler/records.js'
import type {EcsContext} from './context.js'
import {taskCounts} from './task-counts.js'

const at = (time: number): Date => new Date(time)

/** A service deployment as ListServiceDeployments shows it. */
export function serviceDeploymentBrief(
  {serviceArn, clusterArn}: ServiceRecord,
  record: ServiceDeploymentRecord,
): ServiceDeploymentBrief {
  return {
    serviceDeploymentArn: record.serviceDeploymentArn,
    serviceArn,
    clusterArn,
    ...(record.startedAt === undefined ? {} : {startedAt: at(record.startedAt)}),
    createdAt: at(record.createdAt),
    ...(record.finishedAt === undefined ? {} : {finishedAt: at(record.finishedAt)}),
    targetServiceRevisionArn: record.targetRevisionArn,
    status: record.status,
    ...(record.statusReason === undefined ? {} : {statusReason: record.statusReason}),
  }
}

/** A service deployment as DescribeServiceDeployments shows it. */
export function serviceDeploymentView(
  context: EcsContext,
  service: ServiceRecord,
  record: ServiceDeploymentRecord,
): ServiceDeployment {
  const {targetServiceRevisionArn: target = '', ...brief} = serviceDeploymentBrief(service, record)
  const {rollback} = record
  return {
    ...brief,
    ...(record.stoppedAt === undefined ? {} : {stoppedAt: at(record.stoppedAt)}),
    updatedAt: at(record.updatedAt),
    sourceServiceRevisions: record.sourceRevisionArns.map((arn) => revisionSummary(context, service, arn)),
    targetServiceRevision: revisionSummary(context, service, target),
    deploymentConfiguration: record.deploymentConfiguration,
    ...(rollback === undefined ? {} : {rollback: {...rollback, startedAt: at(rollback.startedAt)}}),
    deploymentCircuitBreaker: breakerView(record),
  }
}

function revisionSummary({store}: EcsContext, service: ServiceRecord, arn: string): ServiceRevisionSummary {
  const deployment = service.deployments.find(({serviceRevisionArn}) => serviceRevisionArn === arn)
  const tasks = store.running.tasksOf(service).filter(({deploymentId}) => deploymentId === deployment?.id)
  const {runningCount, pendingCount} = taskCounts(deployment === undefined ? [] : tasks)
  return {
    arn,
    requestedTaskCount: deployment?.desiredCount ?? 0,
    runningTaskCount: runningCount,
    pendingTaskCount: pendingCount,
  }
}

function breakerView({breaker, finishedAt}: ServiceDeploymentRecord): ServiceDeploymentCircuitBreaker {
  const {enabled, triggered, failureCount, threshold} = breaker
  if (!enabled) return {status: 'DISABLED', failureCount: 0, threshold}
  const watching = finishedAt === undefined ? 'MONITORING' : 'MONITORING_COMPLETE'
  return {status: triggered ? 'TRIGGERED' : watching, failureCount, threshold}
}

/** What a service ran or runs, as DescribeServiceRevisions shows it. */
export function serviceRevisionView(
  {store}: EcsContext,
  {serviceArn, clusterArn}: ServiceRecord,
  {serviceRevisionArn, spec, createdAt}: ServiceRevisionRecord,
): ServiceRevision {
  const {taskDefinitionArn, ...echoed} = spec
  const containers = store.taskDefinitions.get(taskDefinitionArn)?.registration.containerDefinitions ?? []
  return {
    serviceRevisionArn,
    serviceArn,
    clusterArn,
    taskDefinition: taskDefinitionArn,
    ...echoed,
    containerImages: containers.map(({name, image}) => ({containerName: name, image})),
    guardDutyEnabled: false,
    createdAt: at(createdAt),
  }
}
