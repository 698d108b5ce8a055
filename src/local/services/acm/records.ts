/** What ACM keeps: plain objects that serialise to JSON. Dates are milliseconds since 1970. */

export type KeyAlgorithm =
  | 'RSA_1024'
  | 'RSA_2048'
  | 'RSA_3072'
  | 'RSA_4096'
  | 'EC_prime256v1'
  | 'EC_secp384r1'
  | 'EC_secp521r1'

export type Status = 'PENDING_VALIDATION' | 'ISSUED' | 'VALIDATION_TIMED_OUT'

export interface DomainValidation {
  readonly domain: string
  /** Of e-mail validation: the domain whose owner is asked. */
  readonly validationDomain: string
  readonly record: {readonly name: string; readonly value: string}
  status: 'PENDING_VALIDATION' | 'SUCCESS' | 'FAILED'
}

/** A certificate in PEM and what ACM reads in it. */
export interface Material {
  readonly certificate: string
  readonly chain?: string
  readonly privateKey: string
}

export interface CertificateRecord {
  readonly arn: string
  readonly type: 'AMAZON_ISSUED' | 'IMPORTED'
  readonly domain: string
  /** The domain of the certificate is among them. */
  names: string[]
  keyAlgorithm: KeyAlgorithm
  readonly createdAt: number
  status: Status
  issuedAt?: number
  importedAt?: number
  material?: Material
  /** Only of certificates that are issued here. */
  readonly validationMethod?: 'DNS' | 'EMAIL'
  readonly validations: DomainValidation[]
  readonly idempotencyToken?: string
  readonly transparencyLogging: 'ENABLED' | 'DISABLED'
  tags: Record<string, string>
}
