import type {Clock} from '../clock.js'
import type {RolesPort} from '../ports.js'
import type {Scope} from '../scope.js'
import {globalArn} from '../scope.js'
import {ROLE_PROPAGATION_MS} from './durations.js'
import type {TaskDefinitionRecord} from './records.js'

const TASKS_PRINCIPAL = 'ecs-tasks.amazonaws.com'

/**
 * Says why ECS cannot assume a role of a task definition, in AWS's words, or undefined where it can. A role that
 * was made seconds ago cannot be assumed yet; this heals by itself.
 */
export function roleFailure(
  {roles, clock}: {roles: RolesPort; clock: Clock},
  scope: Scope,
  {registration}: TaskDefinitionRecord,
): string | undefined {
  for (const name of [registration.executionRoleArn, registration.taskRoleArn]) {
    if (name === undefined) continue
    const roleArn = name.startsWith('arn:') ? name : globalArn('iam', scope, `role/${name}`)
    const role = roles.findRole(scope, roleArn)
    const settled = role !== undefined && clock.now() - role.createdAt >= ROLE_PROPAGATION_MS
    if (settled && role.trustedServices.includes(TASKS_PRINCIPAL)) continue
    return (
      `ECS was unable to assume the role '${roleArn}' that was provided for this task. Please verify that the role` +
      ' being passed has the proper trust relationship and permissions and that your IAM user has permissions to' +
      ' pass this role.'
    )
  }
  return undefined
}
