import type {CheckedEndpoint} from '../balancer/health-checks.js'
import type {Clock} from '../clock.js'
import type {RolesPort} from '../ports.js'
import type {FindPlacementProblem} from '../scheduler/placement.js'
import type {TaskRecord} from '../scheduler/records.js'
import type {TaskTroubles} from '../scheduler/troubles.js'
import type {WireOptions} from '../wire/wire-options.js'
import type {FaultPlan} from './plan.js'
import {requestFaults} from './requests.js'
import {withRoleFaults} from './roles.js'
import {targetFaults} from './targets.js'
import {placementFaults, taskFaults} from './tasks.js'

/** Where a plan of faults reaches into the parts of the local AWS. */
export interface FaultHooks {
  readonly scheduler: {readonly findPlacementProblem: FindPlacementProblem; readonly troubles: TaskTroubles}
  readonly balancer: {readonly checkedEndpoint: CheckedEndpoint}
  roles(roles: RolesPort): RolesPort
  /** @param next asked where no fault decides */
  wire(next: WireOptions['before']): Required<Pick<WireOptions, 'before' | 'around'>>
}

/** @param tasks the tasks of every account and region as they are now */
export function faultHooks(plan: FaultPlan, clock: Clock, tasks: () => readonly TaskRecord[]): FaultHooks {
  const {before, around} = requestFaults(plan, clock)
  return {
    scheduler: {findPlacementProblem: placementFaults(plan), troubles: taskFaults(plan)},
    balancer: {
      checkedEndpoint: targetFaults(plan, ({account, region, vpcId}, ip) =>
        tasks().findLast(({scope, networkInterface, desiredStatus}) => {
          const isThere = networkInterface?.privateIpAddress === ip && networkInterface.vpcId === vpcId
          return isThere && desiredStatus === 'RUNNING' && scope.account === account && scope.region === region
        }),
      ),
    },
    roles: (roles) => withRoleFaults(roles, plan),
    wire: (next) => ({before: async (call) => (await before(call)) ?? next?.(call), around}),
  }
}
