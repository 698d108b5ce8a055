import {IAMClient} from '@aws-sdk/client-iam'
import type {Clock} from '../../clock.js'
import {validationMessage} from '../../constraints/violation.js'
import type {RolesPort} from '../../ports.js'
import type {StatePart} from '../../state/part.js'
import type {LocalService, RequestFaults} from '../../wire/service.js'
import {validationError} from './faults.js'
import {inlinePolicyOperations} from './inline-policies.js'
import {trustedServices} from './policy-documents.js'
import {rolePolicyOperations} from './role-policies.js'
import {RoleStore} from './role-store.js'
import {roleTagOperations} from './role-tags.js'
import {roleOperations} from './roles.js'
import {createServiceLinkedRole} from './service-linked-roles.js'

/**
 * The roles of IAM. Policies are kept and described, never enforced. `random` answers numbers from 0 to below 1.
 */
export function createIam({clock, random}: {clock: Clock; random: () => number}): {
  service: LocalService
  roles: RolesPort
  state: StatePart
} {
  const store = new RoleStore(clock, random)
  const operations = [
    ...roleOperations(store),
    ...rolePolicyOperations(store),
    ...inlinePolicyOperations(store),
    ...roleTagOperations(store),
    createServiceLinkedRole(store),
  ]
  const requestFaults: Pick<RequestFaults, 'invalid'> = {
    // Unlike other services IAM keeps the values to itself.
    invalid: (violations) => validationError(validationMessage(violations, {quoteValues: false})),
  }
  const service = {signingName: 'iam', client: IAMClient, operations, requestFaults}
  return {service, roles: rolesPort(store), state: store}
}

const rolesPort = (store: RoleStore): RolesPort => ({
  findRole(scope, roleArn) {
    const role = store.list(scope).find(({arn}) => arn === roleArn)
    return role && {roleArn, trustedServices: trustedServices(role.trustPolicy), createdAt: role.createdAt}
  },

  hasServiceLinkedRole: (scope, awsServiceName) =>
    store.list(scope).some(({linkedService}) => linkedService === awsServiceName),
})
