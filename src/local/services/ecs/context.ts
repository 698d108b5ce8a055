import type {Clock} from '../../clock.js'
import type {NetworkPort, RolesPort, TargetGroupsPort} from '../../ports.js'
import type {RandomSource} from '../../scheduler/ids.js'
import type {FindPlacementProblem} from '../../scheduler/placement.js'
import type {Scheduler} from '../../scheduler/scheduler.js'
import type {EcsStore} from './store.js'

/** What the handlers of the local ECS share. */
export interface EcsContext {
  readonly clock: Clock
  readonly random: RandomSource
  readonly store: EcsStore
  readonly scheduler: Scheduler
  readonly network: NetworkPort
  readonly roles: RolesPort
  readonly targetGroups: TargetGroupsPort
  readonly findPlacementProblem: FindPlacementProblem
}
