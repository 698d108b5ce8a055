import type {Clock} from '../clock.js'
import type {RolesPort} from '../ports.js'
import type {Scope} from '../scope.js'
import {globalArn} from '../scope.js'
import {ROLE_PROPAGATION_MS} from './durations.js'
import type {TaskDefinitionRecord} from './records.js'

const TASKS_PRINCIPAL = 'ecs-tasks.amazonaws.com'

/** Why ECS cannot assume a role of a task definition. */
export interface RoleFailure {
  /** In AWS's words. */
  readonly message: string
  /** The role was made seconds ago and can be assumed soon: this heals by itself. */
  readonly passing: boolean
}

/** Tells whether ECS can assume the roles of a task definition; undefined where it can. */
export function roleFailure(
  {roles, clock}: {roles: RolesPort; clock: Clock},
  scope: Scope,
  {registration}: TaskDefinitionRecord,
): RoleFailure | undefined {
  for (const name of [registration.executionRoleArn, registration.taskRoleArn]) {
    if (name === undefined) continue
    const roleArn = name.startsWith('arn:') ? name : globalArn('iam', scope, `role/${name}`)
    const role = roles.findRole(scope, roleArn)
    const trusts = role?.trustedServices.includes(TASKS_PRINCIPAL) === true
    const settled = role !== undefined && clock.now() - role.createdAt >= ROLE_PROPAGATION_MS
    if (trusts && settled) continue
    return {message: refusal(roleArn), passing: trusts}
  }
  return undefined
}

const refusal = (roleArn: string): string =>
  `ECS was unable to assume the role '${roleArn}' that was provided for this task. Please verify that the role` +
  ' being passed has the proper trust relationship and permissions and that your IAM user has permissions to' +
  ' pass this role.'
