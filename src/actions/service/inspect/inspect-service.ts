import {inParallel} from '../../../aws/batching.js'
import type {Deployment, Service, ServiceEvent} from '../../../ecs/services.js'
import {mainContainer} from '../../../ecs/task-definition-edit.js'
import {revisionOf} from '../../../ecs/task-definitions.js'
import {describeTasks, listTasks} from '../../../ecs/tasks.js'
import type {Context} from '../../context.js'
import type {DefinitionSummary} from '../../definition-summary.js'
import {summarizeDefinition} from '../../definition-summary.js'
import type {TaskDefinitionReader} from '../../task-definition-reader.js'
import {createTaskDefinitionReader} from '../../task-definition-reader.js'
import type {MainContainerNames, TaskSummary} from '../../task-summary.js'
import {summarizeTasks} from '../../task-summary.js'
import {describeKnownService} from '../known-service.js'
import type {ServiceTraffic} from './service-traffic.js'
import {describeTraffic} from './service-traffic.js'

export interface InspectServiceOptions {
  readonly cluster: string
  readonly name: string
}

export interface ServiceInspection {
  readonly service: string
  readonly cluster: string
  readonly arn: string
  /** ACTIVE, or DRAINING while it is being deleted. */
  readonly status: string
  readonly createdAt: Date | undefined
  readonly desiredCount: number
  readonly runningCount: number
  readonly pendingCount: number
  readonly launchType: string | undefined
  readonly capacityProviders: readonly string[]
  readonly taskDefinition: string
  /** Absent when the task definition is deleted. */
  readonly definition: DefinitionSummary | undefined
  readonly subnets: readonly string[]
  readonly securityGroups: readonly string[]
  readonly assignPublicIp: boolean
  readonly healthCheckGracePeriodSeconds: number | undefined
  readonly traffic: readonly ServiceTraffic[]
  readonly tags: Readonly<Record<string, string>>
  /** Those that are meant to run. */
  readonly tasks: readonly TaskSummary[]
  /** The one that is wanted now first. */
  readonly deployments: readonly DeploymentSummary[]
  /** Newest first, at most 100. */
  readonly events: readonly ServiceEvent[]
}

export interface DeploymentSummary extends Deployment {
  readonly revision: string
  /** Of the main container. */
  readonly image: string | undefined
}

/**
 * Everything about a service. Tasks, task definitions and the load balancer are asked for at the same time; at most
 * four calls depend on each other: service, target groups, listeners, rules.
 *
 * @throws AwsError SERVICE_NOT_FOUND
 */
export async function inspectService(
  context: Pick<Context, 'aws' | 'listenerUrl'>,
  {cluster, name}: InspectServiceOptions,
): Promise<ServiceInspection> {
  const {aws} = context
  const [service, taskArns] = await Promise.all([
    describeKnownService(aws, cluster, name),
    listTasks(aws.ecs, cluster, {serviceName: name, desiredStatus: 'RUNNING'}),
  ])
  const names = {service: name, loadBalancerContainer: service.loadBalancers[0]?.containerName}
  const definitionOf = createTaskDefinitionReader(aws.ecs)
  const [revision, deployments, tasks, traffic] = await Promise.all([
    definitionOf(service.taskDefinition),
    describeDeployments(service, names, definitionOf),
    describeTasks(aws.ecs, cluster, taskArns).then((each) => summarizeTasks({ec2: aws.ec2, definitionOf}, each, names)),
    describeTraffic(context, service.loadBalancers),
  ])
  return {
    ...ownFacts(service),
    cluster,
    definition: revision && summarizeDefinition(revision.taskDefinition, names),
    traffic,
    tasks,
    deployments,
  }
}

function ownFacts(service: Service) {
  const network = service.networkConfiguration?.awsvpcConfiguration
  return {
    service: service.name,
    arn: service.arn,
    status: service.status,
    createdAt: service.createdAt,
    desiredCount: service.desiredCount,
    runningCount: service.runningCount,
    pendingCount: service.pendingCount,
    launchType: service.launchType,
    capacityProviders: service.capacityProviders,
    taskDefinition: service.taskDefinition,
    subnets: network?.subnets ?? [],
    securityGroups: network?.securityGroups ?? [],
    assignPublicIp: network?.assignPublicIp === 'ENABLED',
    healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds,
    tags: service.tags,
    events: service.events,
  }
}

async function describeDeployments(
  {deployments}: Service,
  names: MainContainerNames,
  definitionOf: TaskDefinitionReader,
): Promise<DeploymentSummary[]> {
  const summaries = await inParallel(deployments, async (deployment) => {
    const revision = await definitionOf(deployment.taskDefinition)
    const image = revision && mainContainer(revision.taskDefinition, names)?.image
    return {...deployment, revision: revisionOf(deployment.taskDefinition), image}
  })
  const isOld = ({status}: Deployment) => Number(status !== 'PRIMARY')
  return summaries.sort((one, other) => isOld(one) - isOld(other))
}
