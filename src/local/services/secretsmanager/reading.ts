import type {
  DescribeSecretCommandInput,
  DescribeSecretCommandOutput,
  GetSecretValueCommandInput,
  GetSecretValueCommandOutput,
  ListSecretVersionIdsCommandInput,
  ListSecretVersionIdsCommandOutput,
} from '@aws-sdk/client-secrets-manager'
import {DescribeSecret$, GetSecretValue$, ListSecretVersionIds$} from '@aws-sdk/client-secrets-manager'
import type {Operation, WithRequired} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {pageOf} from './paging.js'
import type {SecretRecord} from './records.js'
import type {SecretStore} from './secret-store.js'
import {selectVersion, stagesOf} from './versions.js'
import {identity} from './writing.js'

const DAY_MS = 24 * 60 * 60 * 1000

type GetInput = WithRequired<GetSecretValueCommandInput, 'SecretId'>
type DescribeInput = WithRequired<DescribeSecretCommandInput, 'SecretId'>
type VersionsInput = WithRequired<ListSecretVersionIdsCommandInput, 'SecretId'>

/** GetSecretValue, DescribeSecret and ListSecretVersionIds. */
export const readingOperations = (store: SecretStore): Operation[] => [
  operation<GetInput, GetSecretValueCommandOutput>(GetSecretValue$, (input, scope) => {
    const secret = store.getActive(scope, input.SecretId)
    const version = selectVersion(secret, {id: input.VersionId, stage: input.VersionStage})
    noteAccess(secret, version, store.now())
    const {content, id, createdAt} = version
    return {
      ...identity(secret),
      VersionId: id,
      ...('text' in content ? {SecretString: content.text} : {SecretBinary: Buffer.from(content.base64, 'base64')}),
      VersionStages: stagesOf(secret, id),
      CreatedDate: new Date(createdAt),
    }
  }),

  operation<DescribeInput, DescribeSecretCommandOutput>(DescribeSecret$, (input, scope) => {
    const secret = store.get(scope, input.SecretId)
    return {...description(secret), VersionIdsToStages: versionsToStages(secret)}
  }),

  operation<VersionsInput, ListSecretVersionIdsCommandOutput>(ListSecretVersionIds$, (input, scope) => {
    const secret = store.get(scope, input.SecretId)
    const versions = secret.versions.filter(
      ({id}) => input.IncludeDeprecated === true || stagesOf(secret, id).length > 0,
    )
    const {items, next} = pageOf(versions, input, ({id}) => id)
    return {
      ...identity(secret),
      Versions: items.map(({id, createdAt, accessedAt}) => ({
        VersionId: id,
        VersionStages: stagesOf(secret, id),
        CreatedDate: new Date(createdAt),
        KmsKeyIds: [secret.kmsKeyId ?? 'DefaultEncryptionKey'],
        ...(accessedAt !== undefined && {LastAccessedDate: new Date(accessedAt)}),
      })),
      ...next,
    }
  }),
]

/** AWS notes the day of an access, not its time. */
export function noteAccess(secret: SecretRecord, version: {accessedAt?: number}, now: number): void {
  const day = now - (now % DAY_MS)
  secret.accessedAt = day
  version.accessedAt = day
}

/** What DescribeSecret and ListSecrets have in common. */
export const description = (secret: SecretRecord) => ({
  ...identity(secret),
  ...(secret.description !== undefined && {Description: secret.description}),
  ...(secret.kmsKeyId !== undefined && {KmsKeyId: secret.kmsKeyId}),
  LastChangedDate: new Date(secret.changedAt),
  ...(secret.accessedAt !== undefined && {LastAccessedDate: new Date(secret.accessedAt)}),
  ...(secret.deletion !== undefined && {DeletedDate: new Date(secret.deletion.requestedAt)}),
  Tags: Object.entries(secret.tags).map(([Key, Value]) => ({Key, Value})),
  CreatedDate: new Date(secret.createdAt),
})

/** The labels of every version that has some. */
export const versionsToStages = (secret: SecretRecord): Record<string, string[]> =>
  Object.fromEntries(Object.values(secret.stages).map((id) => [id, stagesOf(secret, id)]))
