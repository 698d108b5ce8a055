import type {Certificate, DomainValidation} from '../../acm/certificates.js'
import type {Change} from '../../plan/run-plan.js'
import {runPlan} from '../../plan/run-plan.js'
import type {Step} from '../../plan/step.js'
import {step} from '../../plan/step.js'
import {requireCertificate} from './known-certificate.js'
import type {ValidationContext} from './validation-state.js'
import {checkValidatable, recordsOf, waitForRecords, waitUntilIssued, warnOfRecords} from './validation-state.js'
import type {PlacedRecords} from './zone-records.js'
import {placeRecords, zoneRecordsStep} from './zone-records.js'

export interface ValidateCertificateOptions {
  /** Its domain or ARN. */
  readonly certificate: string
  /** Until it is issued. */
  readonly wait: boolean
  readonly timeoutMs: number
  readonly dryRun: boolean
}

export interface DomainRecord {
  readonly domain: string
  readonly type: string
  readonly name: string
  readonly value: string
  /** `validated` needs no record any more, `made` and `present` are in `zones`, `elsewhere` is up to the user. */
  readonly state: 'validated' | 'made' | 'present' | 'elsewhere'
  /** Ids of the public zones of Route 53 that hold the domain. */
  readonly zones: readonly string[]
}

export interface ValidateCertificateResult {
  readonly certificate: string
  readonly arn: string
  readonly status: string
  readonly records: readonly DomainRecord[]
  readonly dryRun: boolean
  readonly changes: readonly Change[]
}

/**
 * Makes the records that prove the ownership of a certificate's domains, in the public zones of the account that hold
 * them. Domains whose DNS is somewhere else are answered with the records to be made there.
 *
 * @throws AwsError CERTIFICATE_NOT_FOUND, CERTIFICATE_FAILED and others; WaitTimeoutError when it is not issued in time
 */
export async function validateCertificate(
  context: ValidationContext,
  options: ValidateCertificateOptions,
): Promise<ValidateCertificateResult> {
  const isPending = ({status}: {readonly status: string}) => status === 'PENDING_VALIDATION'
  const found = await requireCertificate(context.aws.acm, options.certificate, isPending)
  checkValidatable(found)
  return validateFound(context, await waitForRecords(context, found, options.timeoutMs), options)
}

/** As `validateCertificate`, for a certificate whose records are known. */
export async function validateFound(
  context: ValidationContext,
  found: Certificate,
  {wait, timeoutMs, dryRun}: Omit<ValidateCertificateOptions, 'certificate'>,
): Promise<ValidateCertificateResult> {
  const {aws, output, signal} = context
  const open = found.status === 'ISSUED' ? [] : found.validations.filter(({status}) => status !== 'SUCCESS')
  const placed = await placeRecords(aws, recordsOf(open))
  const zones = placed.inZones.map((each) => zoneRecordsStep(aws, found.arn, each))
  const issued = issuedStep(context, found, zones, timeoutMs)
  if (wait && !dryRun && placed.elsewhere.length > 0) {
    const text = 'Route 53 has no public zone for some names. Make these records where their DNS is:'
    warnOfRecords(context, text, placed.elsewhere)
  }
  const report = await runPlan(wait ? [...zones, issued] : zones, {output, signal, dryRun})
  return {
    certificate: found.domain,
    arn: found.arn,
    status: (report.value(issued) ?? found).status,
    records: found.validations.flatMap((each) => domainRecord(each, {placed, open, changes: report.changes})),
    dryRun,
    changes: report.changes,
  }
}

/** Waits until a certificate is issued, once its records are made. */
function issuedStep(
  context: ValidationContext,
  found: Certificate,
  zones: readonly Step<void>[],
  timeoutMs: number,
): Step<Certificate> {
  return step<Certificate, Record<string, Step<void>>>({
    id: 'issued',
    title: `issue of certificate ${found.domain}`,
    doing: 'Waiting for the',
    needs: Object.fromEntries(zones.map((each) => [each.id, each])),
    look: async () =>
      found.status === 'ISSUED'
        ? {state: 'present', value: found}
        : {state: 'differs', value: found, detail: `is ${found.status}`},
    apply: (_needs, _found, run) =>
      waitUntilIssued({...context, signal: run.signal}, found, timeoutMs, (text) => run.update(text)),
  })
}

function domainRecord(
  {domain, record}: DomainValidation,
  {
    placed,
    open,
    changes,
  }: {
    readonly placed: PlacedRecords
    readonly open: readonly DomainValidation[]
    readonly changes: readonly Change[]
  },
): DomainRecord[] {
  if (record === undefined) return []
  const base = {domain, ...record}
  if (!open.some((each) => each.domain === domain)) return [{...base, state: 'validated', zones: []}]
  const holds = ({records}: {readonly records: readonly {readonly name: string}[]}) =>
    records.some(({name}) => name === record.name)
  const zones = placed.inZones.filter(holds).map(({zone}) => zone.id)
  if (zones.length === 0) return [{...base, state: 'elsewhere', zones}]
  const isMade = zones.some((id) => changes.some((change) => change.step === `records-${id}`))
  return [{...base, state: isMade ? 'made' : 'present', zones}]
}
