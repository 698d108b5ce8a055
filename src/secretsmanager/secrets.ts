import type {Tag} from '@aws-sdk/client-secrets-manager'
import {absentOn} from '../aws/errors.js'
import {collect} from '../aws/paging.js'
import type {SecretsManager} from './sdk.js'

export interface Secret {
  readonly arn: string
  readonly name: string
  readonly tags: Readonly<Record<string, string>>
  /** Whether it is to be deleted at the end of its recovery window; until then it cannot be read. */
  readonly isDeleted: boolean
}

export interface SecretValue {
  readonly value: string
  /** When this value became the current one. */
  readonly changedAt: Date
}

/** Describes a secret by name or ARN. */
export async function findSecret(secretsmanager: SecretsManager, id: string): Promise<Secret | undefined> {
  const found = await absentOn(secretsmanager('DescribeSecret', {SecretId: id}), 'ResourceNotFoundException')
  if (found === undefined) return undefined
  const {ARN = '', Name = '', Tags, DeletedDate} = found
  return {arn: ARN, name: Name, tags: tagsOf(Tags), isDeleted: DeletedDate !== undefined}
}

/** The current value of a secret; `undefined` when it has none, or one that is no text. */
export async function currentSecretValue(secretsmanager: SecretsManager, id: string): Promise<SecretValue | undefined> {
  const found = await absentOn(secretsmanager('GetSecretValue', {SecretId: id}), 'ResourceNotFoundException')
  if (found?.SecretString === undefined) return undefined
  return {value: found.SecretString, changedAt: found.CreatedDate ?? new Date(0)}
}

/** Creates a secret, encrypted with the key that AWS keeps for Secrets Manager, and answers its ARN. */
export async function createSecret(
  secretsmanager: SecretsManager,
  secret: {readonly name: string; readonly value: string; readonly description: string; readonly tags: Tag[]},
): Promise<string> {
  const {name, value, description, tags} = secret
  const {ARN} = await secretsmanager('CreateSecret', {
    Name: name,
    SecretString: value,
    Description: description,
    Tags: tags,
  })
  return ARN ?? ''
}

/** Gives a secret another value; Secrets Manager keeps the one before as AWSPREVIOUS. */
export async function putSecretValue(secretsmanager: SecretsManager, id: string, value: string): Promise<void> {
  await secretsmanager('PutSecretValue', {SecretId: id, SecretString: value})
}

/** Takes back the deletion of a secret whose recovery window is open. */
export async function restoreSecret(secretsmanager: SecretsManager, id: string): Promise<void> {
  await secretsmanager('RestoreSecret', {SecretId: id})
}

/** Deletes a secret; for 30 days, the longest window that Secrets Manager has, it can be restored. */
export async function deleteSecret(secretsmanager: SecretsManager, id: string): Promise<void> {
  await absentOn(secretsmanager('DeleteSecret', {SecretId: id, RecoveryWindowInDays: 30}), 'ResourceNotFoundException')
}

/** The secrets with all of these tags; those that are deleted already are left out. */
export async function secretsWithTags(
  secretsmanager: SecretsManager,
  tags: Readonly<Record<string, string>>,
): Promise<Secret[]> {
  const entries = Object.entries(tags)
  // The filters compare beginnings, and the key and the value each by themselves.
  const Filters = [
    {Key: 'tag-key' as const, Values: entries.map(([key]) => key).slice(0, 10)},
    {Key: 'tag-value' as const, Values: entries.map(([, value]) => value).slice(0, 10)},
  ]
  const found = await collect(
    (NextToken) => secretsmanager('ListSecrets', {Filters, MaxResults: 100, ...(NextToken && {NextToken})}),
    (page) => page.NextToken,
    (page) => page.SecretList,
  )
  return found
    .map(({ARN = '', Name = '', Tags}) => ({arn: ARN, name: Name, tags: tagsOf(Tags), isDeleted: false}))
    .filter((secret) => entries.every(([key, value]) => secret.tags[key] === value))
}

const tagsOf = (tags: readonly Tag[] = []): Record<string, string> =>
  Object.fromEntries(tags.map(({Key = '', Value = ''}) => [Key, Value]))
