import {createPrivateKey, createPublicKey, generateKeyPairSync} from 'node:crypto'
import {writeCertificate} from '../../../../../src/local/services/acm/certificate-writer.js'

const DAY_MS = 24 * 3_600_000

export interface Issued {
  readonly certificate: string
  readonly privateKey: string
  readonly name: string
}

/** Authorities of the tests: RSA keys, since those are what the writer signs with. */
export function authority(name: string, issuer?: Issued): Issued {
  const {privateKey, publicKey} = generateKeyPairSync('rsa', {modulusLength: 2048})
  const own = privateKey.export({type: 'pkcs8', format: 'pem'}).toString()
  return {name, privateKey: own, certificate: sign(name, [], publicKey, issuer ?? {name, privateKey: own})}
}

export interface LeafOptions {
  readonly kind?: 'ec' | 'rsa'
  readonly bits?: number
  /** Days from now. */
  readonly days?: readonly [from: number, to: number]
}

export function leaf(hosts: readonly string[], issuer: Issued, options: LeafOptions = {}): Issued {
  const {publicKey, privateKey} =
    options.kind === 'rsa'
      ? generateKeyPairSync('rsa', {modulusLength: options.bits ?? 2048})
      : generateKeyPairSync('ec', {namedCurve: 'prime256v1'})
  const [name = ''] = hosts
  const certificate = sign(name, hosts, publicKey, issuer, options.days)
  return {name, certificate, privateKey: privateKey.export({type: 'pkcs8', format: 'pem'}).toString()}
}

/** A certificate that has signed itself. */
export function selfSigned(name: string, options: LeafOptions & {readonly hosts?: readonly string[]} = {}): Issued {
  const {publicKey, privateKey} = generateKeyPairSync('rsa', {modulusLength: options.bits ?? 2048})
  const own = privateKey.export({type: 'pkcs8', format: 'pem'}).toString()
  const certificate = sign(name, options.hosts ?? [name], publicKey, {name, privateKey: own}, options.days)
  return {name, privateKey: own, certificate}
}

function sign(
  subject: string,
  hosts: readonly string[],
  publicKey: Parameters<typeof writeCertificate>[0]['publicKey'],
  issuer: Pick<Issued, 'name' | 'privateKey'>,
  [from, to]: readonly [number, number] = [-10, 90],
): string {
  return writeCertificate({
    subject,
    hosts,
    issuer: issuer.name,
    serial: '0102030405060708090a0b0c0d0e0f10',
    notBefore: Date.now() + from * DAY_MS,
    notAfter: Date.now() + to * DAY_MS,
    publicKey,
    issuerKey: createPrivateKey(issuer.privateKey),
    issuerPublicKey: createPublicKey(issuer.privateKey),
  })
}
