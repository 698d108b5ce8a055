import type {Certificate} from '../../acm/certificates.js'
import type {Context} from '../context.js'
import {requireCertificate} from './known-certificate.js'

export type CertificateInspection = Certificate

/**
 * Everything about a certificate.
 *
 * @param options `certificate` is its domain or ARN
 * @throws AwsError CERTIFICATE_NOT_FOUND; UsageError CERTIFICATE_AMBIGUOUS
 */
export async function inspectCertificate(
  {aws}: Pick<Context, 'aws'>,
  {certificate}: {readonly certificate: string},
): Promise<CertificateInspection> {
  return requireCertificate(aws.acm, certificate)
}
