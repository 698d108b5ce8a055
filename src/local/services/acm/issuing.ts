import type {KeyObject} from 'node:crypto'
import {generateKeyPairSync} from 'node:crypto'
import type {Authority} from './authority.js'
import {issuerOf} from './authority.js'
import {writeCertificate} from './certificate-writer.js'
import {newSerial} from './identifiers.js'
import type {CertificateRecord, KeyAlgorithm, Material} from './records.js'

const DAY_MS = 24 * 3_600_000
const VALIDITY_DAYS = 198

/** Makes key and certificate of a request whose domains are validated. */
export function issue({
  record,
  authority,
  now,
  random,
}: {
  readonly record: CertificateRecord
  readonly authority: Authority
  readonly now: number
  readonly random: () => number
}): Material {
  const {publicKey, privateKey} = newKeys(record.keyAlgorithm)
  // The time of a sped-up AWS is ahead of the clocks of its clients, so a day is not enough to begin with.
  const notBefore = Math.floor(now / DAY_MS) * DAY_MS - DAY_MS
  const certificate = writeCertificate({
    ...issuerOf(authority),
    subject: record.domain,
    serial: newSerial(random),
    notBefore,
    notAfter: notBefore + VALIDITY_DAYS * DAY_MS,
    publicKey,
    hosts: record.names,
  })
  return {
    certificate,
    chain: authority.certificate,
    privateKey: privateKey.export({type: 'pkcs8', format: 'pem'}).toString(),
  }
}

function newKeys(algorithm: KeyAlgorithm): {publicKey: KeyObject; privateKey: KeyObject} {
  const [kind = '', size = ''] = algorithm.split('_')
  if (kind === 'RSA') return generateKeyPairSync('rsa', {modulusLength: Number(size)})
  return generateKeyPairSync('ec', {namedCurve: size})
}
