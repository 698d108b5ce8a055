import type {IncomingMessage} from 'node:http'
import type {RegistryStore} from '../store.js'
import {RegistryError} from './errors.js'

/**
 * Lets a request pass that has the user `AWS` and a password of GetAuthorizationToken, and no other. The protocol's
 * version check is refused too: that is how docker learns that it must log in.
 *
 * @throws RegistryError UNAUTHORIZED without a password of ours, DENIED with one that has expired
 */
export function authorize({tokens, host}: RegistryStore, request: IncomingMessage): void {
  const [user, password] = basicCredentials(request.headers.authorization ?? '')
  const verdict = tokens.check(user, password)
  if (verdict === 'expired') {
    throw new RegistryError('DENIED', 403, 'Your authorization token has expired. Reauthenticate and try again.')
  }
  if (verdict === 'unknown') {
    const challenge = `Basic realm="http://${host()}/",service="ecr.amazonaws.com"`
    throw new RegistryError('UNAUTHORIZED', 401, 'Not Authorized', {'www-authenticate': challenge})
  }
}

function basicCredentials(header: string): [string, string] {
  const encoded = /^Basic +(\S+)$/i.exec(header)?.[1] ?? ''
  const credentials = Buffer.from(encoded, 'base64').toString()
  const colon = credentials.indexOf(':')
  return colon < 0 ? ['', ''] : [credentials.slice(0, colon), credentials.slice(colon + 1)]
}
