import type {Service} from '../../../ecs/services.js'
import {logGroupName, repositoryName, targetGroupName, taskDefinitionFamily} from '../../../lib/resource-names.js'
import type {AnyStep, Step} from '../../../plan/step.js'
import {joined, known, lookUp} from '../../../plan/step.js'
import type {Context} from '../../context.js'
import {capacitySteps} from '../../infrastructure/capacity.js'
import {clusterStep} from '../../infrastructure/cluster.js'
import {imageStep} from '../../infrastructure/image.js'
import {logGroupStep} from '../../infrastructure/log-group.js'
import {executionRoleStep, serviceLinkedRoleStep} from '../../infrastructure/roles.js'
import {secretAccessStep} from '../../infrastructure/secret-access.js'
import {taskDefinitionInput, taskDefinitionStep} from '../../infrastructure/task-definition.js'
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
  const image = existing === undefined ? newImageStep(context, options) : known('image', existing.image)
  const logs = logGroupStep(aws, {
    name: logGroupName('service', name),
    retentionDays: options.logRetentionDays,
    tags: ownTags,
  })
  const taskDefinition =
    existing === undefined
      ? newTaskDefinitionStep(context, options, image, executionRole)
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

function newImageStep(context: PlanContext, options: CreateServiceOptions): Step<string> {
  const {image, name, architecture, tags} = options
  if (typeof image === 'string') return known('image', image)
  return imageStep(context, {
    repositoryName: repositoryName(name),
    source: image,
    architecture: known('architecture', architecture),
    tags: withMarks(tags, name),
  })
}

function newTaskDefinitionStep(
  context: PlanContext,
  options: CreateServiceOptions,
  image: Step<string>,
  executionRole: Step<string>,
): Step<string> {
  const {name} = options
  const family = taskDefinitionFamily('service', name)
  const region = lookUp({id: 'region', title: 'region', find: () => context.aws.region()})
  return taskDefinitionStep(context, family, {image, executionRole, region}, (values) => {
    const {image: reference, executionRole: executionRoleArn, region: regionName} = values
    if (reference === undefined || executionRoleArn === undefined || regionName === undefined) return undefined
    return taskDefinitionInput({
      ...options,
      family,
      container: name,
      image: reference,
      executionRoleArn,
      taskRole: options.taskRole,
      command: options.command,
      containerPort: options.port?.port,
      ephemeralStorageGib: options.ephemeralStorageGib,
      logGroup: logGroupName('service', name),
      region: regionName,
      tags: withMarks(options.tags, name),
    })
  })
}
