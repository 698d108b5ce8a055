import type {
  KeyAlgorithm as ApiKeyAlgorithm,
  DomainValidation as ApiValidation,
  CertificateDetail,
  CertificateStatus,
  CertificateSummary,
} from '@aws-sdk/client-acm'
import type {CertificateDetails} from './certificate-details.js'
import {detailsOf} from './certificate-details.js'
import type {CertificateRecord, DomainValidation} from './records.js'

/** How long it takes until a new request shows the records that its domains need. */
const RECORDS_APPEAR_MS = 2_000
const MAILBOXES = ['admin', 'administrator', 'hostmaster', 'postmaster', 'webmaster']

const detailsOfRecord = ({material}: CertificateRecord): CertificateDetails | undefined =>
  material && detailsOf(material.certificate)

/** The status now: nothing happens when a certificate expires, it is only too late. */
export function statusOf(record: CertificateRecord, now: number): CertificateStatus {
  const details = detailsOfRecord(record)
  return details !== undefined && now > details.notAfter ? 'EXPIRED' : record.status
}

/** Describe and List write `RSA-2048` where requests and filters have `RSA_2048`. */
const shownAlgorithm = ({keyAlgorithm}: CertificateRecord): ApiKeyAlgorithm =>
  keyAlgorithm.replace('_', '-') as ApiKeyAlgorithm

const date = (milliseconds: number | undefined): Date | undefined =>
  milliseconds === undefined ? undefined : new Date(milliseconds)

const present = <Members extends object>(members: Members) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Members]?: Exclude<Members[Name], undefined>
  }

const common = (record: CertificateRecord, details: CertificateDetails | undefined, users: readonly string[]) =>
  present({
    CertificateArn: record.arn,
    DomainName: record.domain,
    Type: record.type,
    KeyAlgorithm: shownAlgorithm(record),
    CreatedAt: date(record.createdAt),
    IssuedAt: date(record.issuedAt),
    ImportedAt: date(record.importedAt),
    NotBefore: date(details?.notBefore),
    NotAfter: date(details?.notAfter),
    // ACM renews what it has issued and what is in use.
    RenewalEligibility:
      record.type === 'AMAZON_ISSUED' && record.status === 'ISSUED' && users.length > 0
        ? ('ELIGIBLE' as const)
        : ('INELIGIBLE' as const),
  })

export function describeCertificate(
  record: CertificateRecord,
  users: readonly string[],
  now: number,
): CertificateDetail {
  const details = detailsOfRecord(record)
  return {
    ...common(record, details, users),
    ...present({
      Status: statusOf(record, now),
      SubjectAlternativeNames: record.names,
      Serial: details?.serial,
      Subject: details?.subject ?? `CN=${record.domain}`,
      Issuer: details?.issuer ?? 'Amazon',
      SignatureAlgorithm: details?.signatureAlgorithm,
      KeyUsages: details?.keyUsages.map((Name) => ({Name})),
      ExtendedKeyUsages: details?.extendedKeyUsages.map(({name, oid}) => ({Name: name, OID: oid})),
      InUseBy: [...users],
      Options: {CertificateTransparencyLoggingPreference: record.transparencyLogging, Export: 'DISABLED' as const},
      DomainValidationOptions:
        record.type === 'IMPORTED' ? undefined : record.validations.map((one) => describeValidation(record, one, now)),
    }),
  }
}

function describeValidation(
  {createdAt, validationMethod = 'DNS'}: CertificateRecord,
  {domain, validationDomain, record, status}: DomainValidation,
  now: number,
): ApiValidation {
  if (now - createdAt < RECORDS_APPEAR_MS) return {DomainName: domain, ValidationMethod: validationMethod}
  const base = {
    DomainName: domain,
    ValidationDomain: validationDomain,
    ValidationStatus: status,
    ValidationMethod: validationMethod,
  }
  if (validationMethod === 'EMAIL')
    return {...base, ValidationEmails: MAILBOXES.map((box) => `${box}@${validationDomain}`)}
  return {...base, ResourceRecord: {Name: record.name, Type: 'CNAME', Value: record.value}}
}

export function summarise(record: CertificateRecord, users: readonly string[], now: number): CertificateSummary {
  const details = detailsOfRecord(record)
  return {
    ...common(record, details, users),
    ...present({
      SubjectAlternativeNameSummaries: record.names,
      HasAdditionalSubjectAlternativeNames: false,
      Status: statusOf(record, now),
      KeyUsages: details?.keyUsages.slice(),
      ExtendedKeyUsages: details?.extendedKeyUsages.map(({name}) => name),
      InUse: users.length > 0,
      ExportOption: 'DISABLED' as const,
      Exported: false,
    }),
  }
}
