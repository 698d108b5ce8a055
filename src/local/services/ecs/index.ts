import {ECSClient} from '@aws-sdk/client-ecs'
import type {Clock} from '../../clock.js'
import type {ImagesPort, LogsPort, NetworkPort, RolesPort, SecretsPort, TargetGroupsPort} from '../../ports.js'
import type {RandomSource} from '../../scheduler/ids.js'
import {systemRandom} from '../../scheduler/ids.js'
import type {FindPlacementProblem} from '../../scheduler/placement.js'
import type {ServiceRecord, TaskRecord} from '../../scheduler/records.js'
import {Scheduler} from '../../scheduler/scheduler.js'
import type {TaskTroubles} from '../../scheduler/troubles.js'
import type {StatePart} from '../../state/part.js'
import type {TaskRuntime} from '../../task-runtime.js'
import type {LocalService} from '../../wire/service.js'
import {capacityProviderOperations} from './capacity-provider-operations.js'
import {capacityProviderArn} from './capacity-provider-records.js'
import {clusterOperations} from './clusters.js'
import {containerInstanceOperations} from './container-instances.js'
import type {EcsContext} from './context.js'
import {requestFaults} from './request-faults.js'
import {serviceDeploymentOperations} from './service-deployments.js'
import {serviceOperations} from './services.js'
import type {ClusterRecord} from './store.js'
import {EcsStore} from './store.js'
import {tagOperations} from './tags.js'
import {taskDefinitionOperations} from './task-definitions.js'
import {taskOperations} from './tasks.js'

export interface EcsOptions {
  readonly clock: Clock
  readonly network: NetworkPort
  readonly roles: RolesPort
  readonly logs: LogsPort
  readonly images: ImagesPort
  readonly secrets: SecretsPort
  readonly targetGroups: TargetGroupsPort
  readonly runtime: TaskRuntime
  /** Where ids come from; a seeded source makes them repeatable. */
  readonly random?: RandomSource
  /** Makes Fargate short of capacity; there is always room where it is not given. */
  readonly findPlacementProblem?: FindPlacementProblem
  /** What goes wrong with tasks on purpose. */
  readonly troubles?: TaskTroubles
  /** Saves all state at once; tells whether it could. */
  readonly save?: () => boolean
}

/** What runs, for a status page: plain records that survive JSON. */
export interface EcsSnapshot {
  readonly clusters: readonly ClusterRecord[]
  readonly services: readonly ServiceRecord[]
  readonly tasks: readonly TaskRecord[]
}

/** The local Amazon ECS. */
export interface LocalEcs {
  readonly service: LocalService
  /** The clusters, services and tasks of every account and region, oldest first. */
  snapshot(): EcsSnapshot
  readonly state: StatePart
  /** Has `onChange` called whenever what is to be saved may have changed. */
  follow(onChange: () => void): void
  /** Goes on with what an earlier run has left, once the state of all services is restored. */
  resume(): void
  /** To be called when what goes wrong on purpose has changed. */
  review(): void
  /** Stops every timer and frees what tasks hold in the runtime. */
  close(): void
}

/** Makes a local Amazon ECS with nothing in it. */
export function createEcs(options: EcsOptions): LocalEcs {
  const {random = systemRandom, findPlacementProblem = () => undefined} = options
  const scheduler: Scheduler = new Scheduler({
    ...options,
    random,
    findPlacementProblem,
    findTaskDefinition: (arn) => store.taskDefinitions.get(arn),
    isManaged: (scope, name) =>
      store.capacityProviders.get(capacityProviderArn(scope, name))?.autoScalingGroupProvider.managedScaling?.status ===
      'ENABLED',
  })
  const store: EcsStore = new EcsStore(scheduler.state)
  const context: EcsContext = {...options, random, findPlacementProblem, store, scheduler}
  return {
    service: {
      signingName: 'ecs',
      client: ECSClient,
      operations: [
        ...clusterOperations(context),
        ...capacityProviderOperations(context),
        ...containerInstanceOperations(context),
        ...taskDefinitionOperations(context),
        ...serviceOperations(context),
        ...serviceDeploymentOperations(context),
        ...taskOperations(context),
        ...tagOperations(context),
      ],
      requestFaults,
    },
    snapshot: () => ({
      clusters: [...store.clusters.values()],
      services: [...store.running.services.values()],
      tasks: [...store.running.tasks.values()],
    }),
    state: store,
    follow: (onChange) => store.follow(onChange),
    resume: () => scheduler.resume(),
    review: () => scheduler.review(),
    close: () => scheduler.close(),
  }
}
