import type {ContainerDefinition, LoadBalancer, NetworkConfiguration, Tag, TaskOverride} from '@aws-sdk/client-ecs'
import type {NetworkPort} from '../ports.js'
import type {Scope} from '../scope.js'
import {regionalArn} from '../scope.js'
import type {RandomSource} from './ids.js'
import {newTaskId, newUuid} from './ids.js'
import type {ContainerInstanceRecord, ContainerRecord, TaskDefinitionRecord, TaskRecord} from './records.js'

/** What a new task is made from. */
export interface TaskOrder {
  readonly scope: Scope
  readonly clusterArn: string
  readonly clusterName: string
  readonly definition: TaskDefinitionRecord
  readonly networkConfiguration: NetworkConfiguration
  readonly group: string
  readonly tags: Tag[]
  /** Which subnet: tasks are spread over them in turn. */
  readonly placement: number
  readonly overrides?: TaskOverride | undefined
  readonly startedBy?: string | undefined
  readonly serviceArn?: string | undefined
  readonly deploymentId?: string | undefined
  readonly loadBalancers?: readonly LoadBalancer[]
  readonly capacityProviderName?: string | undefined
  /** Where it is to run, unless that is Fargate. */
  readonly instance?: ContainerInstanceRecord | undefined
  readonly platformVersion?: string | undefined
  readonly enableExecuteCommand?: boolean | undefined
}

/** Makes tasks in their first state: PROVISIONING, with a network interface that is yet to come. */
export class TaskFactory {
  readonly #network: NetworkPort
  readonly #random: RandomSource
  readonly #now: () => number

  constructor(options: {network: NetworkPort; random: RandomSource; now: () => number}) {
    this.#network = options.network
    this.#random = options.random
    this.#now = options.now
  }

  create(order: TaskOrder): TaskRecord {
    const {scope, definition, overrides = {}} = order
    const {registration} = definition
    const taskId = newTaskId(this.#random)
    return {
      scope,
      taskId,
      taskArn: regionalArn('ecs', scope, `task/${order.clusterName}/${taskId}`),
      clusterArn: order.clusterArn,
      clusterName: order.clusterName,
      taskDefinitionArn: definition.taskDefinitionArn,
      family: definition.family,
      group: order.group,
      startedBy: order.startedBy,
      serviceArn: order.serviceArn,
      deploymentId: order.deploymentId,
      capacityProviderName: order.capacityProviderName ?? order.instance?.capacityProviderName,
      containerInstanceArn: order.instance?.containerInstanceArn,
      instanceReadyAt: order.instance?.registeredAt,
      ...platformOf(definition, order.platformVersion),
      cpu: overrides.cpu ?? registration.cpu ?? '256',
      memory: overrides.memory ?? registration.memory ?? '512',
      ephemeralStorageGib: (overrides.ephemeralStorage ?? registration.ephemeralStorage)?.sizeInGiB ?? 20,
      enableExecuteCommand: order.enableExecuteCommand ?? false,
      overrides,
      ...this.#place(order),
      targets: targetsOf(order.loadBalancers ?? []),
      createdAt: this.#now(),
      attachmentId: newUuid(this.#random),
      attachmentStatus: 'PRECREATED',
      containers: (registration.containerDefinitions ?? []).map((container) =>
        this.#container(order, taskId, container),
      ),
      tags: order.tags,
      lastStatus: 'PROVISIONING',
      desiredStatus: 'RUNNING',
      version: 1,
      targetsRegistered: false,
    }
  }

  #container({scope, clusterName}: TaskOrder, taskId: string, container: ContainerDefinition): ContainerRecord {
    return {
      name: container.name ?? '',
      containerArn: regionalArn('ecs', scope, `container/${clusterName}/${taskId}/${newUuid(this.#random)}`),
      image: container.image ?? '',
      cpu: container.cpu ?? 0,
      memory: container.memory,
      memoryReservation: container.memoryReservation,
      essential: container.essential ?? true,
      hasHealthCheck: container.healthCheck !== undefined,
      lastStatus: 'PENDING',
      healthStatus: 'UNKNOWN',
    }
  }

  #place({scope, networkConfiguration, placement}: TaskOrder): Pick<TaskRecord, 'network' | 'availabilityZone'> {
    const {subnets = [], securityGroups = [], assignPublicIp} = networkConfiguration.awsvpcConfiguration ?? {}
    const subnetId = subnets[placement % Math.max(1, subnets.length)] ?? ''
    return {
      network: {subnetId, securityGroupIds: [...securityGroups], assignPublicIp: assignPublicIp === 'ENABLED'},
      availabilityZone: this.#network.findSubnet(scope, subnetId)?.availabilityZone ?? `${scope.region}a`,
    }
  }
}

function targetsOf(loadBalancers: readonly LoadBalancer[]): TaskRecord['targets'] {
  return loadBalancers.flatMap(({targetGroupArn, containerPort}) =>
    targetGroupArn === undefined || containerPort === undefined ? [] : [{targetGroupArn, port: containerPort}],
  )
}

/** LATEST is 1.4.0 on Linux and 1.0.0 on Windows. */
function platformOf(
  {registration}: TaskDefinitionRecord,
  platformVersion = 'LATEST',
): Pick<TaskRecord, 'platformVersion' | 'platformFamily' | 'architecture'> {
  const {operatingSystemFamily: system = 'LINUX', cpuArchitecture = 'X86_64'} = registration.runtimePlatform ?? {}
  return {
    platformFamily: platformFamilyOf(system),
    platformVersion: platformVersion === 'LATEST' ? latestPlatform(system) : platformVersion,
    architecture: cpuArchitecture,
  }
}

/** The platform version that LATEST stands for. */
export const latestPlatform = (operatingSystemFamily = 'LINUX'): string =>
  operatingSystemFamily === 'LINUX' ? '1.4.0' : '1.0.0'

/** `Linux`, or for instance `Windows_Server_2019_Core`. */
export const platformFamilyOf = (operatingSystemFamily = 'LINUX'): string =>
  operatingSystemFamily
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('_')
