import type {Certificate, CertificateSummary, RequestableKey} from '../../acm/certificates.js'
import {describeCertificate, listCertificates, requestCertificate} from '../../acm/certificates.js'
import type {AwsClients} from '../../aws/clients.js'
import {AwsError, WaitTimeoutError} from '../../errors/errors.js'
import {plainDomain} from '../../lib/domain-name.js'
import {shortHash} from '../../lib/hash.js'
import type {Change} from '../../plan/run-plan.js'
import {runPlan} from '../../plan/run-plan.js'
import type {Step} from '../../plan/step.js'
import {step} from '../../plan/step.js'
import type {Tags} from '../tags.js'
import {upperCaseTags, withMarks} from '../tags.js'
import type {DomainRecord} from './validate-certificate.js'
import {validateFound} from './validate-certificate.js'
import type {ValidationContext} from './validation-state.js'
import {recordsOf, waitForRecords, waitUntilIssued, warnOfRecords} from './validation-state.js'

export interface RequestCertificateOptions {
  readonly domain: string
  /** Further names. */
  readonly aliases: readonly string[]
  /** RSA_2048 where it is not given; a certificate that is there may have any key then. */
  readonly keyAlgorithm?: RequestableKey | undefined
  readonly tags: Tags
  /** Makes the records that prove the ownership, too. */
  readonly validate: boolean
  /** Until it is issued. */
  readonly wait: boolean
  readonly timeoutMs: number
  readonly dryRun: boolean
}

export interface RequestCertificateResult {
  readonly certificate: string
  /** Absent in a dry run of one that does not exist yet, as the status. */
  readonly arn: string | undefined
  readonly status: string | undefined
  readonly names: readonly string[]
  /** What proves the ownership of the names; empty while ACM has not chosen it. */
  readonly records: readonly Omit<DomainRecord, 'state' | 'zones'>[]
  /** What became of the records, where they are made too. */
  readonly validation: readonly DomainRecord[] | undefined
  readonly dryRun: boolean
  readonly changes: readonly Change[]
}

/** ACM chooses the records some seconds after the request. */
const recordsAppearMs = 60_000

/**
 * Requests a certificate that is validated by DNS, unless there is one with the same names that is issued or waits for
 * its validation.
 *
 * @throws AwsError; WaitTimeoutError when it is not issued in time
 */
export async function requestNewCertificate(
  context: ValidationContext,
  options: RequestCertificateOptions,
): Promise<RequestCertificateResult> {
  const {aws, output, signal} = context
  const {dryRun, validate, wait, timeoutMs, domain} = options
  const request = requestStep(aws, {...options, aliases: furtherNames(options)}, context.clock.now())
  const report = await runPlan([request], {output, signal, dryRun})
  const names = [domain, ...furtherNames(options)]
  const arn = report.value(request)
  const base = {certificate: domain, arn, names, dryRun, changes: report.changes}
  if (arn === undefined) return {...base, status: undefined, records: [], validation: undefined}

  const found = await visible(context, arn, domain)
  const certificate = await withRecords(context, found, Math.min(timeoutMs, recordsAppearMs))
  const records = certificate.validations.flatMap((each) =>
    each.record ? [{domain: each.domain, ...each.record}] : [],
  )
  if (validate) {
    const done = await validateFound(context, certificate, {wait, timeoutMs, dryRun})
    const changes = [...report.changes, ...done.changes]
    return {...base, status: done.status, records, validation: done.records, changes}
  }
  const issued = wait && !dryRun ? await issuedAfterAll(context, certificate, timeoutMs) : certificate
  return {...base, status: issued.status, records, validation: undefined}
}

const furtherNames = ({domain, aliases}: Pick<RequestCertificateOptions, 'domain' | 'aliases'>): string[] => [
  ...new Set(aliases.filter((alias) => alias !== domain)),
]

function requestStep(
  aws: Pick<AwsClients, 'acm'>,
  {domain, aliases, keyAlgorithm, tags}: RequestCertificateOptions,
  nowMs: number,
): Step<string> {
  return step<string>({
    id: 'certificate',
    title: `certificate ${domain}`,
    doing: 'Requesting',
    look: async () => {
      const wanted = sortedNames([domain, ...aliases])
      const same = (await listCertificates(aws.acm)).filter(
        (each) =>
          isUsable(each) &&
          plainDomain(each.domain) === domain &&
          sortedNames(each.names) === wanted &&
          (keyAlgorithm === undefined || each.keyAlgorithm === keyAlgorithm),
      )
      const found = same.find(({status}) => status === 'ISSUED') ?? same[0]
      const detail = [keyAlgorithm ?? 'RSA_2048', ...aliases].join(', ')
      return found === undefined ? {state: 'absent', detail} : {state: 'present', value: found.arn}
    },
    apply: async () =>
      requestCertificate(aws.acm, {
        domain,
        aliases,
        keyAlgorithm: keyAlgorithm ?? 'RSA_2048',
        // The time is part of it: an earlier certificate of these names may have failed, or is deleted by now.
        token: `${shortHash([domain, ...aliases].join(' '))}_${nowMs.toString(36)}`,
        tags: upperCaseTags(withMarks(tags)),
      }),
  })
}

const isUsable = ({type, status}: CertificateSummary): boolean =>
  type === 'AMAZON_ISSUED' && (status === 'ISSUED' || status === 'PENDING_VALIDATION')

const sortedNames = (names: readonly string[]): string => [...new Set(names.map(plainDomain))].sort().join(' ')

async function visible({aws}: ValidationContext, arn: string, domain: string): Promise<Certificate> {
  const found = await describeCertificate(aws.acm, arn)
  if (found !== undefined) return found
  throw new AwsError('CERTIFICATE_NOT_FOUND', `certificate ${domain} is requested, but ACM does not show it yet`, {
    details: {certificateArn: arn},
    hints: [`fargate certificate info ${arn}`],
  })
}

/** Records that are late are no failure of the request: `certificate info` shows them once they are there. */
async function withRecords(context: ValidationContext, found: Certificate, timeoutMs: number): Promise<Certificate> {
  if (found.status === 'ISSUED') return found
  try {
    return await waitForRecords(context, found, timeoutMs)
  } catch (error) {
    if (error instanceof WaitTimeoutError) return found
    throw error
  }
}

async function issuedAfterAll(
  context: ValidationContext,
  certificate: Certificate,
  timeoutMs: number,
): Promise<Certificate> {
  if (certificate.status === 'ISSUED') return certificate
  const text = `Certificate ${certificate.domain} is issued once these records are there:`
  warnOfRecords(context, text, recordsOf(certificate.validations))
  return context.output.step(`Waiting for the issue of certificate ${certificate.domain}`, (progress) =>
    waitUntilIssued(context, certificate, timeoutMs, (text) => progress.update(text)),
  )
}
