import type {ListSecretsResult} from '../../actions/service/secret/list-secrets.js'
import type {SetSecretResult} from '../../actions/service/secret/set-secret.js'
import type {UnsetSecretResult} from '../../actions/service/secret/unset-secret.js'
import {formatTable} from '../../lib/table.js'
import {renderRevision} from './revision.js'

export const renderSecrets = ({secrets}: ListSecretsResult): string =>
  formatTable(
    ['NAME', 'VALUE FROM'],
    secrets.map(({name, valueFrom}) => [name, valueFrom]),
  )

export function renderSetSecret(result: SetSecretResult): string {
  const {service, secrets} = result
  const names = secrets.map(({name, valueFrom}) => `${name} (${valueFrom})`).join(', ')
  return renderRevision(result, `Set secret ${names} of service ${service}`, `Service ${service} has ${names} already`)
}

export function renderUnsetSecret(result: UnsetSecretResult): string {
  const {service, unset, absent, deleted} = result
  const done = [
    ...(unset.length === 0 ? [] : [`Unset secret ${unset.join(', ')} of service ${service}`]),
    ...(deleted.length === 0 ? [] : [`Deleted ${deleted.join(', ')}`]),
  ].join('\n')
  const text = done === '' ? `Updated the secrets of service ${service}` : done
  return renderRevision(result, text, `Service ${service} has no secret ${absent.join(', ')}`)
}
