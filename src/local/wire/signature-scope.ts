import type {WireRequest} from './http-message.js'
import {queryValues} from './http-message.js'

/** What a request says of its signer. Signatures themselves are not verified. */
export interface SignatureScope {
  readonly accessKeyId: string
  /** Undefined for SigV4A, whose scope has no region. */
  readonly region: string | undefined
  readonly service: string
}

const headerCredential = /^AWS4-(?:HMAC|ECDSA-P256)-SHA256\s.*?\bCredential=([^,\s]+)/

/**
 * Reads the credential scope `<key>/<date>/<region>/<service>/aws4_request` from the Authorization header, or from
 * `X-Amz-Credential` of a presigned URL. Undefined for an unsigned request.
 */
export function signatureScope(request: WireRequest): SignatureScope | undefined {
  const credential =
    headerCredential.exec(request.headers.authorization ?? '')?.[1] ?? queryValues(request, 'X-Amz-Credential')[0]
  if (credential === undefined) return undefined
  const parts = credential.split('/')
  if (parts.at(-1) !== 'aws4_request') return undefined
  // An access key id has no slash, so the scope's length tells SigV4 from SigV4A.
  const [accessKeyId, , ...rest] = parts
  const service = rest.at(-2)
  if (accessKeyId === undefined || service === undefined) return undefined
  return {accessKeyId, region: rest.length > 2 ? rest[0] : undefined, service}
}

/** An access key id of twelve digits is the number of an account; every other key belongs to `defaultAccount`. */
export const accountOfKey = (accessKeyId: string | undefined, defaultAccount: string): string =>
  accessKeyId !== undefined && /^\d{12}$/.test(accessKeyId) ? accessKeyId : defaultAccount
