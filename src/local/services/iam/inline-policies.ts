import type {
  DeleteRolePolicyCommandInput,
  DeleteRolePolicyCommandOutput,
  GetRolePolicyCommandInput,
  GetRolePolicyCommandOutput,
  ListRolePoliciesCommandInput,
  ListRolePoliciesCommandOutput,
  PutRolePolicyCommandInput,
  PutRolePolicyCommandOutput,
} from '@aws-sdk/client-iam'
import {DeleteRolePolicy$, GetRolePolicy$, ListRolePolicies$, PutRolePolicy$} from '@aws-sdk/client-iam'
import type {Operation, WithRequired} from '../../wire/service.js'
import {limitExceeded, noSuchEntity} from './faults.js'
import {iamOperation} from './iam-operation.js'
import {pageOf} from './paging.js'
import {checkIdentityPolicy} from './policy-documents.js'
import type {RoleRecord} from './records.js'
import type {RoleStore} from './role-store.js'
import {encodeDocument} from './role-views.js'

/** All inline policies of a role together, white space not counted. */
const maximumInlineSize = 10_240

type PutInput = WithRequired<PutRolePolicyCommandInput, 'RoleName' | 'PolicyName' | 'PolicyDocument'>
type GetInput = WithRequired<GetRolePolicyCommandInput, 'RoleName' | 'PolicyName'>
type DeleteInput = WithRequired<DeleteRolePolicyCommandInput, 'RoleName' | 'PolicyName'>

/** PutRolePolicy, GetRolePolicy, ListRolePolicies and DeleteRolePolicy. */
export const inlinePolicyOperations = (store: RoleStore): Operation[] => [
  iamOperation<PutInput, PutRolePolicyCommandOutput>(PutRolePolicy$, (input, scope) => {
    const role = store.getModifiable(scope, input.RoleName)
    checkIdentityPolicy(input.PolicyDocument)
    const policies = {...role.inlinePolicies, [input.PolicyName]: input.PolicyDocument}
    const size = Object.values(policies).reduce((sum, document) => sum + document.replaceAll(/\s/g, '').length, 0)
    if (size > maximumInlineSize) {
      throw limitExceeded(`Maximum policy size of ${maximumInlineSize} bytes exceeded for role ${role.roleName}`)
    }
    role.inlinePolicies = policies
    return {}
  }),

  iamOperation<GetInput, GetRolePolicyCommandOutput>(GetRolePolicy$, (input, scope) => {
    const role = store.get(scope, input.RoleName)
    return {
      RoleName: role.roleName,
      PolicyName: input.PolicyName,
      PolicyDocument: encodeDocument(inlinePolicy(role, input.PolicyName)),
    }
  }),

  iamOperation<WithRequired<ListRolePoliciesCommandInput, 'RoleName'>, ListRolePoliciesCommandOutput>(
    ListRolePolicies$,
    (input, scope) => {
      const names = Object.keys(store.get(scope, input.RoleName).inlinePolicies).toSorted()
      const {items, next} = pageOf(names, input, (name) => name)
      return {PolicyNames: [...items], ...next}
    },
  ),

  iamOperation<DeleteInput, DeleteRolePolicyCommandOutput>(DeleteRolePolicy$, (input, scope) => {
    const role = store.getModifiable(scope, input.RoleName)
    inlinePolicy(role, input.PolicyName)
    delete role.inlinePolicies[input.PolicyName]
    return {}
  }),
]

function inlinePolicy({inlinePolicies}: RoleRecord, name: string): string {
  const document = Object.hasOwn(inlinePolicies, name) ? inlinePolicies[name] : undefined
  if (document === undefined) throw noSuchEntity(`The role policy with name ${name} cannot be found.`)
  return document
}
