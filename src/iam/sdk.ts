import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import type {AwsCalls} from '../aws/calls.js'

export {IAMClient as Client}

export const operations = {
  AttachRolePolicy: AttachRolePolicyCommand,
  CreateRole: CreateRoleCommand,
  CreateServiceLinkedRole: CreateServiceLinkedRoleCommand,
  DeleteRolePolicy: DeleteRolePolicyCommand,
  GetRole: GetRoleCommand,
  GetRolePolicy: GetRolePolicyCommand,
  ListAttachedRolePolicies: ListAttachedRolePoliciesCommand,
  PutRolePolicy: PutRolePolicyCommand,
}

/** AWS IAM, reduced to the operations that this program uses. */
export type Iam = AwsCalls<typeof operations>
