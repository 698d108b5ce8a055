import type {ContainerDefinition} from '../../../ecs/task-definitions.js'
import type {SecretReference} from '../../../lib/secret-reference.js'
import {parseSecretReference} from '../../../lib/secret-reference.js'
import type {StoreKind} from './stores.js'

/** The references of containers; one that cannot be read is none that this program could allow. */
export function referencesOf(containers: readonly ContainerDefinition[] = []): SecretReference[] {
  return containers.flatMap(({secrets = []}) =>
    secrets.flatMap(({name = '', valueFrom = ''}) => {
      const reference = parseSecretReference(`${name}=${valueFrom}`)
      return reference.ok ? [reference.value] : []
    }),
  )
}

/** Which store a reference is of, and the secret itself there: without JSON key and version. */
export function storedAt({source}: SecretReference): {readonly store: StoreKind; readonly id: string} {
  switch (source.kind) {
    case 'secret':
      return {store: 'secretsmanager', id: source.arn}
    case 'parameter-arn':
      return {store: 'ssm', id: source.arn}
    default:
      return {store: 'ssm', id: source.parameter}
  }
}
