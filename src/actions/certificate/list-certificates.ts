import type {CertificateSummary} from '../../acm/certificates.js'
import {listCertificates} from '../../acm/certificates.js'
import type {Context} from '../context.js'

export interface CertificateList {
  /** By domain, then by ARN. */
  readonly certificates: readonly CertificateSummary[]
}

/** The certificates of the region. */
export async function listCertificateSummaries({aws}: Pick<Context, 'aws'>): Promise<CertificateList> {
  const sortKey = ({domain, arn}: CertificateSummary) => `${domain} ${arn}`
  const certificates = await listCertificates(aws.acm)
  return {certificates: certificates.toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1))}
}
