import {AwsFault} from '../../aws-fault.js'

/** The error codes of the OCI distribution specification, and those of docker's that ECR uses too. */
export type RegistryErrorCode =
  | 'BLOB_UNKNOWN'
  | 'BLOB_UPLOAD_INVALID'
  | 'BLOB_UPLOAD_UNKNOWN'
  | 'DENIED'
  | 'DIGEST_INVALID'
  | 'MANIFEST_BLOB_UNKNOWN'
  | 'MANIFEST_INVALID'
  | 'MANIFEST_UNKNOWN'
  | 'NAME_UNKNOWN'
  | 'PAGINATION_NUMBER_INVALID'
  | 'RANGE_INVALID'
  | 'SIZE_INVALID'
  | 'TAG_INVALID'
  | 'UNAUTHORIZED'
  | 'UNKNOWN'
  | 'UNSUPPORTED'

/** An answer that is an error, as the registry protocol words it. Docker shows code and message to its user. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError'
  readonly code: RegistryErrorCode
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(code: RegistryErrorCode, status: number, message: string, headers: Record<string, string> = {}) {
    super(message)
    this.code = code
    this.status = status
    this.headers = headers
  }
}

/** How ECR's own exceptions look to docker, which gets the same sentences under the registry's codes. */
const faultCodes: ReadonlyMap<string, readonly [RegistryErrorCode, number]> = new Map([
  ['RepositoryNotFoundException', ['NAME_UNKNOWN', 404]],
  ['ImageTagAlreadyExistsException', ['TAG_INVALID', 400]],
  ['LayersNotFoundException', ['MANIFEST_BLOB_UNKNOWN', 400]],
  ['ReferencedImagesNotFoundException', ['MANIFEST_BLOB_UNKNOWN', 400]],
  ['EmptyUploadException', ['BLOB_UPLOAD_INVALID', 400]],
  ['LayerPartTooSmallException', ['BLOB_UPLOAD_INVALID', 400]],
  ['ImageDigestDoesNotMatchException', ['DIGEST_INVALID', 400]],
  ['InvalidParameterException', ['MANIFEST_INVALID', 400]],
])

/** The error to answer with; whatever is not foreseen is an internal error, with its message. */
export function toRegistryError(error: unknown): RegistryError {
  if (error instanceof RegistryError) return error
  if (error instanceof AwsFault) {
    const [code, status] = faultCodes.get(error.code) ?? ['UNKNOWN', error.status]
    return new RegistryError(code, status, error.message)
  }
  return new RegistryError('UNKNOWN', 500, error instanceof Error ? error.message : String(error))
}

export const manifestUnknown = (): RegistryError =>
  new RegistryError('MANIFEST_UNKNOWN', 404, 'Requested image not found')

export const digestInvalid = (digest: string): RegistryError =>
  new RegistryError('DIGEST_INVALID', 400, `provided digest '${digest}' is not a sha256 digest`)
