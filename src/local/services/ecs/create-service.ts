import type {CreateServiceCommandInput, CreateServiceCommandOutput} from '@aws-sdk/client-ecs'
import {AwsFault} from '../../aws-fault.js'
import {noNotices} from '../../scheduler/notices.js'
import type {ServiceRecord} from '../../scheduler/records.js'
import {globalArn} from '../../scope.js'
import type {RequestContext} from '../../wire/service.js'
import {serviceArn} from './arns.js'
import {activeCluster} from './cluster-lookup.js'
import type {EcsContext} from './context.js'
import {invalidParameter, requireThat} from './faults.js'
import {fingerprint} from './fingerprint.js'
import {requireValidPlacement} from './placement-rules.js'
import {checkedSpec} from './service-deployment-spec.js'
import {requireTaskRoleForExec, requireValidCount, settingsAfter} from './service-settings.js'
import {serviceView} from './service-view.js'
import type {ClusterRecord} from './store.js'
import {checkedTags} from './tag-rules.js'
import {runnableTaskDefinition} from './task-definition-lookup.js'

const NAME = /^[a-zA-Z0-9_-]{1,255}$/
const TOKEN = /^[\x21-\x7e]{1,36}$/

type Answer = Omit<CreateServiceCommandOutput, '$metadata'>

/** Creates a service, which answers with running 0, pending 0, no events and its first deployment IN_PROGRESS. */
export function createService(context: EcsContext, input: CreateServiceCommandInput, request: RequestContext): Answer {
  const {store, scheduler} = context
  const cluster = activeCluster(store, request, input.cluster)
  requireValidRequest(input)
  const repeated = existingService(context, cluster, input)
  if (repeated !== undefined) return {service: serviceView(context, repeated, {tags: true})}
  const service = newService(context, cluster, input)
  scheduler.addService(service)
  return {service: serviceView(context, service, {tags: true})}
}

function requireValidRequest(input: CreateServiceCommandInput): void {
  const {serviceName = '', clientToken, schedulingStrategy = 'REPLICA', deploymentController, desiredCount} = input
  requireThat(
    NAME.test(serviceName),
    'The service name is not valid. Up to 255 letters (uppercase and lowercase), numbers, underscores, and hyphens' +
      ' are allowed.',
  )
  requireThat(
    clientToken === undefined || TOKEN.test(clientToken),
    'The client token must be up to 36 ASCII characters in the range of 33-126 (inclusive).',
  )
  requireThat(schedulingStrategy === 'REPLICA', 'Fargate tasks do not support the DAEMON scheduling strategy.')
  requireThat(desiredCount !== undefined, 'desiredCount must be specified for the REPLICA scheduling strategy.')
  requireValidCount(desiredCount)
  const controller = deploymentController?.type ?? 'ECS'
  if (controller !== 'ECS') {
    const message = `The local AWS does not emulate the ${controller} deployment controller.`
    throw new AwsFault('UnsupportedFeatureException', message)
  }
}

/** The service that an earlier call with the same token made. @throws AwsFault where the name is taken */
function existingService(
  {store}: EcsContext,
  cluster: ClusterRecord,
  input: CreateServiceCommandInput,
): ServiceRecord | undefined {
  const existing = store.running.services.get(serviceArn(cluster.scope, cluster.clusterName, input.serviceName ?? ''))
  if (existing === undefined || existing.status === 'INACTIVE') return undefined
  if (existing.status === 'DRAINING') throw invalidParameter('Unable to Start a service that is still Draining.')
  const sameToken = input.clientToken !== undefined && existing.clientToken === input.clientToken
  if (sameToken && existing.fingerprint === fingerprint(input)) return existing
  throw invalidParameter('Creation of service was not idempotent.')
}

function newService(context: EcsContext, cluster: ClusterRecord, input: CreateServiceCommandInput): ServiceRecord {
  const {scope, clusterArn, clusterName} = cluster
  const serviceName = input.serviceName ?? ''
  requireThat(input.taskDefinition !== undefined, 'TaskDefinition cannot be blank.')
  const definition = runnableTaskDefinition(context.store, scope, input.taskDefinition)
  const settings = settingsAfter(input)
  const spec = checkedSpec(context, cluster, definition, {...input, requestedPlatform: input.platformVersion})
  requireValidPlacement(spec, settings)
  requireTaskRoleForExec(settings, definition, 'created')
  const graceful = spec.loadBalancers.length > 0 ? {healthCheckGracePeriodSeconds: 0, ...settings} : settings
  return {
    scope,
    serviceArn: serviceArn(scope, clusterName, serviceName),
    serviceName,
    clusterArn,
    clusterName,
    createdAt: context.clock.now(),
    createdBy: globalArn('iam', scope, 'root'),
    roleArn: globalArn('iam', scope, 'role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS'),
    clientToken: input.clientToken,
    fingerprint: fingerprint(input),
    status: 'ACTIVE',
    desiredCount: input.desiredCount ?? 0,
    launchType: spec.launchType,
    spec,
    settings: graceful,
    deployments: [],
    serviceDeployments: [],
    revisions: [],
    events: [],
    tags: checkedTags(input.tags),
    notices: noNotices(),
  }
}
