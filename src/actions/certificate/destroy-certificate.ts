import type {Certificate} from '../../acm/certificates.js'
import {certificateTags, deleteCertificate, describeCertificate, listCertificates} from '../../acm/certificates.js'
import {inParallel} from '../../aws/batching.js'
import type {AwsClients} from '../../aws/clients.js'
import {AwsError} from '../../errors/errors.js'
import type {Change} from '../../plan/run-plan.js'
import {runPlan} from '../../plan/run-plan.js'
import type {Step} from '../../plan/step.js'
import {step} from '../../plan/step.js'
import type {RecordSet} from '../../route53/records.js'
import {changeRecords, findRecords, isSameName} from '../../route53/records.js'
import {confirmDeletion} from '../confirmation.js'
import type {Context} from '../context.js'
import {zonesValidatedIn} from '../tags.js'
import {findCertificate} from './known-certificate.js'
import type {ProvingRecord} from './validation-state.js'
import {recordsOf} from './validation-state.js'
import {isSameRecord} from './zone-records.js'

export interface DestroyCertificateOptions {
  /** Its domain or ARN. */
  readonly certificate: string
  /** Answers the confirmation. */
  readonly yes: boolean
  /** Leaves the validation records, which certificates of other regions may need to be renewed. */
  readonly keepRecords: boolean
  readonly dryRun: boolean
}

export interface DestroyCertificateResult {
  readonly certificate: string
  /** Absent where there is no such certificate. */
  readonly arn: string | undefined
  /** Validation records that stay, as somebody else made them or another certificate needs them. */
  readonly keptRecords: readonly string[]
  readonly dryRun: boolean
  readonly changes: readonly Change[]
}

type Aws = Pick<AwsClients, 'acm' | 'route53'>

/**
 * Deletes a certificate, whoever made it, and the validation records that this program made for it alone.
 *
 * @throws AwsError CERTIFICATE_IN_USE, which names what uses it; UsageError CERTIFICATE_AMBIGUOUS
 */
export async function destroyCertificate(
  {aws, output, signal}: Pick<Context, 'aws' | 'output' | 'signal'>,
  {certificate: name, yes, keepRecords, dryRun}: DestroyCertificateOptions,
): Promise<DestroyCertificateResult> {
  const found = await findCertificate(aws.acm, name)
  if (found === undefined) return {certificate: name, arn: undefined, keptRecords: [], dryRun, changes: []}
  checkUnused(found)
  const records = recordsOf(found.validations)
  const own = keepRecords ? [] : await ownRecords(aws, found, records)
  const deleted = certificateStep(aws, found)
  const steps = own.map(({zoneId, sets}) => deleteRecordsStep(aws, {zoneId, sets, deleted}))
  const report = await runPlan([deleted, ...steps], {
    output,
    signal,
    dryRun,
    beforeChanges: (changes) => confirmDeletion(output, `certificate ${name}`, changes, yes),
  })
  const gone = own.flatMap(({sets}) => sets)
  const keptRecords = records.filter((each) => !gone.some((set) => isProofOf(set, each)))
  const kept = keptRecords.map((each) => each.name)
  return {certificate: found.domain, arn: found.arn, keptRecords: kept, dryRun, changes: report.changes}
}

function checkUnused({domain, arn, usedBy}: Certificate): void {
  if (usedBy.length > 0) throw inUse(domain, arn, usedBy)
}

function inUse(domain: string, arn: string, usedBy: readonly string[]): AwsError {
  const users = usedBy.length === 0 ? 'something that AWS does not name yet' : usedBy.join(', ')
  return new AwsError('CERTIFICATE_IN_USE', `certificate ${domain} is in use by ${users}`, {
    details: {certificateArn: arn, usedBy},
    hints: [
      ...balancerNames(usedBy).map((each) => `see what it does there: fargate lb info ${each}`),
      'take it from what uses it first, and run the command again',
    ],
  })
}

const balancerNames = (arns: readonly string[]): string[] =>
  arns.flatMap((arn) => /:loadbalancer\/(?:app|net)\/([^/]+)\//.exec(arn)?.[1] ?? [])

function certificateStep({acm}: Aws, {arn, domain}: Certificate): Step<void> {
  return step<void>({
    id: 'certificate',
    title: `certificate ${domain}`,
    look: async () => ({state: 'differs', value: undefined, detail: arn, change: 'delete'}),
    apply: async () => {
      if (await deleteCertificate(acm, arn)) return
      throw inUse(domain, arn, (await describeCertificate(acm, arn))?.usedBy ?? [])
    },
  })
}

interface OwnRecords {
  readonly zoneId: string
  readonly sets: readonly RecordSet[]
}

/**
 * The records of the zones in which this program made all of them. ACM asks for the same record of a domain for each
 * certificate of the account, so one that another certificate shows too stays.
 */
async function ownRecords(aws: Aws, found: Certificate, records: readonly ProvingRecord[]): Promise<OwnRecords[]> {
  const zoneIds = records.length === 0 ? [] : zonesValidatedIn(await certificateTags(aws.acm, found.arn))
  if (zoneIds.length === 0) return []
  const needed = await recordsOfOthers(aws, found)
  const free = records.filter(({name}) => !needed.has(name))
  const zones = await inParallel(zoneIds, async (zoneId) => {
    const sets = await inParallel(free, async (record) =>
      (await findRecords(aws.route53, zoneId, record.name)).filter((set) => isSameRecord(set, record)),
    )
    return {zoneId, sets: sets.flat()}
  })
  return zones.filter(({sets}) => sets.length > 0)
}

/** The names of the validation records of all other certificates that share a name with this one. */
async function recordsOfOthers({acm}: Aws, {arn}: Certificate): Promise<Set<string>> {
  const others = (await listCertificates(acm)).filter((each) => each.arn !== arn && each.type === 'AMAZON_ISSUED')
  const described = await inParallel(others, (each) => describeCertificate(acm, each.arn))
  return new Set(described.flatMap((each) => recordsOf(each?.validations ?? []).map(({name}) => name)))
}

function deleteRecordsStep({route53}: Aws, {zoneId, sets, deleted}: OwnRecords & {deleted: Step<void>}): Step<void> {
  return step<void, {deleted: Step<void>}>({
    id: `records-${zoneId}`,
    title: `validation records in zone ${zoneId}`,
    needs: {deleted},
    look: async () => ({
      state: 'differs',
      value: undefined,
      detail: sets.map(({Name}) => Name).join(', '),
      change: 'delete',
    }),
    apply: async () => {
      const changes = sets.map((set) => ({Action: 'DELETE' as const, ResourceRecordSet: set}))
      await changeRecords(route53, zoneId, changes)
    },
  })
}

const isProofOf = (set: RecordSet, record: ProvingRecord): boolean =>
  isSameName(set.Name ?? '', record.name) && isSameRecord(set, record)
