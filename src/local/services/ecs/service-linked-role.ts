import type {Scope} from '../../scope.js'
import type {EcsContext} from './context.js'
import {requireThat} from './faults.js'

/** Tasks with network interfaces need the service-linked role of ECS in the account. @throws AwsFault InvalidParameterException */
export function requireServiceLinkedRole({roles}: Pick<EcsContext, 'roles'>, scope: Scope): void {
  requireThat(
    roles.hasServiceLinkedRole(scope, 'ecs.amazonaws.com'),
    'Unable to assume the service linked role. Please verify that the ECS service linked role exists.',
  )
}
