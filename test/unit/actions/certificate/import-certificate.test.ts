import {generateKeyPairSync} from 'node:crypto'
import {describe, expect, test} from 'vitest'
import {importFiles} from '../../../../src/actions/certificate/import-certificate.js'
import type {CertificateFiles} from '../../../../src/actions/certificate/material.js'
import {checkedMaterial} from '../../../../src/actions/certificate/material.js'
import {fakeContext} from '../../../helpers/fake-context.js'
import type {Issued} from '../../local/services/acm/materials.js'
import {authority, leaf, selfSigned} from '../../local/services/acm/materials.js'
import type {CertificateWorld} from './certificate-world.js'
import {certificate, certificateArn, certificateCalls, certificateWorld} from './certificate-world.js'

const root = authority('Root')
const middle = authority('Middle', root)
const site = leaf(['example.com', 'www.example.com'], middle)
const chain = middle.certificate + root.certificate
/** The certificates of the tests are valid now. */
const today = {now: () => Date.now(), sleep: async () => undefined}

const filesOf = ({certificate: text, privateKey}: Issued, more?: string): CertificateFiles => ({
  certificate: text,
  privateKey,
  chain: more,
})

describe('what is to be imported', () => {
  test('is read with its names, key and end', () => {
    expect(checkedMaterial(filesOf(site, chain), Date.now())).toMatchObject({
      domain: 'example.com',
      names: ['example.com', 'www.example.com'],
      keyAlgorithm: 'EC_prime256v1',
      expiresAt: expect.any(Date),
    })
  })

  test('may have its chain in the file of the certificate', () => {
    const joined = checkedMaterial({...filesOf(site), certificate: site.certificate + chain}, Date.now())

    expect(joined).toEqual(checkedMaterial(filesOf(site, chain), Date.now()))
  })

  const other = selfSigned('other.example.com')
  const self = selfSigned('example.com')
  const {privateKey: ed25519} = generateKeyPairSync('ed25519')
  const encrypted = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: {type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x'},
    publicKeyEncoding: {type: 'spki', format: 'pem'},
  })
  const secret = 'c2VjcmV0LXNlY3JldC1zZWNyZXQ'
  const brokenKey = `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----\n`

  test.each<[string, CertificateFiles, RegExp]>([
    ['no certificate', {...filesOf(self), certificate: 'hello'}, /--certificate: the file holds no certificate/],
    [
      'a key in its place',
      {...filesOf(self), certificate: self.privateKey},
      /--certificate: the file holds a private key/,
    ],
    [
      'a broken certificate',
      {...filesOf(self), certificate: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'},
      /--certificate: the file holds a certificate that cannot be read/,
    ],
    ['no key', {...filesOf(self), privateKey: self.certificate}, /--key: the file holds no private key/],
    [
      'a broken key',
      {...filesOf(self), privateKey: brokenKey},
      /--key: the file holds a private key that cannot be read/,
    ],
    ['a key with a passphrase', {...filesOf(self), privateKey: encrypted.privateKey}, /--key: .* has a passphrase/],
    ['the key of another', {...filesOf(self), privateKey: other.privateKey}, /--key: the private key is not that of/],
    [
      'a key of another kind',
      {...filesOf(self), privateKey: ed25519.export({type: 'pkcs8', format: 'pem'}).toString()},
      /--key: the private key is not that of/,
    ],
    ['an expired one', filesOf(selfSigned('example.com', {days: [-20, -1]})), /has expired on /],
    ['one of the future', filesOf(selfSigned('example.com', {days: [1, 20]})), /is not valid before /],
    ['no chain, where one is needed', filesOf(site), /--chain: the certificate has not signed itself/],
    ['a chain without certificates', filesOf(site, 'hello'), /--chain: the file holds no certificate/],
    [
      'the chain of another',
      filesOf(site, root.certificate),
      /certificate 1 of the chain has not signed the certificate/,
    ],
    [
      'a chain with a gap',
      filesOf(site, middle.certificate + other.certificate),
      /certificate 2 of the chain has not signed certificate 1/,
    ],
    ['two chains', {...filesOf(site, chain), certificate: site.certificate + chain}, /--chain is too much/],
  ])('is refused as %s, before any call and without a word of the key', async (_what, files, message) => {
    const context = {...fakeContext({}), clock: today}
    const error: unknown = await importFiles(context, {files, dryRun: false}).catch((thrown: unknown) => thrown)

    expect(error).toMatchObject({code: 'CERTIFICATE_INVALID', exitCode: 2, message: expect.stringMatching(message)})
    expect(context.aws.log.names()).toEqual([])
    const [, line = 'none'] = files.privateKey.split('\n')
    const {message: text, hints, details, cause} = error as Error & Record<string, unknown>
    expect(`${text} ${JSON.stringify({hints, details})} ${String(cause)}`).not.toContain(line)
  })

  test('is refused with a key that ACM does not take', () => {
    const small = selfSigned('example.com', {bits: 1536})

    expect(() => checkedMaterial(filesOf(small), Date.now())).toThrow(/ACM takes no key of this kind \(rsa 1536\)/)
  })
})

async function imported(issued: Issued, parts: Partial<CertificateWorld> = {}, dryRun = false) {
  const world = certificateWorld(parts)
  const context = {
    ...fakeContext(certificateCalls(world)),
    clock: today,
  }
  const outcome: unknown = await importFiles(context, {files: filesOf(issued), dryRun}).catch((error: unknown) => error)
  return {context, outcome, changes: context.aws.log.changes(), texts: JSON.stringify([outcome, context.output])}
}

/** A former one, which bears the mark of the program or does not. */
const former = (issued: Issued, {ids = ['a'], isOurs = true, key = 'RSA_2048' as const} = {}) => ({
  certificates: ids.map((id) =>
    certificate(id, 'example.com', {
      Type: 'IMPORTED',
      Status: 'ISSUED',
      KeyAlgorithm: key,
      SubjectAlternativeNames: ['example.com', 'old.example.com'],
    }),
  ),
  texts: new Map(ids.map((id) => [certificateArn(id), {Certificate: issued.certificate}])),
  tags: new Map(ids.map((id) => [certificateArn(id), isOurs ? {'fargate:managed': 'true'} : {}])),
})

const first = selfSigned('example.com')
const second = selfSigned('example.com')

test('a new one is imported with the mark of the program', async () => {
  const {context, outcome, texts} = await imported(first)

  expect(context.aws.log.inputs('ImportCertificate')).toEqual([
    {
      Certificate: Buffer.from(first.certificate),
      PrivateKey: Buffer.from(first.privateKey),
      Tags: [{Key: 'fargate:managed', Value: 'true'}],
    },
  ])
  expect(outcome).toMatchObject({certificate: 'example.com', arn: certificateArn('new-0'), replaced: false})
  expect(texts).not.toContain('PRIVATE KEY')
})

test.each([[true], [false]])('the same one is not imported again, made by the program: %s', async (isOurs) => {
  const {outcome, changes} = await imported(first, former(first, {isOurs}))

  expect(outcome).toMatchObject({arn: certificateArn('a'), changes: [], replaced: false})
  expect(changes).toEqual([])
})

test('one that the program imported is replaced in place, and lost names are told', async () => {
  const {context, outcome, texts} = await imported(second, former(first))

  expect(context.aws.log.inputs('ImportCertificate')).toMatchObject([{CertificateArn: certificateArn('a')}])
  expect(context.aws.log.inputs('ImportCertificate')[0]).not.toHaveProperty('Tags')
  expect(outcome).toMatchObject({arn: certificateArn('a'), replaced: true, changes: [{change: 'update'}]})
  expect(texts).toContain('lacks names of the one that it replaces: old.example.com')
})

test.each([
  ['of somebody else', {isOurs: false}],
  ['with another kind of key', {key: 'RSA_4096' as never}],
])('one %s stays beside a new one', async (_what, options) => {
  const {context, outcome} = await imported(second, former(first, options))

  expect(context.aws.log.inputs('ImportCertificate')[0]).not.toHaveProperty('CertificateArn')
  expect(outcome).toMatchObject({replaced: false, changes: [{change: 'create'}]})
})

test('of several none is replaced by chance', async () => {
  const {outcome, changes} = await imported(second, former(first, {ids: ['a', 'b']}))

  expect(outcome).toMatchObject({code: 'CERTIFICATE_AMBIGUOUS', exitCode: 2})
  expect(changes).toEqual([])
})

test('in a dry run nothing is imported', async () => {
  const {outcome, changes} = await imported(second, former(first), true)

  expect(outcome).toMatchObject({replaced: true, dryRun: true, arn: certificateArn('a')})
  expect(changes).toEqual([])
})
