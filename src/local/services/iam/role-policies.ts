import type {
  AttachRolePolicyCommandInput,
  AttachRolePolicyCommandOutput,
  DetachRolePolicyCommandInput,
  DetachRolePolicyCommandOutput,
  GetPolicyCommandInput,
  GetPolicyCommandOutput,
  ListAttachedRolePoliciesCommandInput,
  ListAttachedRolePoliciesCommandOutput,
} from '@aws-sdk/client-iam'
import {AttachRolePolicy$, DetachRolePolicy$, GetPolicy$, ListAttachedRolePolicies$} from '@aws-sdk/client-iam'
import {AwsFault} from '../../aws-fault.js'
import type {Operation, WithRequired} from '../../wire/service.js'
import {limitExceeded, noSuchEntity} from './faults.js'
import {iamOperation} from './iam-operation.js'
import {isKnown, managedPolicy} from './managed-policies.js'
import {pageOf} from './paging.js'
import type {RoleStore} from './role-store.js'

/** AWS's default quota. */
const maximumAttachedPolicies = 10

type AttachInput = WithRequired<AttachRolePolicyCommandInput, 'RoleName' | 'PolicyArn'>
type DetachInput = WithRequired<DetachRolePolicyCommandInput, 'RoleName' | 'PolicyArn'>
type ListAttachedInput = WithRequired<ListAttachedRolePoliciesCommandInput, 'RoleName'>

/** AttachRolePolicy, DetachRolePolicy, ListAttachedRolePolicies and GetPolicy. */
export const rolePolicyOperations = (store: RoleStore): Operation[] => [
  iamOperation<AttachInput, AttachRolePolicyCommandOutput>(AttachRolePolicy$, (input, scope) => {
    const role = store.getModifiable(scope, input.RoleName)
    const {arn, path} = managedPolicy(scope, input.PolicyArn)
    if (path.startsWith('/aws-service-role/')) {
      throw new AwsFault('PolicyNotAttachable', 'Cannot attach a Service Role Policy to a Customer Role.')
    }
    const attached = new Set([...role.attachedPolicies, arn])
    if (attached.size > maximumAttachedPolicies) {
      throw limitExceeded(`Cannot exceed quota for PoliciesPerRole: ${maximumAttachedPolicies}`)
    }
    role.attachedPolicies = [...attached]
    return {}
  }),

  iamOperation<DetachInput, DetachRolePolicyCommandOutput>(DetachRolePolicy$, (input, scope) => {
    const role = store.getModifiable(scope, input.RoleName)
    if (!role.attachedPolicies.includes(input.PolicyArn)) throw noSuchEntity(`Policy ${input.PolicyArn} was not found.`)
    role.attachedPolicies = role.attachedPolicies.filter((arn) => arn !== input.PolicyArn)
    return {}
  }),

  iamOperation<ListAttachedInput, ListAttachedRolePoliciesCommandOutput>(ListAttachedRolePolicies$, (input, scope) => {
    const policies = store
      .get(scope, input.RoleName)
      .attachedPolicies.map((arn) => managedPolicy(scope, arn))
      .filter(({path}) => path.startsWith(input.PathPrefix ?? '/'))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    const {items, next} = pageOf(policies, input, ({name}) => name)
    return {AttachedPolicies: items.map(({name, arn}) => ({PolicyName: name, PolicyArn: arn})), ...next}
  }),

  iamOperation<WithRequired<GetPolicyCommandInput, 'PolicyArn'>, GetPolicyCommandOutput>(GetPolicy$, (input, scope) => {
    const policy = managedPolicy(scope, input.PolicyArn)
    if (!isKnown(policy)) throw noSuchEntity(`Policy ${policy.arn} was not found.`)
    const isAttached = store.list(scope).filter(({attachedPolicies}) => attachedPolicies.includes(policy.arn))
    return {
      Policy: {
        PolicyName: policy.name,
        Arn: policy.arn,
        Path: policy.path,
        DefaultVersionId: 'v1',
        AttachmentCount: isAttached.length,
        PermissionsBoundaryUsageCount: 0,
        IsAttachable: true,
      },
    }
  }),
]
