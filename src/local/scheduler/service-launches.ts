import type {Tag} from '@aws-sdk/client-ecs'
import type {Clock} from '../clock.js'
import type {RolesPort} from '../ports.js'
import type {ContainerInstances} from './container-instances.js'
import type {EventWriter} from './events.js'
import {eventTexts} from './events.js'
import {countFailedLaunch, delayLaunch} from './failures.js'
import type {FindPlacementProblem} from './placement.js'
import {countProviders, nextProvider, runsOnInstance} from './placement.js'
import type {DeploymentRecord, ServiceRecord, TaskDefinitionRecord, TaskRecord} from './records.js'
import {roleFailure} from './roles.js'
import type {TaskFactory} from './task-factory.js'
import type {TaskLifecycle} from './task-lifecycle.js'
import type {FindTaskDefinition} from './task-preparation.js'

export interface ServiceLaunchesOptions {
  readonly clock: Clock
  readonly roles: RolesPort
  readonly factory: TaskFactory
  readonly lifecycle: TaskLifecycle
  readonly instances: ContainerInstances
  readonly events: EventWriter
  readonly findTaskDefinition: FindTaskDefinition
  readonly findPlacementProblem: FindPlacementProblem
}

/** What keeps the scheduler from launching a task. */
interface Obstacle {
  /** What the service's events say of it. */
  readonly event: string
  /** It heals by itself, and does not count as a failed task. */
  readonly passing: boolean
}

/** Starts tasks for the deployments of services. */
export class ServiceLaunches {
  readonly #options: ServiceLaunchesOptions

  constructor(options: ServiceLaunchesOptions) {
    this.#options = options
  }

  /**
   * Starts `count` tasks, or writes the event that says why it cannot.
   *
   * @param running the service's tasks that are to run: new ones are spread over subnets and capacity providers
   * @param replaced how many of the new tasks stand for unhealthy ones
   */
  launch(
    service: ServiceRecord,
    deployment: DeploymentRecord,
    {count, running, replaced}: {count: number; running: readonly TaskRecord[]; replaced: number},
  ): void {
    const {events, factory, instances, lifecycle} = this.#options
    const obstacle = this.#obstacle(service, deployment)
    if ('event' in obstacle) {
      this.#fail(service, deployment, obstacle)
      return
    }
    const launched: TaskRecord[] = []
    let problem: string | undefined
    while (launched.length < count) {
      const order = this.#order(service, deployment, obstacle, [...running, ...launched])
      problem = this.#options.findPlacementProblem(service.scope, {...order, family: order.definition.family})
      if (problem !== undefined) break
      const onInstance = runsOnInstance({...order, launchType: deployment.spec.launchType})
      const instance = onInstance ? instances.place(order) : undefined
      if (onInstance && instance === undefined) {
        this.#fail(service, deployment, {event: this.#noInstance(service), passing: false})
        break
      }
      const task = factory.create({...order, instance})
      launched.push(task)
      lifecycle.launch(task)
    }
    const {serviceName} = service
    if (launched.length > 0) {
      events.write(service, eventTexts.started(serviceName, launched, Math.min(replaced, launched.length)))
    }
    if (problem !== undefined) {
      this.#fail(service, deployment, {event: eventTexts.cannotPlace(serviceName, problem), passing: false})
    }
  }

  #noInstance({clusterArn, serviceName}: ServiceRecord): string {
    const isEmpty = this.#options.instances.of(clusterArn).length === 0
    return isEmpty ? eventTexts.noContainerInstance(serviceName) : eventTexts.noRoomOnInstances(serviceName)
  }

  /** Why no task can be launched, or the task definition to launch. */
  #obstacle({scope, serviceName}: ServiceRecord, {spec}: DeploymentRecord): Obstacle | TaskDefinitionRecord {
    const definition = this.#options.findTaskDefinition(spec.taskDefinitionArn)
    if (definition === undefined) {
      return {event: eventTexts.cannotLaunch(serviceName, 'TaskDefinition not found.'), passing: false}
    }
    const failure = roleFailure(this.#options, scope, definition)
    if (failure !== undefined) {
      return {event: eventTexts.cannotLaunch(serviceName, failure.message), passing: failure.passing}
    }
    return definition
  }

  #fail(service: ServiceRecord, deployment: DeploymentRecord, {event, passing}: Obstacle): void {
    const {events, clock} = this.#options
    events.write(service, event)
    if (passing) delayLaunch(deployment, clock.now())
    else if (countFailedLaunch(deployment, clock.now())) {
      events.write(service, eventTexts.inconsistent(service.serviceName))
    }
  }

  #order(
    service: ServiceRecord,
    {id, spec}: DeploymentRecord,
    definition: TaskDefinitionRecord,
    others: readonly TaskRecord[],
  ): Parameters<TaskFactory['create']>[0] {
    const {scope, clusterArn, clusterName, serviceName, serviceArn, settings} = service
    const siblings = others.filter(({deploymentId}) => deploymentId === id)
    return {
      scope,
      clusterArn,
      clusterName,
      definition,
      networkConfiguration: spec.networkConfiguration ?? {},
      group: `service:${serviceName}`,
      startedBy: id,
      serviceArn,
      deploymentId: id,
      placement: siblings.length,
      loadBalancers: spec.loadBalancers,
      capacityProviderName: nextProvider(spec.capacityProviderStrategy ?? [], countProviders(siblings)),
      platformVersion: spec.platformVersion,
      enableExecuteCommand: settings.enableExecuteCommand,
      tags: taskTags(service, definition),
    }
  }
}

/** Tags reach a task only when it is created. */
function taskTags({settings, serviceName, clusterName, tags}: ServiceRecord, definition: TaskDefinitionRecord): Tag[] {
  const propagated =
    settings.propagateTags === 'SERVICE' ? tags : settings.propagateTags === 'TASK_DEFINITION' ? definition.tags : []
  if (!settings.enableECSManagedTags) return [...propagated]
  return [
    ...propagated,
    {key: 'aws:ecs:clusterName', value: clusterName},
    {key: 'aws:ecs:serviceName', value: serviceName},
  ]
}
