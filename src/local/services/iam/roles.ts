import type {
  CreateRoleCommandInput,
  CreateRoleCommandOutput,
  DeleteRoleCommandInput,
  DeleteRoleCommandOutput,
  GetRoleCommandInput,
  GetRoleCommandOutput,
  ListRolesCommandInput,
  ListRolesCommandOutput,
  UpdateAssumeRolePolicyCommandInput,
  UpdateAssumeRolePolicyCommandOutput,
} from '@aws-sdk/client-iam'
import {CreateRole$, DeleteRole$, GetRole$, ListRoles$, UpdateAssumeRolePolicy$} from '@aws-sdk/client-iam'
import type {Operation, WithRequired} from '../../wire/service.js'
import {deleteConflict} from './faults.js'
import {iamOperation} from './iam-operation.js'
import {managedPolicy} from './managed-policies.js'
import {pageOf} from './paging.js'
import {checkTrustPolicy} from './policy-documents.js'
import type {RoleStore} from './role-store.js'
import {mergeTags} from './role-tags.js'
import {createdRole, fullRole, listedRole} from './role-views.js'

type CreateRoleInput = WithRequired<CreateRoleCommandInput, 'RoleName' | 'AssumeRolePolicyDocument'>
type UpdateTrustInput = WithRequired<UpdateAssumeRolePolicyCommandInput, 'RoleName' | 'PolicyDocument'>

/** CreateRole, GetRole, ListRoles, DeleteRole and UpdateAssumeRolePolicy. */
export const roleOperations = (store: RoleStore): Operation[] => [
  iamOperation<CreateRoleInput, CreateRoleCommandOutput>(CreateRole$, (input, scope) => {
    checkTrustPolicy(input.AssumeRolePolicyDocument)
    const boundary = input.PermissionsBoundary
    const role = store.add(scope, {
      roleName: input.RoleName,
      path: input.Path ?? '/',
      trustPolicy: input.AssumeRolePolicyDocument,
      maxSessionDuration: input.MaxSessionDuration ?? 3600,
      tags: mergeTags([], input.Tags ?? []),
      ...(input.Description !== undefined && {description: input.Description}),
      ...(boundary !== undefined && {permissionsBoundary: managedPolicy(scope, boundary).arn}),
    })
    return {Role: createdRole(role)}
  }),

  iamOperation<WithRequired<GetRoleCommandInput, 'RoleName'>, GetRoleCommandOutput>(GetRole$, (input, scope) => ({
    Role: fullRole(store.get(scope, input.RoleName)),
  })),

  iamOperation<ListRolesCommandInput, ListRolesCommandOutput>(ListRoles$, (input, scope) => {
    const roles = store.list(scope).filter(({path}) => path.startsWith(input.PathPrefix ?? '/'))
    const {items, next} = pageOf(roles, input, ({path, roleName}) => path + roleName)
    return {Roles: items.map(listedRole), ...next}
  }),

  iamOperation<WithRequired<DeleteRoleCommandInput, 'RoleName'>, DeleteRoleCommandOutput>(
    DeleteRole$,
    (input, scope) => {
      const role = store.getModifiable(scope, input.RoleName)
      if (role.attachedPolicies.length > 0) {
        throw deleteConflict('Cannot delete entity, must detach all policies first.')
      }
      if (Object.keys(role.inlinePolicies).length > 0) {
        throw deleteConflict('Cannot delete entity, must delete policies first.')
      }
      store.delete(scope, role)
      return {}
    },
  ),

  iamOperation<UpdateTrustInput, UpdateAssumeRolePolicyCommandOutput>(UpdateAssumeRolePolicy$, (input, scope) => {
    const role = store.getModifiable(scope, input.RoleName)
    checkTrustPolicy(input.PolicyDocument)
    role.trustPolicy = input.PolicyDocument
    return {}
  }),
]
