import {X509Certificate} from 'node:crypto'

/** A certificate with its private key, in PEM. */
export interface CertificateMaterial {
  readonly certificate: string
  /** The certificates that lead from it to a root. */
  readonly chain?: string
  readonly privateKey: string
}

/**
 * The certificate that a load balancer shows to a client which asks for a host: of those with its name, wildcards
 * included, the one with the better kind of key, then the longer key, then the longer life. Undefined when none has
 * the name: the default certificate is shown then.
 */
export function certificateFor(
  host: string,
  materials: readonly CertificateMaterial[],
): CertificateMaterial | undefined {
  const matching = materials
    .map((material) => ({material, parsed: new X509Certificate(material.certificate)}))
    .filter(({parsed}) => parsed.checkHost(host) !== undefined)
  matching.sort((a, b) => compare(rankOf(b.parsed), rankOf(a.parsed)))
  return matching[0]?.material
}

function rankOf({publicKey, validTo}: X509Certificate): readonly number[] {
  const {asymmetricKeyType, asymmetricKeyDetails} = publicKey
  return [asymmetricKeyType === 'ec' ? 1 : 0, asymmetricKeyDetails?.modulusLength ?? 0, Date.parse(validTo)]
}

const compare = (a: readonly number[], b: readonly number[]): number =>
  a.map((value, index) => value - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0
