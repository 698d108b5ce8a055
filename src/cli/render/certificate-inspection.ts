import type {Certificate, DomainValidation, ValidationRecord} from '../../acm/certificates.js'
import type {BlockEntry} from '../../lib/table.js'
import {formatBlock, formatTable} from '../../lib/table.js'
import {ageOf, formatTime} from './times.js'
import {titleCase} from './title-case.js'

/** @param nowMs the time on AWS, in milliseconds since 1970 */
export function renderCertificateInspection(certificate: Certificate, nowMs: number): string {
  const {validations} = certificate
  const block = formatBlock([
    {label: 'Domain Name', value: certificate.domain},
    {label: 'ARN', value: certificate.arn},
    {label: 'Status', value: titleCase(certificate.status)},
    ...entry('Failure Reason', certificate.failureReason),
    {label: 'Type', value: titleCase(certificate.type)},
    {label: 'Key', value: certificate.keyAlgorithm},
    {label: 'Subject Alternative Names', value: certificate.names.join(', ')},
    ...entry(certificate.type === 'IMPORTED' ? 'Imported' : 'Issued', formatTime(certificate.issuedAt)),
    ...entry('Expires', certificate.expiresAt && expiry(certificate.expiresAt, nowMs)),
    {label: 'Used By', value: certificate.usedBy.length === 0 ? 'nothing' : certificate.usedBy},
  ])
  if (validations.length === 0) return block
  const rows = validations.map((each) => [each.domain, titleCase(each.status ?? ''), recordCell(each)])
  return `${block}\n\nValidations\n${formatTable(['DOMAIN NAME', 'STATUS', 'RECORD'], rows)}`
}

/** A record of DNS, as people write it. */
export const renderRecord = ({type, name, value}: ValidationRecord): string => `${type} ${name} -> ${value}`

const entry = (label: string, value: string | undefined): BlockEntry[] =>
  value === undefined || value === '' ? [] : [{label, value}]

const recordCell = ({record, method}: DomainValidation): string =>
  record === undefined ? (method === 'DNS' ? '' : `by ${method.toLowerCase()}`) : renderRecord(record)

function expiry(expiresAt: Date, nowMs: number): string {
  const leftMs = expiresAt.getTime() - nowMs
  const when = leftMs < 0 ? `${ageOf(expiresAt, nowMs)} ago` : `in ${ageOf(new Date(nowMs), expiresAt.getTime())}`
  return `${formatTime(expiresAt)} (${when})`
}
