import type {
  DescribeServiceDeploymentsCommandInput,
  DescribeServiceDeploymentsCommandOutput,
  DescribeServiceRevisionsCommandInput,
  DescribeServiceRevisionsCommandOutput,
  ListServiceDeploymentsCommandInput,
  ListServiceDeploymentsCommandOutput,
  StopServiceDeploymentCommandInput,
  StopServiceDeploymentCommandOutput,
} from '@aws-sdk/client-ecs'
import {
  DescribeServiceDeployments$,
  DescribeServiceRevisions$,
  ListServiceDeployments$,
  StopServiceDeployment$,
} from '@aws-sdk/client-ecs'
import {AwsFault} from '../../aws-fault.js'
import {primaryOf} from '../../scheduler/deployments.js'
import type {ServiceDeploymentRecord, ServiceRecord, ServiceRevisionRecord} from '../../scheduler/records.js'
import type {Scope} from '../../scope.js'
import type {Operation, RequestContext} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {nameIn, serviceReference} from './arns.js'
import {activeCluster} from './cluster-lookup.js'
import type {EcsContext} from './context.js'
import {invalidParameter, requireThat, serviceNotFound} from './faults.js'
import {page} from './paging.js'
import {serviceDeploymentBrief, serviceDeploymentView, serviceRevisionView} from './service-deployment-view.js'
import {recordsOf} from './store.js'

const DESCRIBE_LIMIT = 20
const ENDED: readonly ServiceDeploymentRecord['status'][] = [
  'SUCCESSFUL',
  'STOPPED',
  'ROLLBACK_SUCCESSFUL',
  'ROLLBACK_FAILED',
]

export function serviceDeploymentOperations(context: EcsContext): Operation[] {
  return [
    operation<DescribeServiceDeploymentsCommandInput, DescribeServiceDeploymentsCommandOutput>(
      DescribeServiceDeployments$,
      ({serviceDeploymentArns = []}, request) => {
        requireBatch(serviceDeploymentArns)
        const found = serviceDeploymentArns.map((arn) => findDeployment(context, request, arn))
        return {
          serviceDeployments: found
            .filter((pair) => pair !== undefined)
            .map(({service, record}) => serviceDeploymentView(context, service, record)),
          failures: missing(serviceDeploymentArns, found),
        }
      },
    ),
    operation<ListServiceDeploymentsCommandInput, ListServiceDeploymentsCommandOutput>(
      ListServiceDeployments$,
      (input, request) => listDeployments(context, input, request),
    ),
    operation<DescribeServiceRevisionsCommandInput, DescribeServiceRevisionsCommandOutput>(
      DescribeServiceRevisions$,
      ({serviceRevisionArns = []}, request) => {
        requireBatch(serviceRevisionArns)
        const found = serviceRevisionArns.map((arn) => findRevision(context, request, arn))
        return {
          serviceRevisions: found
            .filter((pair) => pair !== undefined)
            .map(({service, record}) => serviceRevisionView(context, service, record)),
          failures: missing(serviceRevisionArns, found),
        }
      },
    ),
    operation<StopServiceDeploymentCommandInput, StopServiceDeploymentCommandOutput>(
      StopServiceDeployment$,
      (input, request) => stopDeployment(context, input, request),
    ),
  ]
}

function requireBatch(arns: readonly string[]): void {
  requireThat(arns.length > 0, 'The list of ARNs cannot be empty.')
  requireThat(arns.length <= DESCRIBE_LIMIT, `The list of ARNs cannot have more than ${DESCRIBE_LIMIT} elements.`)
}

const missing = (arns: readonly string[], found: readonly unknown[]) =>
  arns.filter((_, index) => found[index] === undefined).map((arn) => ({arn, reason: 'MISSING'}))

function findDeployment(
  {store}: EcsContext,
  scope: Scope,
  arn: string,
): {service: ServiceRecord; record: ServiceDeploymentRecord} | undefined {
  for (const service of recordsOf(scope, store.running.services)) {
    const record = service.serviceDeployments.find(({serviceDeploymentArn}) => serviceDeploymentArn === arn)
    if (record !== undefined) return {service, record}
  }
  return undefined
}

function findRevision(
  {store}: EcsContext,
  scope: Scope,
  arn: string,
): {service: ServiceRecord; record: ServiceRevisionRecord} | undefined {
  for (const service of recordsOf(scope, store.running.services)) {
    const record = service.revisions.find(({serviceRevisionArn}) => serviceRevisionArn === arn)
    if (record !== undefined) return {service, record}
  }
  return undefined
}

function listDeployments(
  {store}: EcsContext,
  input: ListServiceDeploymentsCommandInput,
  request: RequestContext,
): Omit<ListServiceDeploymentsCommandOutput, '$metadata'> {
  const cluster = activeCluster(store, request, input.cluster ?? clusterIn(input.service))
  const service = store.running.services.get(serviceReference(cluster.scope, cluster.clusterName, input.service ?? ''))
  if (service === undefined) throw serviceNotFound()
  const {after, before} = input.createdAt ?? {}
  const records = service.serviceDeployments
    .filter(({status}) => input.status === undefined || input.status.length === 0 || input.status.includes(status))
    .filter(({createdAt}) => after === undefined || createdAt > after.getTime())
    .filter(({createdAt}) => before === undefined || createdAt < before.getTime())
  const {items, ...next} = page(records, ({serviceDeploymentArn}) => serviceDeploymentArn, input)
  return {serviceDeployments: items.map((record) => serviceDeploymentBrief(service, record)), ...next}
}

/** The cluster named in the ARN of a service. */
const clusterIn = (service = ''): string | undefined => /:service\/([^/]+)\/[^/]+$/.exec(service)?.[1]

/** Ends a service deployment by going back to what ran before it. */
function stopDeployment(
  context: EcsContext,
  {serviceDeploymentArn = '', stopType = 'ROLLBACK'}: StopServiceDeploymentCommandInput,
  request: RequestContext,
): Omit<StopServiceDeploymentCommandOutput, '$metadata'> {
  const found = findDeployment(context, request, serviceDeploymentArn)
  if (found === undefined) {
    throw new AwsFault('ServiceDeploymentNotFoundException', 'The service deploy ARN that you specified is not found.')
  }
  const {service, record} = found
  if (record.rollback !== undefined && !ENDED.includes(record.status)) return {serviceDeploymentArn}
  const isCurrent = primaryOf(service)?.serviceDeploymentArn === serviceDeploymentArn
  if (ENDED.includes(record.status) || !isCurrent) {
    const message = `Service deployment ${nameIn(serviceDeploymentArn)} is ${record.status} and cannot be stopped.`
    throw new AwsFault('ConflictException', message, {members: {resourceIds: [serviceDeploymentArn]}})
  }
  if (stopType === 'ABORT') {
    throw new AwsFault('UnsupportedFeatureException', 'The local AWS does not emulate stopType ABORT.')
  }
  const source = service.completedSpec
  if (source === undefined) throw invalidParameter('There is no completed service revision to roll back to.')
  context.scheduler.rollBack(service, source)
  return {serviceDeploymentArn}
}
