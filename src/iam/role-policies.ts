import {absentOn} from '../aws/errors.js'
import type {Iam} from './sdk.js'

/** An inline policy of a role as the JSON document that IAM holds, or `undefined` when there is none. */
export async function findRolePolicy(iam: Iam, roleName: string, policyName: string): Promise<unknown> {
  const answer = await absentOn(
    iam('GetRolePolicy', {RoleName: roleName, PolicyName: policyName}),
    'NoSuchEntityException',
    'NoSuchEntity',
  )
  // IAM answers policy documents percent-encoded.
  return answer?.PolicyDocument === undefined ? undefined : JSON.parse(decodeURIComponent(answer.PolicyDocument))
}

/** Writes an inline policy, in place of the one of that name. */
export async function putRolePolicy(iam: Iam, roleName: string, policyName: string, document: object): Promise<void> {
  await iam('PutRolePolicy', {RoleName: roleName, PolicyName: policyName, PolicyDocument: JSON.stringify(document)})
}

/** Deletes an inline policy; an absent one is no error. */
export async function deleteRolePolicy(iam: Iam, roleName: string, policyName: string): Promise<void> {
  await absentOn(
    iam('DeleteRolePolicy', {RoleName: roleName, PolicyName: policyName}),
    'NoSuchEntityException',
    'NoSuchEntity',
  )
}
