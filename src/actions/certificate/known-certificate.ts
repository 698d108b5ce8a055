import type {Certificate, CertificateSummary} from '../../acm/certificates.js'
import {describeCertificate, listCertificates} from '../../acm/certificates.js'
import type {Acm} from '../../acm/sdk.js'
import {AwsError, UsageError} from '../../errors/errors.js'
import {looksLikeArn} from '../../lib/arn.js'
import {closest} from '../../lib/closest.js'
import {plainDomain} from '../../lib/domain-name.js'
import {didYouMean} from '../did-you-mean.js'

/** Whether a certificate is meant where several bear the same domain. */
export type Preference = (certificate: CertificateSummary) => boolean

/**
 * A certificate by its ARN or domain; `undefined` where there is none.
 *
 * @param prefers tells, of several of one domain, those that a command is about
 * @throws UsageError CERTIFICATE_AMBIGUOUS, which lists the ARNs, when several are left
 */
export async function findCertificate(acm: Acm, name: string, prefers?: Preference): Promise<Certificate | undefined> {
  if (looksLikeArn(name)) return describeCertificate(acm, name)
  const arn = onlyOf(name, await certificatesOf(acm, name), prefers)?.arn
  return arn === undefined ? undefined : describeCertificate(acm, arn)
}

/**
 * A certificate by its ARN or domain.
 *
 * @throws AwsError CERTIFICATE_NOT_FOUND, with those of similar domains; UsageError as `findCertificate` does
 */
export async function requireCertificate(acm: Acm, name: string, prefers?: Preference): Promise<Certificate> {
  const found = await findCertificate(acm, name, prefers)
  if (found !== undefined) return found
  const similar = looksLikeArn(name) ? [] : closest(name, await domainsOf(acm))
  throw new AwsError(
    'CERTIFICATE_NOT_FOUND',
    `certificate ${name} does not exist in this region${didYouMean(similar)}`,
    {details: {certificate: name, similar}, hints: ['see what there is: fargate certificate list']},
  )
}

/** The certificates whose first name is a domain, in AWS's order. */
export async function certificatesOf(acm: Acm, domain: string): Promise<CertificateSummary[]> {
  const wanted = plainDomain(domain)
  return (await listCertificates(acm)).filter((each) => plainDomain(each.domain) === wanted)
}

function onlyOf(
  domain: string,
  found: readonly CertificateSummary[],
  prefers: Preference = () => true,
): CertificateSummary | undefined {
  const preferred = found.filter(prefers)
  const left = preferred.length === 0 ? found : preferred
  if (left.length < 2) return left[0]
  const arns = left.map(({arn}) => arn)
  throw new UsageError(
    'CERTIFICATE_AMBIGUOUS',
    [
      `${left.length} certificates are for ${domain}, so name one by its ARN:`,
      ...left.map(({arn, status, type}) => `  ${arn} (${type}, ${status})`),
    ].join('\n'),
    {details: {domain, arns}, hints: arns.map((arn) => `fargate certificate info ${arn}`)},
  )
}

const domainsOf = async (acm: Acm): Promise<string[]> => [
  ...new Set((await listCertificates(acm)).map(({domain}) => domain)),
]
