import {createPrivateKey, generateKeyPairSync} from 'node:crypto'
import {describe, expect, test} from 'vitest'
import {certificateManager, refusal} from './fixture.js'
import type {Issued} from './materials.js'
import {authority, leaf, selfSigned} from './materials.js'

const root = authority('Root')
const intermediate = authority('Intermediate', root)
const shop = leaf(['shop.example.com', 'www.example.com'], intermediate)

const bytes = (text: string) => new TextEncoder().encode(text)
const inputOf = ({certificate, privateKey}: Issued, chain?: string) => ({
  Certificate: bytes(certificate),
  PrivateKey: bytes(privateKey),
  ...(chain !== undefined && {CertificateChain: bytes(chain)}),
})
const chain = intermediate.certificate + root.certificate

describe('an imported certificate', () => {
  test('is described as it is', () => {
    const {call, describe: shown, clock} = certificateManager()

    const {CertificateArn} = call('importCertificate', {...inputOf(shop, chain), Tags: [{Key: 'a', Value: 'b'}]})

    expect(shown(CertificateArn)).toMatchObject({
      Type: 'IMPORTED',
      Status: 'ISSUED',
      DomainName: 'shop.example.com',
      SubjectAlternativeNames: ['shop.example.com', 'www.example.com'],
      Subject: 'CN=shop.example.com',
      Issuer: 'Intermediate',
      Serial: '01:02:03:04:05:06:07:08:09:0a:0b:0c:0d:0e:0f:10',
      KeyAlgorithm: 'EC-prime256v1',
      ImportedAt: new Date(clock.now()),
      RenewalEligibility: 'INELIGIBLE',
    })
    expect(shown(CertificateArn)).not.toHaveProperty('DomainValidationOptions')
    expect(call('getCertificate', {CertificateArn})).toEqual({Certificate: shop.certificate, CertificateChain: chain})
    expect(call('listTagsForCertificate', {CertificateArn}).Tags).toEqual([{Key: 'a', Value: 'b'}])
  })

  test('may have signed itself, and needs no chain then', () => {
    const {call, describe: shown} = certificateManager()

    const {CertificateArn} = call('importCertificate', inputOf(selfSigned('self.example.com')))

    expect(shown(CertificateArn)).toMatchObject({Issuer: 'self.example.com', KeyAlgorithm: 'RSA-2048'})
  })

  test('keeps its ARN and tags when it is imported again', () => {
    const {call, describe: shown} = certificateManager()
    const {CertificateArn} = call('importCertificate', {...inputOf(shop, chain), Tags: [{Key: 'a', Value: 'b'}]})
    const next = leaf(['shop.example.com'], intermediate)

    expect(call('importCertificate', {...inputOf(next, chain), CertificateArn}).CertificateArn).toBe(CertificateArn)

    expect(call('getCertificate', {CertificateArn}).Certificate).toBe(next.certificate)
    expect(shown(CertificateArn).SubjectAlternativeNames).toEqual(['shop.example.com'])
    expect(call('listTagsForCertificate', {CertificateArn}).Tags).toEqual([{Key: 'a', Value: 'b'}])
  })

  const other = generateKeyPairSync('ec', {namedCurve: 'prime256v1'}).privateKey
  const encrypted = createPrivateKey(shop.privateKey).export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'secret',
  })
  const pem = (key: typeof other) => key.export({type: 'pkcs8', format: 'pem'}).toString()
  test.each<[string, object, RegExp]>([
    ['no certificate', inputOf({...shop, certificate: 'nothing'}, chain), /^Unable to parse certificate/],
    [
      'two certificates in one',
      inputOf({...shop, certificate: shop.certificate + chain}, chain),
      /more than one certificate/,
    ],
    ['the key of another', inputOf({...shop, privateKey: pem(other)}, chain), /private key does not match/],
    [
      'a key with a passphrase',
      inputOf({...shop, privateKey: encrypted.toString()}, chain),
      /^The private key is not supported/,
    ],
    ['no chain to who signed it', inputOf(shop), /not a valid self signed/],
    ['the chain of another', inputOf(shop, root.certificate), /^Could not validate the certificate with the/],
    [
      'a chain in the wrong order',
      inputOf(shop, intermediate.certificate + shop.certificate),
      /The index within the chain of the invalid certificate is: 1$/,
    ],
    ['one that has expired', inputOf(leaf(['a.test'], intermediate, {days: [-9, -1]}), chain), /has expired/],
    ['one of the future', inputOf(leaf(['a.test'], intermediate, {days: [1, 9]}), chain), /not valid yet/],
    [
      'a key that is too odd',
      inputOf(selfSigned('a.test', {bits: 1536})),
      /^The private key length '1536' is not supported/,
    ],
  ])('is refused with %s', (_, input, message) => {
    const {call} = certificateManager()

    const refused = refusal(() => call('importCertificate', input as ReturnType<typeof inputOf>))

    expect(refused.code).toBe('ValidationException')
    expect(refused.message).toMatch(message)
  })

  test('does not replace one that was requested, nor one with another kind of key', () => {
    const {call} = certificateManager()
    const requested = call('requestCertificate', {DomainName: 'shop.example.com', ValidationMethod: 'DNS'})
    const imported = call('importCertificate', inputOf(shop, chain))
    const again = (CertificateArn: string | undefined, material: Issued) =>
      refusal(() => call('importCertificate', {...inputOf(material, chain), CertificateArn})).code

    expect(again(requested.CertificateArn, shop)).toBe('ValidationException')
    expect(again(imported.CertificateArn, leaf(['shop.example.com'], intermediate, {kind: 'rsa'}))).toBe(
      'ValidationException',
    )
    expect(again(imported.CertificateArn?.replace(/.$/, 'x'), shop)).toBe('ResourceNotFoundException')
  })
})
