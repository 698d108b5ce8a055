import {AwsFault} from '../../aws-fault.js'
import type {CertificateMaterial} from '../../balancer/certificate-choice.js'
import type {CertificatesPort} from '../../ports.js'
import type {Scope} from '../../scope.js'

const ACM_ARN = /^arn:[\w-]+:acm:([\w-]+):(\d{12}):certificate\/.+$/

/**
 * Refuses a certificate that a listener cannot show: one that is not in the region and account of the load balancer,
 * and one that is not issued, for which AWS has the same words as for one that is too weak.
 *
 * @throws AwsFault CertificateNotFound or UnsupportedCertificate
 */
export function checkUsable(certificates: CertificatesPort, scope: Scope, arn: string): void {
  const certificate = ACM_ARN.test(arn) ? certificates.find(scope, arn) : undefined
  if (certificate === undefined) throw new AwsFault('CertificateNotFound', `Certificate '${arn}' not found`)
  if (certificate.status === 'ISSUED') return
  const needs = 'a fully-qualified domain name, a supported signature, and a supported key size'
  throw new AwsFault('UnsupportedCertificate', `The certificate '${arn}' must have ${needs}.`)
}

/** What a listener needs to speak TLS with a certificate; undefined where it is not there. */
export function materialOf(certificates: CertificatesPort, arn: string): CertificateMaterial | undefined {
  const [, region, account] = ACM_ARN.exec(arn) ?? []
  if (region === undefined || account === undefined) return undefined
  const {certificate, chain, privateKey} = certificates.find({account, region}, arn) ?? {}
  if (certificate === undefined || privateKey === undefined) return undefined
  return {certificate, privateKey, ...(chain !== undefined && {chain})}
}
