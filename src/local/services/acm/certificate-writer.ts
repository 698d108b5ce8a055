import type {KeyObject} from 'node:crypto'
import {createHash, sign} from 'node:crypto'
import * as der from './der.js'

export interface CertificateContents {
  readonly subject: string
  readonly issuer: string
  /** Hexadecimal, 16 bytes. */
  readonly serial: string
  /** Milliseconds since 1970. */
  readonly notBefore: number
  readonly notAfter: number
  readonly publicKey: KeyObject
  /** The RSA key of the issuer. */
  readonly issuerKey: KeyObject
  readonly issuerPublicKey: KeyObject
  /** Host names that the certificate is good for; none makes it the certificate of an authority. */
  readonly hosts: readonly string[]
}

const SHA256_WITH_RSA = der.sequence(der.objectIdentifier('1.2.840.113549.1.1.11'), der.nothing())
const VERSION_3 = der.explicit(0, der.integer(Buffer.from([2])))
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1'

/** Makes an X.509 certificate of version 3 in PEM: node:crypto reads and checks them, but makes none. */
export function writeCertificate(contents: CertificateContents): string {
  const {subject, issuer, serial, notBefore, notAfter, publicKey, issuerKey} = contents
  const body = der.sequence(
    VERSION_3,
    der.integer(Buffer.from(serial, 'hex')),
    SHA256_WITH_RSA,
    commonName(issuer),
    der.sequence(der.time(notBefore), der.time(notAfter)),
    commonName(subject),
    publicKeyInfo(publicKey),
    der.explicit(3, der.sequence(...extensions(contents))),
  )
  const signature = sign('sha256', body, issuerKey)
  const certificate = der.sequence(body, SHA256_WITH_RSA, der.bitString(signature))
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

const commonName = (name: string): Buffer =>
  der.sequence(der.set(der.sequence(der.objectIdentifier('2.5.4.3'), der.utf8String(name))))

const publicKeyInfo = (key: KeyObject): Buffer => key.export({type: 'spki', format: 'der'})

const keyId = (key: KeyObject): Buffer => createHash('sha1').update(publicKeyInfo(key)).digest()

const extension = (id: string, critical: boolean, value: Buffer): Buffer =>
  der.sequence(der.objectIdentifier(id), ...(critical ? [der.yes()] : []), der.octetString(value))

function extensions({hosts, publicKey, issuerPublicKey}: CertificateContents): Buffer[] {
  const authority = hosts.length === 0
  // An authority signs certificates and revocation lists; a server signs and deciphers keys.
  const usage = authority ? der.bitString(Buffer.from([0x06]), 1) : der.bitString(Buffer.from([0xa0]), 5)
  const both = [
    extension('2.5.29.19', true, authority ? der.sequence(der.yes()) : der.sequence()),
    extension('2.5.29.15', true, usage),
    extension('2.5.29.14', false, der.octetString(keyId(publicKey))),
    extension('2.5.29.35', false, der.sequence(der.implicit(0, keyId(issuerPublicKey)))),
  ]
  if (authority) return both
  const names = hosts.map((host) => der.implicit(2, Buffer.from(host)))
  return [
    ...both,
    extension('2.5.29.37', false, der.sequence(der.objectIdentifier(SERVER_AUTHENTICATION))),
    extension('2.5.29.17', false, der.sequence(...names)),
  ]
}
