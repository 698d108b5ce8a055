import type {Certificate, DomainValidation, ValidationRecord} from '../../acm/certificates.js'
import {describeCertificate} from '../../acm/certificates.js'
import {pollUntil} from '../../aws/poll.js'
import {AwsError, WaitTimeoutError} from '../../errors/errors.js'
import {shellDomain} from '../../lib/domain-name.js'
import type {Context} from '../context.js'

export type ValidationContext = Pick<Context, 'aws' | 'clock' | 'signal' | 'output'>

/** A record that proves the ownership of one or several domains: a domain and its wildcard share theirs. */
export interface ProvingRecord extends ValidationRecord {
  readonly domains: readonly string[]
}

const recordsEveryMs = 2000
const issuedEveryMs = 5000

/** ACM's reasons of a failure, in words that say what to do. */
const reasons: Readonly<Record<string, string>> = {
  CAA_ERROR: 'a CAA record of the domain does not allow Amazon to issue certificates: let it name amazon.com',
  DOMAIN_NOT_ALLOWED: 'the domain is on a list of unsafe domains',
  INVALID_PUBLIC_DOMAIN: 'the domain is not one of the public internet',
  ADDITIONAL_VERIFICATION_REQUIRED: 'AWS Support has to verify the domain first',
  NO_AVAILABLE_CONTACTS: 'the owner of the domain has no e-mail address that ACM can find',
  DOMAIN_VALIDATION_DENIED: 'the owner of the domain has refused it',
  OTHER: 'often a name is not spelled as it should be',
}

/**
 * Refuses a certificate that can never be validated.
 *
 * @throws AwsError CERTIFICATE_IMPORTED, CERTIFICATE_BY_EMAIL or CERTIFICATE_FAILED, with the reason
 */
export function checkValidatable(certificate: Certificate): void {
  const {domain, arn, type, status, validations, expiresAt} = certificate
  const details = {certificateArn: arn, status, failureReason: certificate.failureReason}
  if (type !== 'AMAZON_ISSUED') {
    throw new AwsError('CERTIFICATE_IMPORTED', `certificate ${domain} is ${type}: there is nothing to validate`, {
      details,
    })
  }
  const failed = validations.filter((each) => each.status === 'FAILED').map((each) => each.domain)
  if ((status === 'PENDING_VALIDATION' && failed.length === 0) || status === 'ISSUED') {
    if (validations.every(({method}) => method !== 'EMAIL') || status === 'ISSUED') return
    throw new AwsError('CERTIFICATE_BY_EMAIL', `certificate ${domain} is validated by e-mail, not by records`, {
      details,
    })
  }
  const what = status === 'PENDING_VALIDATION' ? 'cannot be validated' : `is ${status}`
  const which = failed.length === 0 ? '' : ` (failed: ${failed.join(', ')})`
  const why = reasonOf(certificate) ?? (expiresAt === undefined ? undefined : `it ended on ${day(expiresAt)}`)
  throw new AwsError(
    'CERTIFICATE_FAILED',
    `certificate ${domain} ${what}${which}${why === undefined ? '' : `: ${why}`}`,
    {
      details: {...details, failedDomains: failed},
      hints: [
        `request another: fargate certificate request ${shellDomain(domain)}`,
        `delete this one: fargate certificate destroy ${arn}`,
      ],
    },
  )
}

function reasonOf({failureReason, status}: Certificate): string | undefined {
  if (failureReason !== undefined) return `${failureReason}, ${reasons[failureReason] ?? 'which ACM does not explain'}`
  return status === 'VALIDATION_TIMED_OUT' ? 'its records were not there for 72 hours' : undefined
}

const day = (date: Date): string => date.toISOString().slice(0, 10)

/** Tells who waits which records are waited for; shown with --quiet, too. */
export function warnOfRecords(
  {output}: Pick<ValidationContext, 'output'>,
  text: string,
  records: readonly ValidationRecord[],
): void {
  output.warn([text, ...records.map(({type, name, value}) => `  ${type} ${name} -> ${value}`)].join('\n'))
}

/** The records of a certificate's domains, each once. */
export function recordsOf(validations: readonly DomainValidation[]): ProvingRecord[] {
  const records = new Map<string, ProvingRecord>()
  for (const {domain, record} of validations) {
    if (record === undefined) continue
    const {domains = []} = records.get(record.name) ?? {}
    records.set(record.name, {...record, domains: [...domains, domain]})
  }
  return [...records.values()]
}

/**
 * Waits until ACM has chosen the records of all domains, some seconds after the request.
 *
 * @throws WaitTimeoutError; AwsError as `checkValidatable` does
 */
export async function waitForRecords(
  context: ValidationContext,
  certificate: Certificate,
  timeoutMs: number,
): Promise<Certificate> {
  if (hasRecords(certificate)) return certificate
  const what = `the validation records of certificate ${certificate.domain}`
  return pollCertificate(context, certificate, {everyMs: recordsEveryMs, timeoutMs, what}, hasRecords)
}

/**
 * Waits until a certificate is issued.
 *
 * @param update is told the state while it is waited for
 * @throws WaitTimeoutError; AwsError as `checkValidatable` does
 */
export async function waitUntilIssued(
  context: ValidationContext,
  certificate: Certificate,
  timeoutMs: number,
  update: (text: string) => void,
): Promise<Certificate> {
  const what = `certificate ${certificate.domain} to be issued`
  return pollCertificate(context, certificate, {everyMs: issuedEveryMs, timeoutMs, what}, (seen) => {
    const proven = seen.validations.filter(({status}) => status === 'SUCCESS').length
    update(`${proven} of ${seen.validations.length} names validated`)
    return seen.status === 'ISSUED'
  })
}

async function pollCertificate(
  {aws, clock, signal}: ValidationContext,
  {arn, domain}: Certificate,
  options: {readonly everyMs: number; readonly timeoutMs: number; readonly what: string},
  isDone: (certificate: Certificate) => boolean,
): Promise<Certificate> {
  try {
    return await pollUntil({clock, signal, ...options}, async () => {
      const seen = await describeCertificate(aws.acm, arn)
      if (seen === undefined) {
        throw new AwsError('CERTIFICATE_NOT_FOUND', `certificate ${domain} is gone`, {details: {certificateArn: arn}})
      }
      checkValidatable(seen)
      return isDone(seen) ? seen : undefined
    })
  } catch (error) {
    if (!(error instanceof WaitTimeoutError)) throw error
    throw new WaitTimeoutError(error.code, error.message, {
      cause: error,
      details: {certificateArn: arn},
      hints: [`see which names are validated: fargate certificate info ${arn}`],
    })
  }
}

const hasRecords = ({validations}: Certificate): boolean =>
  validations.length > 0 && validations.every(({record, status}) => record !== undefined || status === 'SUCCESS')
