import type {CertificateSummary} from '../../acm/certificates.js'
import {certificateTags, certificateText, importCertificate} from '../../acm/certificates.js'
import type {Acm} from '../../acm/sdk.js'
import {inParallel} from '../../aws/batching.js'
import {UsageError} from '../../errors/errors.js'
import type {Change} from '../../plan/run-plan.js'
import {runPlan} from '../../plan/run-plan.js'
import type {Found, Step} from '../../plan/step.js'
import {step} from '../../plan/step.js'
import type {Context} from '../context.js'
import {isManaged, upperCaseTags, withMarks} from '../tags.js'
import {certificatesOf} from './known-certificate.js'
import type {CertificateFiles, Material} from './material.js'
import {checkedMaterial, fingerprints} from './material.js'

export interface ImportCertificateOptions {
  readonly files: CertificateFiles
  readonly dryRun: boolean
}

export interface ImportCertificateResult {
  readonly certificate: string
  /** Absent in a dry run of a new one. */
  readonly arn: string | undefined
  readonly names: readonly string[]
  readonly keyAlgorithm: string
  readonly expiresAt: Date
  /** Whether a former one of this domain is replaced, which keeps its ARN and what uses it. */
  readonly replaced: boolean
  readonly dryRun: boolean
  readonly changes: readonly Change[]
}

/**
 * Imports a certificate. One of the same domain that this program imported before is replaced and keeps its ARN; the
 * same certificate is not imported again, whoever imported it.
 *
 * @throws UsageError CERTIFICATE_INVALID before any call; CERTIFICATE_AMBIGUOUS where several could be replaced
 */
export async function importFiles(
  {aws, clock, output, signal}: Pick<Context, 'aws' | 'clock' | 'output' | 'signal'>,
  {files, dryRun}: ImportCertificateOptions,
): Promise<ImportCertificateResult> {
  const material = checkedMaterial(files, clock.now())
  const imported = importStep(aws.acm, material, (text) => output.warn(text))
  const report = await runPlan([imported], {output, signal, dryRun})
  const {domain, names, keyAlgorithm, expiresAt} = material
  const replaced = report.changes.some(({change}) => change === 'update')
  return {
    certificate: domain,
    arn: report.value(imported),
    names,
    keyAlgorithm,
    expiresAt,
    replaced,
    dryRun,
    changes: report.changes,
  }
}

function importStep(acm: Acm, material: Material, warn: (text: string) => void): Step<string> {
  return step<string>({
    id: 'certificate',
    title: `imported certificate ${material.domain}`,
    doing: 'Storing',
    look: () => lookForFormer(acm, material, warn),
    apply: (_needs, found) =>
      importCertificate(acm, {
        certificate: material.certificate,
        privateKey: material.privateKey,
        chain: material.chain,
        arn: found.state === 'absent' ? undefined : found.value,
        tags: upperCaseTags(withMarks({})),
      }),
  })
}

async function lookForFormer(acm: Acm, material: Material, warn: (text: string) => void): Promise<Found<string>> {
  const imported = (await certificatesOf(acm, material.domain)).filter(({type}) => type === 'IMPORTED')
  const known = await inParallel(imported, async (summary) => {
    const [text, tags] = await Promise.all([certificateText(acm, summary.arn), certificateTags(acm, summary.arn)])
    return {summary, text: text === undefined ? '' : fingerprints(text.certificate + text.chain), tags}
  })
  const wanted = fingerprints(material.certificate + material.chain)
  const same = known.find(({text}) => text === wanted)
  if (same !== undefined) return {state: 'present', value: same.summary.arn}
  const own = known.filter(({tags}) => isManaged(tags)).map(({summary}) => summary)
  const replaceable = own.filter(({keyAlgorithm}) => keyAlgorithm === material.keyAlgorithm)
  const [former] = replaceable
  if (replaceable.length > 1) throw severalError(material.domain, replaceable)
  for (const each of own) {
    if (each !== former)
      warn(`certificate ${each.arn} stays: ACM does not change its kind of key, ${each.keyAlgorithm}`)
  }
  if (former === undefined)
    return {state: 'absent', detail: `${material.keyAlgorithm}, until ${day(material.expiresAt)}`}
  const lost = former.names.filter((name) => !material.names.includes(name))
  if (lost.length > 0) warn(`the new certificate lacks names of the one that it replaces: ${lost.join(', ')}`)
  const until = former.expiresAt === undefined ? '' : `${day(former.expiresAt)} → `
  return {state: 'differs', value: former.arn, detail: `${former.arn}, until ${until}${day(material.expiresAt)}`}
}

function severalError(domain: string, found: readonly CertificateSummary[]): UsageError {
  const arns = found.map(({arn}) => arn)
  return new UsageError(
    'CERTIFICATE_AMBIGUOUS',
    `${found.length} imported certificates of ${domain} could be replaced: ${arns.join(', ')}`,
    {
      details: {domain, arns},
      hints: arns.map((arn) => `delete one that is not used: fargate certificate destroy ${arn}`),
    },
  )
}

const day = (date: Date): string => date.toISOString().slice(0, 10)
