import type {RolesPort} from '../ports.js'
import {isNamed, matchesScope} from './matching.js'
import type {FaultPlan} from './plan.js'

/** Roles as ECS sees them under faults: made later than they were, or its own not there. */
export const withRoleFaults = (roles: RolesPort, plan: FaultPlan): RolesPort => ({
  findRole(scope, roleArn) {
    const role = roles.findRole(scope, roleArn)
    if (role === undefined) return undefined
    const delays = plan
      .current('iam-delay')
      .filter(({fault}) => matchesScope(fault, scope) && isNamed(fault.role, roleArn))
      .filter((planned) => plan.strikes(planned, roleArn))
      .map(({fault: {delayMs = 0}}) => delayMs)
    return {...role, createdAt: role.createdAt + delays.reduce((sum, one) => sum + one, 0)}
  },

  hasServiceLinkedRole(scope, awsServiceName) {
    const unseen = plan
      .current('no-service-linked-role')
      .some((planned) => matchesScope(planned.fault, scope) && plan.strikes(planned))
    return !unseen && roles.hasServiceLinkedRole(scope, awsServiceName)
  },
})
