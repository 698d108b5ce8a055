import type {RequestCertificateResult} from '../../actions/certificate/request-certificate.js'
import type {DomainRecord, ValidateCertificateResult} from '../../actions/certificate/validate-certificate.js'
import {shellDomain} from '../../lib/domain-name.js'
import {renderRecord} from './certificate-inspection.js'
import {renderDryRun} from './changes.js'
import {titleCase} from './title-case.js'

export function renderValidateCertificate(result: ValidateCertificateResult): string {
  const {certificate, arn, status, records, changes, dryRun} = result
  if (dryRun) return [renderDryRun(changes), ...elsewhereLines(records)].join('\n')
  if (status === 'ISSUED' && changes.length === 0) {
    return `Certificate ${certificate} is already validated; nothing has changed`
  }
  const nothingNew = changes.length === 0 ? ['Nothing has changed'] : []
  const lines = records.flatMap(({domain, state}) => (state === 'elsewhere' ? [] : [`[${domain}] ${words[state]}`]))
  return [...lines, ...elsewhereLines(records), ...nothingNew, ...next({certificate, arn, status})].join('\n')
}

export function renderRequestCertificate(result: RequestCertificateResult): string {
  const {certificate, arn = '', status = '', records, validation, changes, dryRun} = result
  if (dryRun) return [renderDryRun(changes), ...elsewhereLines(validation ?? [])].join('\n')
  const isNew = changes.some(({step}) => step === 'certificate')
  const headline = isNew
    ? `Requested certificate ${certificate} (${arn})`
    : `Certificate ${certificate} exists as asked for (${titleCase(status)}, ${arn})${changes.length === 0 ? '; nothing has changed' : ''}`
  if (status === 'ISSUED') return isNew ? `${headline}\nIt is issued` : headline
  if (validation !== undefined) {
    return [headline, renderValidateCertificate({certificate, arn, status, records: validation, changes, dryRun})].join(
      '\n',
    )
  }
  if (records.length === 0) {
    return `${headline}\nIts validation records are not known yet; see them with: fargate certificate info ${shellDomain(certificate)}`
  }
  return [
    headline,
    'It is issued once these records are there:',
    ...distinct(records).map((record) => `  ${renderRecord(record)}`),
    `Make them in Route 53 with: fargate certificate validate ${shellDomain(certificate)}`,
    `Look at them again with:    fargate certificate info ${shellDomain(certificate)}`,
  ].join('\n')
}

const words = {
  validated: 'already validated',
  made: 'created validation record',
  present: 'validation record is there already',
} as const satisfies Record<Exclude<DomainRecord['state'], 'elsewhere'>, string>

/** The records to be made by hand, ready to paste. */
function elsewhereLines(records: readonly DomainRecord[]): string[] {
  const own = records.filter(({state}) => state === 'elsewhere')
  if (own.length === 0) return []
  const names = own.map(({domain}) => domain).join(', ')
  return [
    `Nothing was made for ${names}: Route 53 has no public zone for them. Make these records where their DNS is:`,
    ...distinct(own).map((record) => `  ${renderRecord(record)}`),
  ]
}

function next({certificate, arn, status}: Pick<ValidateCertificateResult, 'certificate' | 'arn' | 'status'>): string[] {
  if (status === 'ISSUED') return [`Certificate ${certificate} is issued (${arn})`]
  return [
    `Certificate ${certificate} is not issued yet; wait for it with: fargate certificate validate ${shellDomain(certificate)} --wait`,
  ]
}

const distinct = <Record extends {readonly name: string}>(records: readonly Record[]): Record[] => [
  ...new Map(records.map((record) => [record.name, record])).values(),
]
