import type {
  CertificateDetail,
  KeyAlgorithm,
  CertificateSummary as SdkSummary,
  DomainValidation as SdkValidation,
} from '@aws-sdk/client-acm'
import {absentOn, isAwsError} from '../aws/errors.js'
import {collect} from '../aws/paging.js'
import type {Acm} from './sdk.js'

/** What a list of certificates tells of one. */
export interface CertificateSummary {
  readonly arn: string
  readonly domain: string
  /** All names, the domain among them; the first hundred where `hasMoreNames`. */
  readonly names: readonly string[]
  readonly hasMoreNames: boolean
  /** AMAZON_ISSUED, IMPORTED or PRIVATE. */
  readonly type: string
  /** PENDING_VALIDATION, ISSUED, INACTIVE, EXPIRED, VALIDATION_TIMED_OUT, REVOKED or FAILED. */
  readonly status: string
  /** RSA_2048, EC_prime256v1 … */
  readonly keyAlgorithm: string
  readonly createdAt: Date | undefined
  readonly expiresAt: Date | undefined
}

export interface Certificate extends Omit<CertificateSummary, 'hasMoreNames'> {
  readonly issuedAt: Date | undefined
  /** The ARNs of what uses it. */
  readonly usedBy: readonly string[]
  readonly failureReason: string | undefined
  /** Of a certificate that ACM issues. */
  readonly validations: readonly DomainValidation[]
}

export interface DomainValidation {
  readonly domain: string
  /** DNS, EMAIL or HTTP. */
  readonly method: string
  /** PENDING_VALIDATION, SUCCESS or FAILED; absent in the first seconds of a request. */
  readonly status: string | undefined
  /** What proves the ownership by DNS; absent in the first seconds of a request. */
  readonly record: ValidationRecord | undefined
}

export interface ValidationRecord {
  /** With its final dot, as the value. */
  readonly name: string
  readonly type: string
  readonly value: string
}

/** The keys with which ACM issues certificates of the public internet. */
export const requestableKeys = ['RSA_2048', 'EC_prime256v1', 'EC_secp384r1'] as const

export type RequestableKey = (typeof requestableKeys)[number]

/** ACM lists certificates with RSA keys of up to 2048 bits only, unless the types of keys are named. */
const allKeyTypes: KeyAlgorithm[] = [
  'RSA_1024',
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'EC_prime256v1',
  'EC_secp384r1',
  'EC_secp521r1',
]

/** All certificates of the region, whatever their keys. */
export async function listCertificates(acm: Acm): Promise<CertificateSummary[]> {
  const summaries = await collect(
    (NextToken) => acm('ListCertificates', {Includes: {keyTypes: allKeyTypes}, ...(NextToken && {NextToken})}),
    (page) => page.NextToken,
    (page) => page.CertificateSummaryList,
  )
  return summaries.map((summary) => ({
    ...narrow(summary),
    names: summary.SubjectAlternativeNameSummaries ?? [summary.DomainName ?? ''],
    hasMoreNames: summary.HasAdditionalSubjectAlternativeNames ?? false,
  }))
}

/** All about one certificate; `undefined` when it does not exist in this region and account. */
export async function describeCertificate(acm: Acm, arn: string): Promise<Certificate | undefined> {
  const answer = await absentOn(acm('DescribeCertificate', {CertificateArn: arn}), 'ResourceNotFoundException')
  const detail = answer?.Certificate
  return (
    detail && {
      ...narrow(detail),
      names: detail.SubjectAlternativeNames ?? [detail.DomainName ?? ''],
      issuedAt: detail.IssuedAt ?? detail.ImportedAt,
      usedBy: detail.InUseBy ?? [],
      failureReason: detail.FailureReason,
      validations: (detail.DomainValidationOptions ?? []).map(narrowValidation),
    }
  )
}

/** What everybody may see of a certificate: itself and its chain, as PEM. */
export async function certificateText(
  acm: Acm,
  arn: string,
): Promise<{readonly certificate: string; readonly chain: string} | undefined> {
  const call = acm('GetCertificate', {CertificateArn: arn})
  const answer = await absentOn(call, 'ResourceNotFoundException', 'RequestInProgressException')
  return answer && {certificate: answer.Certificate ?? '', chain: answer.CertificateChain ?? ''}
}

/**
 * Requests a certificate that is validated by DNS. Answers its ARN.
 *
 * @param request `token` stands for one request: ACM answers the same certificate to it for an hour, so that a call that
 *   is sent again makes no second one
 */
export async function requestCertificate(
  acm: Acm,
  request: {
    readonly domain: string
    readonly aliases: readonly string[]
    readonly keyAlgorithm: RequestableKey
    readonly token: string
    readonly tags: {Key: string; Value: string}[]
  },
): Promise<string> {
  const {CertificateArn = ''} = await acm('RequestCertificate', {
    DomainName: request.domain,
    ValidationMethod: 'DNS',
    KeyAlgorithm: request.keyAlgorithm,
    IdempotencyToken: request.token,
    ...(request.aliases.length > 0 && {SubjectAlternativeNames: [...request.aliases]}),
    Tags: request.tags,
  })
  return CertificateArn
}

/** Imports a certificate, or replaces an imported one, which keeps its ARN and its tags. Answers the ARN. */
export async function importCertificate(
  acm: Acm,
  material: {
    readonly certificate: string
    readonly privateKey: string
    readonly chain: string
    /** Of the certificate to replace. */
    readonly arn?: string | undefined
    /** Of a new certificate: ACM takes none for one that is replaced. */
    readonly tags: {Key: string; Value: string}[]
  },
): Promise<string> {
  const {certificate, privateKey, chain, arn, tags} = material
  const {CertificateArn = ''} = await acm('ImportCertificate', {
    Certificate: Buffer.from(certificate),
    PrivateKey: Buffer.from(privateKey),
    ...(chain !== '' && {CertificateChain: Buffer.from(chain)}),
    ...(arn === undefined ? {Tags: tags} : {CertificateArn: arn}),
  })
  return CertificateArn
}

/**
 * Deletes a certificate; an absent one is no error.
 *
 * @returns false while something uses it (ResourceInUse)
 */
export async function deleteCertificate(acm: Acm, arn: string): Promise<boolean> {
  try {
    await absentOn(acm('DeleteCertificate', {CertificateArn: arn}), 'ResourceNotFoundException')
    return true
  } catch (error) {
    if (isAwsError(error, 'ResourceInUseException')) return false
    throw error
  }
}

/** The tags of a certificate, none where it does not exist. */
export async function certificateTags(acm: Acm, arn: string): Promise<Readonly<Record<string, string>>> {
  const call = acm('ListTagsForCertificate', {CertificateArn: arn})
  const answer = await absentOn(call, 'ResourceNotFoundException')
  return Object.fromEntries((answer?.Tags ?? []).map(({Key = '', Value = ''}) => [Key, Value]))
}

/** Adds tags to a certificate, or gives those that it has another value. */
export async function tagCertificate(acm: Acm, arn: string, tags: {Key: string; Value: string}[]): Promise<void> {
  await acm('AddTagsToCertificate', {CertificateArn: arn, Tags: tags})
}

function narrow(certificate: SdkSummary | CertificateDetail) {
  return {
    arn: certificate.CertificateArn ?? '',
    domain: certificate.DomainName ?? '',
    type: certificate.Type ?? '',
    status: certificate.Status ?? '',
    // Answers spell RSA-2048 what requests spell RSA_2048.
    keyAlgorithm: (certificate.KeyAlgorithm ?? '').replace(/^(RSA|EC)-/, '$1_'),
    createdAt: certificate.CreatedAt ?? certificate.ImportedAt,
    expiresAt: certificate.NotAfter,
  }
}

function narrowValidation({DomainName, ValidationMethod, ValidationStatus, ResourceRecord}: SdkValidation) {
  const {Name, Type, Value} = ResourceRecord ?? {}
  return {
    domain: DomainName ?? '',
    method: ValidationMethod ?? '',
    status: ValidationStatus,
    record: Name === undefined || Value === undefined ? undefined : {name: Name, type: Type ?? 'CNAME', value: Value},
  }
}
