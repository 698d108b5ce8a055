import type {KeyObject} from 'node:crypto'
import {createPrivateKey, X509Certificate} from 'node:crypto'
import {UsageError} from '../../errors/errors.js'

/** What is to be imported, as its files hold it. The private key never leaves this but to ACM. */
export interface CertificateFiles {
  readonly certificate: string
  readonly privateKey: string
  readonly chain: string | undefined
}

/** The same, checked. */
export interface Material {
  /** PEM of the certificate alone. */
  readonly certificate: string
  readonly privateKey: string
  /** PEM, from the one that has signed the certificate upwards; empty where there is none. */
  readonly chain: string
  /** The common name, or the first name where there is none: what ACM calls it by. */
  readonly domain: string
  readonly names: readonly string[]
  readonly keyAlgorithm: string
  readonly expiresAt: Date
}

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g
const KEY_BITS = [1024, 2048, 3072, 4096]
const CURVES: Readonly<Record<string, string>> = {
  prime256v1: 'EC_prime256v1',
  secp384r1: 'EC_secp384r1',
  secp521r1: 'EC_secp521r1',
}

/**
 * Checks what ACM would refuse: a certificate that is valid now, with its own key that has no passphrase, and a chain in
 * which each certificate is signed by the next. Further certificates in the file of the certificate are its chain.
 *
 * @throws UsageError CERTIFICATE_INVALID, which shows nothing of the key
 */
export function checkedMaterial({certificate, privateKey, chain}: CertificateFiles, nowMs: number): Material {
  if (certificate.includes('PRIVATE KEY')) throw problem('--certificate: the file holds a private key, too')
  const [first, ...rest] = certificatesIn(certificate, '--certificate')
  if (first === undefined) throw problem('--certificate: the file holds no certificate in PEM form')
  if (rest.length > 0 && chain !== undefined) {
    throw problem('--certificate: the file holds several certificates, so its chain is in it and --chain is too much')
  }
  const issuers = chain === undefined ? rest : certificatesIn(chain, '--chain')
  if (chain !== undefined && issuers.length === 0) throw problem('--chain: the file holds no certificate in PEM form')
  const key = readKey(privateKey)
  if (!first.checkPrivateKey(key)) throw problem('--key: the private key is not that of the certificate')
  checkTimes(first, nowMs)
  checkChain([first, ...issuers])
  const names = namesOf(first)
  const domain = /^CN=(.+)$/m.exec(first.subject)?.[1] ?? names[0]
  if (domain === undefined) throw problem('--certificate: the certificate has no name')
  return {
    certificate: first.toString(),
    privateKey,
    chain: issuers.map(String).join(''),
    domain,
    names: [...new Set([domain, ...names])],
    keyAlgorithm: algorithmOf(key),
    expiresAt: new Date(first.validTo),
  }
}

/** What tells certificates apart, whatever the white space around them; nothing for a text without any. */
export const fingerprints = (pem: string): string =>
  (pem.match(BLOCK) ?? []).map((block) => new X509Certificate(block).fingerprint256).join(' ')

const problem = (message: string, hints: readonly string[] = []): UsageError =>
  new UsageError('CERTIFICATE_INVALID', message, {hints})

function certificatesIn(text: string, flag: string): X509Certificate[] {
  return (text.match(BLOCK) ?? []).map((block) => {
    try {
      return new X509Certificate(block)
    } catch (error) {
      throw new UsageError('CERTIFICATE_INVALID', `${flag}: the file holds a certificate that cannot be read`, {
        cause: error,
      })
    }
  })
}

function readKey(text: string): KeyObject {
  if (/-----BEGIN ENCRYPTED |^Proc-Type: 4,ENCRYPTED/m.test(text)) {
    throw problem('--key: the private key has a passphrase, which ACM does not take', [
      'write it without one: openssl pkey -in key.pem -out plain-key.pem',
    ])
  }
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    throw problem('--key: the file holds no private key in PEM form')
  }
  try {
    return createPrivateKey(text)
  } catch {
    // What the parser says could show a part of the key.
    throw problem('--key: the file holds a private key that cannot be read')
  }
}

function algorithmOf({asymmetricKeyType, asymmetricKeyDetails}: KeyObject): string {
  const {modulusLength = 0, namedCurve = ''} = asymmetricKeyDetails ?? {}
  if (asymmetricKeyType === 'rsa' && KEY_BITS.includes(modulusLength)) return `RSA_${modulusLength}`
  const curve = asymmetricKeyType === 'ec' ? CURVES[namedCurve] : undefined
  if (curve !== undefined) return curve
  throw problem(
    `--key: ACM takes no key of this kind (${asymmetricKeyType}${namedCurve === '' ? '' : ` ${namedCurve}`}${modulusLength === 0 ? '' : ` ${modulusLength}`}): use RSA with 2048 to 4096 bits, P-256, P-384 or P-521`,
  )
}

function checkTimes({validFrom, validTo}: X509Certificate, nowMs: number): void {
  if (nowMs > Date.parse(validTo)) throw problem(`--certificate: the certificate has expired on ${validTo}`)
  if (nowMs < Date.parse(validFrom)) throw problem(`--certificate: the certificate is not valid before ${validFrom}`)
}

function checkChain(certificates: readonly X509Certificate[]): void {
  for (const [index, issuer] of certificates.slice(1).entries()) {
    const subject = certificates[index]
    if (subject?.checkIssued(issuer) && subject.verify(issuer.publicKey)) continue
    const which = index === 0 ? 'the certificate' : `certificate ${index} of the chain`
    throw problem(`--chain: certificate ${index + 1} of the chain has not signed ${which}`, [
      'begin with the one that has signed the certificate, and let each sign the one before it',
    ])
  }
  const [first] = certificates
  if (certificates.length > 1 || first === undefined || first.verify(first.publicKey)) return
  throw problem('--chain: the certificate has not signed itself, so ACM needs its chain', [
    'give it: --chain chain.pem',
  ])
}

const namesOf = ({subjectAltName = ''}: X509Certificate): string[] =>
  subjectAltName.split(', ').flatMap((entry) => (entry.startsWith('DNS:') ? [entry.slice('DNS:'.length)] : []))
