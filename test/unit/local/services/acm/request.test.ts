import {createPrivateKey, X509Certificate} from 'node:crypto'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, describe, expect, test} from 'vitest'
import {savedState} from '../../../../helpers/saved-state.js'
import {certificateManager, refusal, SCOPE} from './fixture.js'

const EC = {KeyAlgorithm: 'EC_prime256v1'} as const

describe('a requested certificate', () => {
  test('waits for the record of its domain, which shows after a moment', async () => {
    const {call, clock, describe: shown} = certificateManager()

    const {CertificateArn} = call('requestCertificate', {DomainName: 'Shop.example.com', ValidationMethod: 'DNS'})

    expect(CertificateArn).toMatch(
      /^arn:aws:acm:us-east-1:111111111111:certificate\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    )
    expect(shown(CertificateArn)).toMatchObject({
      Status: 'PENDING_VALIDATION',
      Type: 'AMAZON_ISSUED',
      DomainName: 'shop.example.com',
      KeyAlgorithm: 'RSA-2048',
      DomainValidationOptions: [{DomainName: 'shop.example.com', ValidationMethod: 'DNS'}],
    })
    expect(shown(CertificateArn).DomainValidationOptions?.[0]).not.toHaveProperty('ResourceRecord')
    await clock.advance(2_000)
    expect(shown(CertificateArn).DomainValidationOptions).toEqual([
      {
        DomainName: 'shop.example.com',
        ValidationDomain: 'shop.example.com',
        ValidationStatus: 'PENDING_VALIDATION',
        ValidationMethod: 'DNS',
        ResourceRecord: {
          Name: expect.stringMatching(/^_[0-9a-f]{32}\.shop\.example\.com\.$/),
          Type: 'CNAME',
          Value: expect.stringMatching(/^_[0-9a-f]{32}\.[a-z]{10}\.acm-validations\.aws\.$/),
        },
      },
    ])
  })

  test('has one record for a domain and its wildcard, and the same one again for the same account', async () => {
    const {call, clock, describe: shown} = certificateManager()
    const request = {
      DomainName: 'example.com',
      SubjectAlternativeNames: ['*.example.com'],
      ValidationMethod: 'DNS' as const,
    }
    const first = call('requestCertificate', request).CertificateArn
    const second = call('requestCertificate', request).CertificateArn
    await clock.advance(2_000)

    const records = [first, second].flatMap((arn) =>
      (shown(arn).DomainValidationOptions ?? []).map(({ResourceRecord}) => ResourceRecord),
    )

    expect(first).not.toBe(second)
    expect(records).toHaveLength(4)
    expect(new Set(records.map((record) => JSON.stringify(record))).size).toBe(1)
  })

  test('is issued once the records of all its domains are there', async () => {
    const {call, clock, describe: shown, prove, records} = certificateManager()
    const {CertificateArn} = call('requestCertificate', {
      DomainName: 'example.com',
      SubjectAlternativeNames: ['example.org'],
      ValidationMethod: 'DNS',
      ...EC,
    })
    await clock.advance(2_000)
    prove(CertificateArn)
    const [, ofOrg = ''] = records
    records.delete(ofOrg)

    await clock.advance(30_000)
    expect(shown(CertificateArn).DomainValidationOptions?.map(({ValidationStatus}) => ValidationStatus)).toEqual([
      'SUCCESS',
      'PENDING_VALIDATION',
    ])
    expect(refusal(() => call('getCertificate', {CertificateArn})).code).toBe('RequestInProgressException')

    records.add(ofOrg)
    await clock.advance(30_000)
    expect(shown(CertificateArn)).toMatchObject({
      Status: 'ISSUED',
      IssuedAt: new Date(clock.now() - 2_000),
      KeyAlgorithm: 'EC-prime256v1',
      SignatureAlgorithm: 'SHA256WITHRSA',
      Subject: 'CN=example.com',
      SubjectAlternativeNames: ['example.com', 'example.org'],
      KeyUsages: [{Name: 'DIGITAL_SIGNATURE'}, {Name: 'KEY_ENCIPHERMENT'}],
      ExtendedKeyUsages: [{Name: 'TLS_WEB_SERVER_AUTHENTICATION', OID: '1.3.6.1.5.5.7.3.1'}],
      RenewalEligibility: 'INELIGIBLE',
    })
  })

  test('is a certificate for its hosts, signed by the authority', async () => {
    const {call, issued, certificates, clock} = certificateManager()
    const arn = await issued({DomainName: 'example.com', SubjectAlternativeNames: ['*.example.com'], ...EC})

    const {Certificate = '', CertificateChain = ''} = call('getCertificate', {CertificateArn: arn})
    const certificate = new X509Certificate(Certificate)
    const authority = new X509Certificate(CertificateChain)

    expect(certificate.checkHost('www.example.com')).toBe('*.example.com')
    expect(certificate.checkHost('a.b.example.com')).toBeUndefined()
    expect(certificate.ca).toBe(false)
    expect(authority.ca).toBe(true)
    expect(certificate.checkIssued(authority)).toBe(true)
    expect(certificate.verify(authority.publicKey)).toBe(true)
    expect(authority.verify(authority.publicKey)).toBe(true)
    expect(certificate.checkPrivateKey(createPrivateKey(certificates.find(SCOPE, arn)?.privateKey ?? ''))).toBe(true)
    expect(Date.parse(certificate.validFrom)).toBeLessThan(clock.now() - 24 * 3_600_000)
  })

  test('is given up after 72 hours', async () => {
    const {call, clock, describe: shown} = certificateManager()
    const {CertificateArn} = call('requestCertificate', {DomainName: 'example.com', ValidationMethod: 'DNS'})

    await clock.advance(72 * 3_600_000 - 1)
    expect(shown(CertificateArn).Status).toBe('PENDING_VALIDATION')
    await clock.advance(30_000)

    expect(shown(CertificateArn)).toMatchObject({
      Status: 'VALIDATION_TIMED_OUT',
      DomainValidationOptions: [{ValidationStatus: 'FAILED'}],
    })
  })

  test('expires', async () => {
    const {issued, clock, describe: shown, certificates} = certificateManager()
    const arn = await issued({DomainName: 'example.com', ...EC})

    await clock.advance(198 * 24 * 3_600_000)

    expect(shown(arn).Status).toBe('EXPIRED')
    expect(certificates.find(SCOPE, arn)?.status).toBe('EXPIRED')
  })

  test('is the same for the same token within an hour', async () => {
    const {call, clock} = certificateManager()
    const input = {DomainName: 'example.com', ValidationMethod: 'DNS', IdempotencyToken: 'once'} as const
    const first = call('requestCertificate', input).CertificateArn

    expect(call('requestCertificate', input).CertificateArn).toBe(first)
    expect(call('requestCertificate', {...input, DomainName: 'example.org'}).CertificateArn).not.toBe(first)
    await clock.advance(3_600_000)
    expect(call('requestCertificate', input).CertificateArn).not.toBe(first)
  })

  test('asks by e-mail where no method is named', async () => {
    const {call, clock, describe: shown} = certificateManager()
    const {CertificateArn} = call('requestCertificate', {DomainName: 'www.example.com'})
    await clock.advance(2_000)

    expect(shown(CertificateArn).DomainValidationOptions?.[0]).toMatchObject({
      ValidationMethod: 'EMAIL',
      ValidationEmails: expect.arrayContaining(['admin@www.example.com']),
    })
  })

  test.each([
    ['a key algorithm for imports only', {KeyAlgorithm: 'RSA_4096'}, 'InvalidParameterException'],
    ['a private authority', {CertificateAuthorityArn: 'arn:aws:acm-pca:us-east-1:111111111111:x'}, 'NotImplemented'],
    [
      'a validation domain that is no superdomain',
      {DomainValidationOptions: [{DomainName: 'example.com', ValidationDomain: 'example.org'}]},
      'InvalidDomainValidationOptionsException',
    ],
    ['a tag of AWS', {Tags: [{Key: 'aws:x', Value: '1'}]}, 'InvalidTagException'],
  ] as const)('is refused with %s', (_, change, code) => {
    const {call} = certificateManager()
    const input = structuredClone({DomainName: 'example.com', ...change}) as Parameters<
      typeof call<'requestCertificate'>
    >[1]

    expect(refusal(() => call('requestCertificate', input)).code).toBe(code)
  })
})

describe('the authority', () => {
  const folders: string[] = []
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, {recursive: true})
  })

  test('is kept in its folder, and signs again after a restart', async () => {
    const authorityFolder = join(mkdtempSync(join(tmpdir(), 'authority-')), 'tls')
    folders.push(join(authorityFolder, '..'))
    const chainOf = async () => {
      const {issued, call} = certificateManager({authorityFolder})
      return call('getCertificate', {CertificateArn: await issued({DomainName: 'example.com', ...EC})}).CertificateChain
    }

    const first = await chainOf()
    const second = await chainOf()

    expect(second).toBe(first)
    expect(readFileSync(join(authorityFolder, 'ca.pem'), 'utf8')).toBe(first)
  })

  test('a later run knows the certificates of an earlier one', async () => {
    const before = certificateManager()
    const arn = await before.issued({DomainName: 'example.com', ...EC})
    const pending = before.call('requestCertificate', {DomainName: 'example.org', ValidationMethod: 'DNS', ...EC})
    const after = certificateManager()
    after.state.restore(savedState(before.state))

    expect(after.certificates.find(SCOPE, arn)).toEqual(before.certificates.find(SCOPE, arn))
    await after.clock.advance(60_000)
    after.prove(pending.CertificateArn)
    await after.clock.advance(30_000)
    expect(after.describe(pending.CertificateArn).Status).toBe('ISSUED')
  })
})
