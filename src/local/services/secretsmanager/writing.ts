import type {
  CreateSecretCommandInput,
  CreateSecretCommandOutput,
  PutSecretValueCommandInput,
  PutSecretValueCommandOutput,
  UpdateSecretCommandInput,
  UpdateSecretCommandOutput,
} from '@aws-sdk/client-secrets-manager'
import {CreateSecret$, PutSecretValue$, UpdateSecret$} from '@aws-sdk/client-secrets-manager'
import {AwsFault} from '../../aws-fault.js'
import type {Scope} from '../../scope.js'
import type {Operation, WithRequired} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {invalidRequest, resourceExists} from './faults.js'
import type {SecretContent, SecretRecord} from './records.js'
import type {SecretStore} from './secret-store.js'
import {mergeTags} from './tags.js'
import {addVersion, CURRENT, contentOf, isSame, stagesOf} from './versions.js'

type CreateInput = WithRequired<CreateSecretCommandInput, 'Name'>
type PutInput = WithRequired<PutSecretValueCommandInput, 'SecretId'>
type UpdateInput = WithRequired<UpdateSecretCommandInput, 'SecretId'>

/** CreateSecret, PutSecretValue and UpdateSecret. Replication and managed external secrets are not emulated. */
export const writingOperations = (store: SecretStore): Operation[] => [
  operation<CreateInput, CreateSecretCommandOutput>(CreateSecret$, (input, scope) => create(store, input, scope)),

  operation<PutInput, PutSecretValueCommandOutput>(PutSecretValue$, (input, scope) => {
    const secret = store.getActive(scope, input.SecretId)
    const content = contentOf(input)
    if (content === undefined) throw invalidRequest('You must provide either SecretString or SecretBinary.')
    const id = input.ClientRequestToken ?? store.newVersionId()
    addVersion(secret, {id, content, createdAt: store.now()}, input.VersionStages ?? [CURRENT])
    return {...identity(secret), VersionId: id, VersionStages: stagesOf(secret, id)}
  }),

  operation<UpdateInput, UpdateSecretCommandOutput>(UpdateSecret$, (input, scope) => {
    const secret = store.getActive(scope, input.SecretId)
    const content = contentOf(input)
    const id = input.ClientRequestToken ?? store.newVersionId()
    if (content !== undefined) addVersion(secret, {id, content, createdAt: store.now()}, [CURRENT])
    if (input.Description !== undefined) secret.description = input.Description
    if (input.KmsKeyId !== undefined) secret.kmsKeyId = input.KmsKeyId
    secret.changedAt = store.now()
    return {...identity(secret), ...(content !== undefined && {VersionId: id})}
  }),
]

export const identity = ({arn, name}: SecretRecord) => ({ARN: arn, Name: name})

function create(store: SecretStore, input: CreateInput, scope: Scope): Omit<CreateSecretCommandOutput, '$metadata'> {
  checkName(input.Name)
  if (input.AddReplicaRegions?.length) {
    throw invalidRequest('Replication of secrets is not emulated by the local AWS.')
  }
  const content = contentOf(input)
  const present = store.find(scope, input.Name)
  if (present !== undefined) return repeated(present, input, content)
  const now = store.now()
  const secret: SecretRecord = {
    name: input.Name,
    arn: store.newArn(scope, input.Name),
    createdAt: now,
    changedAt: now,
    tags: mergeTags({}, input.Tags ?? []),
    versions: [],
    stages: {},
    ...(input.Description !== undefined && {description: input.Description}),
    ...(input.KmsKeyId !== undefined && {kmsKeyId: input.KmsKeyId}),
  }
  const id = input.ClientRequestToken ?? store.newVersionId()
  if (content !== undefined) addVersion(secret, {id, content, createdAt: now}, [CURRENT])
  store.add(scope, secret)
  return {...identity(secret), ...(content !== undefined && {VersionId: id})}
}

/** A repeated request, with the same token and value, answers as the first did; any other fails. */
function repeated(present: SecretRecord, {ClientRequestToken, Name}: CreateInput, content: SecretContent | undefined) {
  if (present.deletion !== undefined) {
    throw invalidRequest(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    )
  }
  const version = present.versions.find(({id}) => id === ClientRequestToken)
  if (version === undefined || !isSame(version.content, content)) {
    throw resourceExists(`The operation failed because the secret ${Name} already exists.`)
  }
  return {...identity(present), VersionId: version.id}
}

function checkName(name: string): void {
  if (/^[\w/+=.@!-]+$/.test(name)) return
  throw new AwsFault(
    'ValidationException',
    'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
  )
}
