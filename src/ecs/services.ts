import type {
  CreateServiceCommandInput,
  DeploymentConfiguration,
  LoadBalancer,
  NetworkConfiguration,
  Deployment as SdkDeployment,
  Service as SdkService,
  UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs'
import {inBatches} from '../aws/batching.js'
import {absentOn, isAwsError} from '../aws/errors.js'
import {collect} from '../aws/paging.js'
import {AwsError} from '../errors/errors.js'
import type {Capacity} from '../lib/capacity.js'
import type {Ecs} from './sdk.js'

export type {LoadBalancer, NetworkConfiguration} from '@aws-sdk/client-ecs'

/** A deployment of a service: PRIMARY is the one wanted now, ACTIVE ones are on their way out. */
export interface Deployment {
  readonly id: string
  readonly status: string
  readonly taskDefinition: string
  readonly desiredCount: number
  readonly runningCount: number
  readonly pendingCount: number
  readonly failedTasks: number
  /** IN_PROGRESS, COMPLETED or FAILED; absent for controllers other than ECS. */
  readonly rolloutState: string | undefined
  readonly rolloutStateReason: string | undefined
  readonly createdAt: Date | undefined
}

export interface ServiceEvent {
  readonly id: string
  readonly createdAt: Date
  readonly message: string
}

/** A service as ECS describes it, with the members that this program reads made certain. */
export interface Service {
  readonly arn: string
  readonly name: string
  readonly clusterArn: string
  /** ACTIVE, DRAINING or INACTIVE. */
  readonly status: string
  readonly desiredCount: number
  readonly runningCount: number
  readonly pendingCount: number
  readonly taskDefinition: string
  readonly deployments: readonly Deployment[]
  /** Newest first, at most 100. */
  readonly events: readonly ServiceEvent[]
  readonly loadBalancers: readonly LoadBalancer[]
  readonly networkConfiguration: NetworkConfiguration | undefined
  readonly deploymentConfiguration: DeploymentConfiguration | undefined
  readonly launchType: string | undefined
  /** `LATEST` or `1.4.0`; of tasks on Fargate. */
  readonly platformVersion: string | undefined
  readonly capacityProviders: readonly string[]
  /** What says how tasks are spread over them; weights and bases are always there. */
  readonly capacity: Capacity
  readonly healthCheckGracePeriodSeconds: number | undefined
  readonly tags: Readonly<Record<string, string>>
  readonly createdAt: Date | undefined
}

const describeServicesLimit = 10

/**
 * Describes services by name or ARN, with tags; DescribeServices takes ten at a time.
 *
 * @returns those that exist, INACTIVE ones included while ECS remembers them; a MISSING one is left out
 * @throws AwsError for every other entry of `failures`, and when the cluster does not exist
 */
export async function describeServices(ecs: Ecs, cluster: string, names: readonly string[]): Promise<Service[]> {
  return inBatches(names, describeServicesLimit, async (services) => {
    const answer = await ecs('DescribeServices', {cluster, services, include: ['TAGS']})
    const failure = answer.failures?.find(({reason}) => reason !== 'MISSING')
    if (failure !== undefined) {
      throw new AwsError('DESCRIBE_FAILED', `ECS cannot describe service ${failure.arn}: ${failure.reason}`, {
        details: {failures: answer.failures},
      })
    }
    return (answer.services ?? []).map(narrowService)
  })
}

/** Describes one service; `undefined` when it, or its cluster, does not exist. */
export async function describeService(ecs: Ecs, cluster: string, name: string): Promise<Service | undefined> {
  const services = await absentOn(describeServices(ecs, cluster, [name]), 'ClusterNotFoundException')
  return services?.[0]
}

/** The ARNs of a cluster's services that are not being deleted; none where the cluster does not exist. */
export async function listServices(ecs: Ecs, cluster: string): Promise<string[]> {
  const arns = collect(
    (nextToken) => ecs('ListServices', {cluster, maxResults: 100, ...(nextToken && {nextToken})}),
    (page) => page.nextToken,
    (page) => page.serviceArns,
  )
  return (await absentOn(arns, 'ClusterNotFoundException')) ?? []
}

/**
 * Creates a service.
 *
 * @returns `undefined` when one of that name exists already (ECS: "Creation of service was not idempotent.")
 */
export async function createService(ecs: Ecs, input: CreateServiceCommandInput): Promise<Service | undefined> {
  try {
    const {service} = await ecs('CreateService', input)
    return narrowService(service ?? {})
  } catch (error) {
    if (isAwsError(error, 'InvalidParameterException') && /not idempotent/.test(error.message)) return undefined
    throw error
  }
}

/** What UpdateService can change besides the task definition. */
export type ServiceSettings = Omit<UpdateServiceCommandInput, 'cluster' | 'service' | 'taskDefinition'>

/** Updates a service; the deployment that this starts, if any, is the PRIMARY one of the answer. */
export async function updateService(ecs: Ecs, input: UpdateServiceCommandInput): Promise<Service> {
  const {service} = await ecs('UpdateService', input)
  return narrowService(service ?? {})
}

/** Adds tags to a service, or changes those of the same keys. Tasks that run already keep the tags of their start. */
export async function tagService(ecs: Ecs, arn: string, tags: {key: string; value: string}[]): Promise<void> {
  await ecs('TagResource', {resourceArn: arn, tags})
}

/** Deletes a service; with `force` its tasks are stopped too. It is DRAINING until they are gone, then INACTIVE. */
export async function deleteService(ecs: Ecs, cluster: string, service: string, force: boolean): Promise<void> {
  await absentOn(
    ecs('DeleteService', {cluster, service, force}),
    'ServiceNotFoundException',
    'ServiceNotActiveException',
  )
}

/** The deployment that ECS works towards. */
export function primaryDeployment(service: Service): Deployment {
  const primary = service.deployments.find(({status}) => status === 'PRIMARY')
  if (primary === undefined) throw new AwsError('NO_DEPLOYMENT', `service ${service.name} has no PRIMARY deployment`)
  return primary
}

function narrowService(service: SdkService): Service {
  return {
    arn: service.serviceArn ?? '',
    name: service.serviceName ?? '',
    clusterArn: service.clusterArn ?? '',
    status: service.status ?? '',
    desiredCount: service.desiredCount ?? 0,
    runningCount: service.runningCount ?? 0,
    pendingCount: service.pendingCount ?? 0,
    taskDefinition: service.taskDefinition ?? '',
    deployments: (service.deployments ?? []).map(narrowDeployment),
    events: (service.events ?? []).map(({id = '', createdAt = new Date(0), message = ''}) => ({
      id,
      createdAt,
      message,
    })),
    loadBalancers: service.loadBalancers ?? [],
    networkConfiguration: service.networkConfiguration,
    deploymentConfiguration: service.deploymentConfiguration,
    launchType: service.launchType,
    platformVersion: service.platformVersion,
    capacityProviders: (service.capacityProviderStrategy ?? []).map(({capacityProvider}) => capacityProvider ?? ''),
    capacity: capacityOf(service),
    healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds,
    tags: Object.fromEntries((service.tags ?? []).map(({key = '', value = ''}) => [key, value])),
    createdAt: service.createdAt,
  }
}

function narrowDeployment(deployment: SdkDeployment): Deployment {
  return {
    id: deployment.id ?? '',
    status: deployment.status ?? '',
    taskDefinition: deployment.taskDefinition ?? '',
    desiredCount: deployment.desiredCount ?? 0,
    runningCount: deployment.runningCount ?? 0,
    pendingCount: deployment.pendingCount ?? 0,
    failedTasks: deployment.failedTasks ?? 0,
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
    createdAt: deployment.createdAt,
  }
}

function capacityOf({launchType, capacityProviderStrategy = []}: SdkService): Capacity {
  if (capacityProviderStrategy.length === 0) return {launchType: launchType === 'EC2' ? 'EC2' : 'FARGATE'}
  return {
    strategy: capacityProviderStrategy.map(({capacityProvider = '', weight = 0, base = 0}) => ({
      capacityProvider,
      weight,
      base,
    })),
  }
}

/** Takes tags away from a service; those that it does not have are no error. */
export async function untagService(ecs: Ecs, arn: string, tagKeys: string[]): Promise<void> {
  await ecs('UntagResource', {resourceArn: arn, tagKeys})
}
