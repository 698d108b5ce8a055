import type {KeyObject} from 'node:crypto'
import {X509Certificate} from 'node:crypto'
import type {ExtendedKeyUsageName, KeyUsageName} from '@aws-sdk/client-acm'
import type {DerElement} from './der-reader.js'
import {dotted, elementsOf} from './der-reader.js'
import type {KeyAlgorithm} from './records.js'

const SIGNATURES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.5': 'SHA1WITHRSA',
  '1.2.840.113549.1.1.11': 'SHA256WITHRSA',
  '1.2.840.113549.1.1.12': 'SHA384WITHRSA',
  '1.2.840.113549.1.1.13': 'SHA512WITHRSA',
  '1.2.840.10045.4.1': 'SHA1WITHECDSA',
  '1.2.840.10045.4.3.2': 'SHA256WITHECDSA',
  '1.2.840.10045.4.3.3': 'SHA384WITHECDSA',
  '1.2.840.10045.4.3.4': 'SHA512WITHECDSA',
}

/** By bit, the first bit first. */
const KEY_USAGES: readonly KeyUsageName[] = [
  'DIGITAL_SIGNATURE',
  'NON_REPUDIATION',
  'KEY_ENCIPHERMENT',
  'DATA_ENCIPHERMENT',
  'KEY_AGREEMENT',
  'CERTIFICATE_SIGNING',
  'CRL_SIGNING',
  'ENCIPHER_ONLY',
  'DECIPHER_ONLY',
]

const EXTENDED_KEY_USAGES: Readonly<Record<string, ExtendedKeyUsageName>> = {
  '1.3.6.1.5.5.7.3.1': 'TLS_WEB_SERVER_AUTHENTICATION',
  '1.3.6.1.5.5.7.3.2': 'TLS_WEB_CLIENT_AUTHENTICATION',
  '1.3.6.1.5.5.7.3.3': 'CODE_SIGNING',
  '1.3.6.1.5.5.7.3.4': 'EMAIL_PROTECTION',
  '1.3.6.1.5.5.7.3.8': 'TIME_STAMPING',
  '1.3.6.1.5.5.7.3.9': 'OCSP_SIGNING',
  '2.5.29.37.0': 'ANY',
}

const EXTENSIONS_TAG = 0xa3
const KEY_USAGE = '2.5.29.15'

/** What ACM shows of a certificate. */
export interface CertificateDetails {
  readonly serial: string
  readonly subject: string
  readonly issuer: string
  /** Milliseconds since 1970. */
  readonly notBefore: number
  readonly notAfter: number
  readonly signatureAlgorithm: string
  readonly commonName: string | undefined
  readonly names: readonly string[]
  readonly keyUsages: readonly KeyUsageName[]
  readonly extendedKeyUsages: readonly {readonly name: ExtendedKeyUsageName; readonly oid: string}[]
}

/** @param pem one certificate that node:crypto can read */
export function detailsOf(pem: string): CertificateDetails {
  const certificate = new X509Certificate(pem)
  const commonName = attribute(certificate.subject, 'CN')
  const [, algorithm = NOTHING] = childrenOf(elementsOf(certificate.raw)[0])
  return {
    serial: certificate.serialNumber.toLowerCase().replace(/(..)(?!$)/g, '$1:'),
    subject: certificate.subject.split('\n').reverse().join(','),
    issuer: attribute(certificate.issuer, 'O') ?? attribute(certificate.issuer, 'CN') ?? certificate.issuer,
    notBefore: Date.parse(certificate.validFrom),
    notAfter: Date.parse(certificate.validTo),
    signatureAlgorithm: SIGNATURES[dotted(elementsOf(algorithm.content)[0]?.content ?? NOTHING.content)] ?? 'UNKNOWN',
    commonName,
    names: alternativeNames(certificate),
    keyUsages: keyUsagesOf(certificate),
    extendedKeyUsages: (certificate.keyUsage ?? []).map((oid) => ({name: EXTENDED_KEY_USAGES[oid] ?? 'CUSTOM', oid})),
  }
}

const NOTHING: DerElement = {tag: 0, content: Buffer.alloc(0)}

const childrenOf = (element: DerElement | undefined): DerElement[] => elementsOf((element ?? NOTHING).content)

const attribute = (name: string, key: string): string | undefined =>
  name
    .split('\n')
    .find((line) => line.startsWith(`${key}=`))
    ?.slice(key.length + 1)

const alternativeNames = ({subjectAltName = ''}: X509Certificate): string[] =>
  subjectAltName.split(', ').flatMap((entry) => (entry.startsWith('DNS:') ? [entry.slice('DNS:'.length)] : []))

function keyUsagesOf({raw}: X509Certificate): KeyUsageName[] {
  const [body] = childrenOf(elementsOf(raw)[0])
  const extensions = childrenOf(childrenOf(body).find(({tag}) => tag === EXTENSIONS_TAG)).flatMap(childrenOf)
  const usage = extensions.map(childrenOf).find(([id]) => id !== undefined && dotted(id.content) === KEY_USAGE)
  const bits = elementsOf(usage?.at(-1)?.content ?? NOTHING.content)[0]?.content.subarray(1) ?? NOTHING.content
  return KEY_USAGES.filter((_, bit) => ((bits[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0)
}

/** The algorithm of a key in ACM's words; undefined for one that ACM does not take. */
export function keyAlgorithmOf({asymmetricKeyType, asymmetricKeyDetails}: KeyObject): KeyAlgorithm | undefined {
  const {modulusLength, namedCurve} = asymmetricKeyDetails ?? {}
  return KEY_ALGORITHMS[`${asymmetricKeyType} ${modulusLength ?? namedCurve}`]
}

const KEY_ALGORITHMS: Readonly<Record<string, KeyAlgorithm>> = {
  'rsa 1024': 'RSA_1024',
  'rsa 2048': 'RSA_2048',
  'rsa 3072': 'RSA_3072',
  'rsa 4096': 'RSA_4096',
  'ec prime256v1': 'EC_prime256v1',
  'ec secp384r1': 'EC_secp384r1',
  'ec secp521r1': 'EC_secp521r1',
}
