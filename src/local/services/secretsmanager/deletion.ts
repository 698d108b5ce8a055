import type {
  DeleteSecretCommandInput,
  DeleteSecretCommandOutput,
  RestoreSecretCommandInput,
  RestoreSecretCommandOutput,
} from '@aws-sdk/client-secrets-manager'
import {DeleteSecret$, RestoreSecret$} from '@aws-sdk/client-secrets-manager'
import type {Operation, WithRequired} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {invalidParameter, invalidRequest} from './faults.js'
import type {SecretStore} from './secret-store.js'
import {identity} from './writing.js'

const DAY_MS = 24 * 60 * 60 * 1000
const WINDOW_DAYS = {least: 7, most: 30} as const

type DeleteInput = WithRequired<DeleteSecretCommandInput, 'SecretId'>
type RestoreInput = WithRequired<RestoreSecretCommandInput, 'SecretId'>

/** DeleteSecret and RestoreSecret. */
export const deletionOperations = (store: SecretStore): Operation[] => [
  operation<DeleteInput, DeleteSecretCommandOutput>(DeleteSecret$, (input, scope) => {
    const days = windowOf(input)
    const now = store.now()
    if (input.ForceDeleteWithoutRecovery === true) {
      const secret = store.find(scope, input.SecretId)
      // What is not there, or to be deleted already, can be forced to go all the same.
      if (secret !== undefined) store.remove(scope, secret)
      const gone =
        secret === undefined ? {ARN: store.newArn(scope, input.SecretId), Name: input.SecretId} : identity(secret)
      return {...gone, DeletionDate: new Date(now)}
    }
    const secret = store.get(scope, input.SecretId)
    if (secret.deletion !== undefined) {
      throw invalidRequest(
        "You can't perform this operation on the secret because it was already scheduled for deletion.",
      )
    }
    secret.deletion = {requestedAt: now, purgeAt: now + days * DAY_MS}
    return {...identity(secret), DeletionDate: new Date(secret.deletion.purgeAt)}
  }),

  operation<RestoreInput, RestoreSecretCommandOutput>(RestoreSecret$, (input, scope) => {
    const secret = store.get(scope, input.SecretId)
    delete secret.deletion
    return identity(secret)
  }),
]

function windowOf({RecoveryWindowInDays, ForceDeleteWithoutRecovery}: DeleteInput): number {
  if (RecoveryWindowInDays === undefined) return WINDOW_DAYS.most
  if (ForceDeleteWithoutRecovery === true) {
    throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.")
  }
  if (RecoveryWindowInDays < WINDOW_DAYS.least || RecoveryWindowInDays > WINDOW_DAYS.most) {
    throw invalidParameter('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).')
  }
  return RecoveryWindowInDays
}
