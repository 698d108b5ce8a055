import {SecretsManagerClient} from '@aws-sdk/client-secrets-manager'
import {AwsFault} from '../../aws-fault.js'
import type {Clock} from '../../clock.js'
import type {SecretValuesPort} from '../../ports.js'
import type {LocalService} from '../../wire/service.js'
import {deletionOperations} from './deletion.js'
import {listSecrets} from './listing.js'
import {noteAccess, readingOperations} from './reading.js'
import {SecretStore} from './secret-store.js'
import {tagOperations} from './tags.js'
import {selectVersion} from './versions.js'
import {writingOperations} from './writing.js'

/** Secrets Manager. Values are kept as they are: there is no KMS. `random` answers numbers from 0 to below 1. */
export function createSecretsManager({clock, random}: {clock: Clock; random: () => number}): {
  service: LocalService
  secretValues: SecretValuesPort
  state: SecretStore
} {
  const store = new SecretStore(clock, random)
  const operations = [
    ...writingOperations(store),
    ...readingOperations(store),
    listSecrets(store),
    ...deletionOperations(store),
    ...tagOperations(store),
  ]
  const service = {signingName: 'secretsmanager', client: SecretsManagerClient, operations}
  return {service, secretValues: secretValuesPort(store), state: store}
}

const secretValuesPort = (store: SecretStore): SecretValuesPort => ({
  findValue(scope, secretId, asked) {
    try {
      const secret = store.getActive(scope, secretId)
      const version = selectVersion(secret, asked)
      noteAccess(secret, version, store.now())
      // A binary secret has no text; the agent then hands out an empty one.
      return {outcome: 'found', text: 'text' in version.content ? version.content.text : ''}
    } catch (error) {
      if (error instanceof AwsFault) return {outcome: 'failed', fault: `${error.code}: ${error.message}`}
      throw error
    }
  },
})
