import type {Clock} from '../clock.js'
import type {Scope} from '../scope.js'
import {regionalArn} from '../scope.js'
import {INSTANCE_IDLE_MS, INSTANCE_START_MS} from './durations.js'
import type {RandomSource} from './ids.js'
import {newInstanceId, newTaskId} from './ids.js'
import type {ContainerInstanceRecord, TaskDefinitionRecord, TaskRecord} from './records.js'
import type {SchedulerState} from './state.js'

/** What an instance of an Auto Scaling group has to give at least: that of an m5.large. */
const INSTANCE_CPU = 2048
const INSTANCE_MEMORY_MIB = 7680

export interface ContainerInstancesOptions {
  readonly clock: Clock
  readonly random: RandomSource
  readonly state: SchedulerState
  /** Whether ECS scales the Auto Scaling group of a capacity provider. */
  readonly isManaged: (scope: Scope, capacityProviderName: string) => boolean
}

/** What is to be placed on an instance. */
export interface InstanceOrder {
  readonly scope: Scope
  readonly clusterArn: string
  readonly clusterName: string
  readonly definition: TaskDefinitionRecord
  readonly overrides?: {readonly cpu?: string | undefined; readonly memory?: string | undefined} | undefined
  /** Undefined for the launch type EC2, which takes any instance of the cluster. */
  readonly capacityProviderName?: string | undefined
}

/**
 * The EC2 instances of clusters, which exist as far as ECS sees them. An Auto Scaling group with managed scaling gets
 * an instance when a task has no room, and loses one that nothing has run on for 15 minutes; one without it has one.
 */
export class ContainerInstances {
  readonly #options: ContainerInstancesOptions

  constructor(options: ContainerInstancesOptions) {
    this.#options = options
  }

  /** Oldest first. */
  of(clusterArn: string): ContainerInstanceRecord[] {
    const {state} = this.#options
    for (const instance of state.containerInstances.values()) {
      if (this.#isIdle(instance)) state.containerInstances.delete(instance.containerInstanceArn)
    }
    return [...state.containerInstances.values()].filter((instance) => instance.clusterArn === clusterArn)
  }

  /** An instance with room for the task, perhaps one that is about to start; undefined where there is none. */
  place(order: InstanceOrder): ContainerInstanceRecord | undefined {
    const {capacityProviderName: provider} = order
    const size = sizeOf(order)
    const candidates = this.#candidates(order)
    const found = candidates.find((instance) => {
      const left = this.remaining(instance)
      return left.cpu >= size.cpu && left.memoryMib >= size.memoryMib
    })
    if (found !== undefined || provider === undefined) return found
    const managed = this.#options.isManaged(order.scope, provider)
    return managed || candidates.length === 0 ? this.#start(order, provider, {size, managed}) : undefined
  }

  /** What there is too little of, where a task cannot be placed, as RunTask reports it. */
  shortage(order: InstanceOrder): string {
    const {cpu} = sizeOf(order)
    const fits = this.#candidates(order).some((instance) => this.remaining(instance).cpu >= cpu)
    return fits ? 'RESOURCE:MEMORY' : 'RESOURCE:CPU'
  }

  /** CPU units and MiB that no task has taken. */
  remaining(instance: ContainerInstanceRecord): {cpu: number; memoryMib: number} {
    const tasks = this.tasksOn(instance)
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
    return {
      cpu: instance.cpu - sum(tasks.map(({cpu}) => Number(cpu))),
      memoryMib: instance.memoryMib - sum(tasks.map(({memory}) => Number(memory))),
    }
  }

  /** The tasks that are not STOPPED. */
  tasksOn({containerInstanceArn}: ContainerInstanceRecord): TaskRecord[] {
    return this.#allOn(containerInstanceArn).filter(({lastStatus}) => lastStatus !== 'STOPPED')
  }

  #candidates({clusterArn, capacityProviderName: provider}: InstanceOrder): ContainerInstanceRecord[] {
    return this.of(clusterArn).filter(
      ({capacityProviderName, status}) =>
        status === 'ACTIVE' && (provider === undefined || capacityProviderName === provider),
    )
  }

  #allOn = (arn: string): TaskRecord[] =>
    [...this.#options.state.tasks.values()].filter((task) => task.containerInstanceArn === arn)

  #isIdle(instance: ContainerInstanceRecord): boolean {
    const {clock, isManaged} = this.#options
    const tasks = this.#allOn(instance.containerInstanceArn)
    if (tasks.some(({lastStatus}) => lastStatus !== 'STOPPED')) return false
    const lastUse = Math.max(instance.registeredAt, ...tasks.map(({stoppedAt = 0}) => stoppedAt))
    const isOld = clock.now() - lastUse >= INSTANCE_IDLE_MS
    return isOld && isManaged(instance.scope, instance.capacityProviderName)
  }

  #start(
    {scope, clusterArn, clusterName}: InstanceOrder,
    capacityProviderName: string,
    {size, managed}: {size: {cpu: number; memoryMib: number}; managed: boolean},
  ): ContainerInstanceRecord {
    const {clock, random, state} = this.#options
    const instance: ContainerInstanceRecord = {
      scope,
      clusterArn,
      containerInstanceArn: regionalArn('ecs', scope, `container-instance/${clusterName}/${newTaskId(random)}`),
      ec2InstanceId: newInstanceId(random),
      capacityProviderName,
      cpu: Math.max(INSTANCE_CPU, size.cpu),
      memoryMib: Math.max(INSTANCE_MEMORY_MIB, size.memoryMib),
      registeredAt: clock.now() + (managed ? INSTANCE_START_MS : 0),
      status: 'ACTIVE',
      tags: [],
    }
    state.containerInstances.set(instance.containerInstanceArn, instance)
    return instance
  }
}

/** A task definition for EC2 may have sizes at its containers only. */
function sizeOf({definition: {registration}, overrides}: InstanceOrder): {cpu: number; memoryMib: number} {
  const containers = registration.containerDefinitions ?? []
  const cpu = containers.reduce((sum, container) => sum + (container.cpu ?? 0), 0)
  const memory = containers.reduce((sum, container) => sum + (container.memoryReservation ?? container.memory ?? 0), 0)
  return {
    cpu: Number(overrides?.cpu ?? registration.cpu ?? cpu),
    memoryMib: Number(overrides?.memory ?? registration.memory ?? memory),
  }
}
