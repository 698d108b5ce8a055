import type {Service} from '../../../ecs/services.js'
import {logGroupName, targetGroupName} from '../../../lib/resource-names.js'
import type {AnyStep, Step} from '../../../plan/step.js'
import {joined, known} from '../../../plan/step.js'
import type {Context} from '../../context.js'
import {capacitySteps} from '../../infrastructure/capacity.js'
import {clusterStep} from '../../infrastructure/cluster.js'
import {logGroupStep} from '../../infrastructure/log-group.js'
import {executionRoleStep, serviceLinkedRoleStep} from '../../infrastructure/roles.js'
import {secretAccessStep} from '../../infrastructure/secret-access.js'
import {workloadImageStep, workloadTaskDefinitionStep} from '../../infrastructure/workload.js'
import {workloadSecurityGroupsStep} from '../../infrastructure/workload-security-groups.js'
import {withMarks} from '../../tags.js'
import type {LoadBalancerState} from './load-balancer.js'
import {loadBalancerStep} from './load-balancer.js'
import {ingressStep, serviceNetworkStep} from './network.js'
import type {CreateServiceOptions} from './options.js'
import {serviceStep} from './service.js'
import {targetGroupStep} from './target-group.js'
import {defaultActionStep, rulesStep} from './traffic.js'

/** The steps whose values are read at the end. */
export interface CreateServicePlan {
  readonly service: Step<Service>
  readonly image: Step<string>
  readonly taskDefinition: Step<string>
  readonly loadBalancer: Step<LoadBalancerState> | undefined
}

/** What a service that exists already runs; it is left as it is. */
export interface ExistingService {
  readonly service: Service
  readonly image: string
}

type PlanContext = Pick<Context, 'aws' | 'docker' | 'git' | 'clock' | 'output'>

/** The graph of everything that a service needs, from the cluster to the service itself. */
export function planService(
  context: PlanContext,
  options: CreateServiceOptions,
  existing: ExistingService | undefined,
): CreateServicePlan {
  const {aws} = context
  const {cluster, name, secrets} = options
  const sharedTags = withMarks(options.tags)
  const ownTags = withMarks(options.tags, name)

  const loadBalancer = loadBalancerOf(context, options)
  const network = serviceNetworkStep(aws, loadBalancer, options.subnetIds)
  const executionRole = executionRoleStep(aws, sharedTags)
  const image = existing === undefined ? workloadImageStep(context, options, ownTags) : known('image', existing.image)
  const logs = logGroupStep(aws, {
    name: logGroupName('service', name),
    retentionDays: options.logRetentionDays,
    tags: ownTags,
  })
  const taskDefinition =
    existing === undefined
      ? workloadTaskDefinitionStep(context, options, {
          ...{kind: 'service', image, executionRole},
          containerPort: options.port?.port,
          tags: ownTags,
        })
      : known('task-definition', existing.service.taskDefinition)
  const targetGroup =
    loadBalancer === undefined || options.port === undefined
      ? undefined
      : targetGroupStep(aws, network, {
          name: targetGroupName(cluster, name),
          port: options.port,
          healthCheck: options.healthCheck,
          deregistrationDelaySeconds: options.deregistrationDelaySeconds,
          tags: ownTags,
        })

  const waitedFor: AnyStep[] = [serviceLinkedRoleStep(aws), logs]
  if (secrets.length > 0)
    waitedFor.push(secretAccessStep(aws, executionRole, {kind: 'service', cluster, name, secrets}))
  if (loadBalancer !== undefined && targetGroup !== undefined) {
    const needs = {loadBalancer, targetGroup}
    const traffic =
      options.rules.length > 0
        ? rulesStep(aws, needs, options.rules, ownTags)
        : defaultActionStep(aws, needs, options.replaceDefault)
    waitedFor.push(traffic)
  }
  const clusterFirst = clusterStep(aws, cluster, sharedTags)
  if (existing === undefined) waitedFor.push(...capacitySteps(aws, clusterFirst, cluster, options.capacity))
  const needs = {
    cluster: clusterFirst,
    taskDefinition,
    network,
    securityGroups: workloadSecurityGroupsStep(
      aws,
      {kind: 'service', cluster, name, securityGroupIds: options.securityGroupIds, tags: ownTags},
      {network, ingress: ingressStep(options, loadBalancer)},
    ),
    targetGroup: targetGroup ?? known('target-group', undefined),
    after: joined('surroundings', waitedFor),
  }
  const service = serviceStep(context, needs, {...options, tags: ownTags}, existing?.service)
  return {service, image, taskDefinition, loadBalancer}
}

function loadBalancerOf({aws}: PlanContext, {loadBalancer, port}: CreateServiceOptions) {
  return loadBalancer === undefined || port === undefined ? undefined : loadBalancerStep(aws, loadBalancer, port)
}
