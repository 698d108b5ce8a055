import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  GetRoleCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
} from '@aws-sdk/client-iam'
import type {AwsCalls} from '../aws/calls.js'

export {IAMClient as Client}

export const operations = {
  AttachRolePolicy: AttachRolePolicyCommand,
  CreateRole: CreateRoleCommand,
  CreateServiceLinkedRole: CreateServiceLinkedRoleCommand,
  GetRole: GetRoleCommand,
  ListAttachedRolePolicies: ListAttachedRolePoliciesCommand,
}

/** AWS IAM, reduced to the operations that this program uses. */
export type Iam = AwsCalls<typeof operations>
