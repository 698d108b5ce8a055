import {absentOn, isAwsError} from '../aws/errors.js'
import {collect} from '../aws/paging.js'
import type {Iam} from './sdk.js'

/** The ARN of a role, or `undefined` when it does not exist. */
export async function findRole(iam: Iam, roleName: string): Promise<string | undefined> {
  const answer = await absentOn(iam('GetRole', {RoleName: roleName}), 'NoSuchEntityException', 'NoSuchEntity')
  return answer?.Role?.Arn
}

/** The ARNs of the managed policies attached to a role; none when it does not exist. */
export async function attachedPolicies(iam: Iam, roleName: string): Promise<string[]> {
  const policies = collect(
    (Marker) => iam('ListAttachedRolePolicies', {RoleName: roleName, ...(Marker && {Marker})}),
    (page) => (page.IsTruncated ? page.Marker : undefined),
    (page) => page.AttachedPolicies,
  )
  const found = await absentOn(policies, 'NoSuchEntityException', 'NoSuchEntity')
  return (found ?? []).flatMap(({PolicyArn}) => PolicyArn ?? [])
}

/** Creates a role that a service may assume; one that somebody made in the meantime is taken as it is. */
export async function createServiceRole(
  iam: Iam,
  role: {
    readonly name: string
    readonly principal: string
    readonly description: string
    readonly tags: {Key: string; Value: string}[]
  },
): Promise<string> {
  const trust = {
    Version: '2012-10-17',
    Statement: [{Sid: '', Effect: 'Allow', Principal: {Service: role.principal}, Action: 'sts:AssumeRole'}],
  }
  try {
    const answer = await iam('CreateRole', {
      RoleName: role.name,
      AssumeRolePolicyDocument: JSON.stringify(trust),
      Description: role.description,
      Tags: role.tags,
    })
    return answer.Role?.Arn ?? ''
  } catch (error) {
    const existing = isAwsError(error, 'EntityAlreadyExistsException', 'EntityAlreadyExists')
      ? await findRole(iam, role.name)
      : undefined
    if (existing === undefined) throw error
    return existing
  }
}

/** Attaches a managed policy; attaching it twice is no error in IAM. */
export async function attachPolicy(iam: Iam, roleName: string, policyArn: string): Promise<void> {
  await iam('AttachRolePolicy', {RoleName: roleName, PolicyArn: policyArn})
}

/**
 * Creates the service-linked role of an AWS service; one that exists is no error. IAM answers InvalidInput
 * "Service role name … has been taken in this account" for it.
 */
export async function createServiceLinkedRole(iam: Iam, awsServiceName: string): Promise<void> {
  try {
    await iam('CreateServiceLinkedRole', {AWSServiceName: awsServiceName})
  } catch (error) {
    const taken = isAwsError(error, 'InvalidInputException', 'InvalidInput') && /has been taken/.test(error.message)
    if (!taken) throw error
  }
}
