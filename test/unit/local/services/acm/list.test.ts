import {describe, expect, test} from 'vitest'
import {certificateManager, refusal} from './fixture.js'

async function several() {
  const acm = certificateManager()
  const {call, issued} = acm
  const ec = await issued({DomainName: 'ec.test', KeyAlgorithm: 'EC_prime256v1'})
  const pending = call('requestCertificate', {DomainName: 'pending.test', ValidationMethod: 'DNS'}).CertificateArn ?? ''
  const names = (input: Parameters<typeof call<'listCertificates'>>[1] = {}) =>
    call('listCertificates', input).CertificateSummaryList?.map(({DomainName}) => DomainName)
  return {...acm, ec, pending, names}
}

describe('ListCertificates', () => {
  test('shows RSA only, unless key types are named', async () => {
    const {names} = await several()

    expect(names()).toEqual(['pending.test'])
    expect(names({Includes: {keyTypes: ['EC_prime256v1']}})).toEqual(['ec.test'])
    expect(names({Includes: {keyTypes: ['RSA_2048', 'EC_prime256v1']}})).toEqual(['ec.test', 'pending.test'])
  })

  test('filters by status and use of the key', async () => {
    const {names} = await several()
    const keyTypes = ['RSA_2048', 'EC_prime256v1'] as ('RSA_2048' | 'EC_prime256v1')[]

    expect(names({CertificateStatuses: ['ISSUED'], Includes: {keyTypes}})).toEqual(['ec.test'])
    expect(names({Includes: {keyTypes, extendedKeyUsage: ['TLS_WEB_SERVER_AUTHENTICATION']}})).toEqual(['ec.test'])
    expect(names({Includes: {keyTypes, keyUsage: ['CRL_SIGNING']}})).toEqual([])
  })

  test('comes in pages and in order of creation', async () => {
    const {call} = certificateManager()
    for (const DomainName of ['a.test', 'b.test', 'c.test']) call('requestCertificate', {DomainName})

    const first = call('listCertificates', {MaxItems: 2})
    const rest = call('listCertificates', {MaxItems: 2, NextToken: first.NextToken})

    const all = [first, rest].flatMap(({CertificateSummaryList = []}) => CertificateSummaryList)
    expect(all.map(({DomainName}) => DomainName)).toEqual(['a.test', 'b.test', 'c.test'])
    expect(rest.NextToken).toBeUndefined()
    expect(refusal(() => call('listCertificates', {SortBy: 'CREATED_AT'})).code).toBe('ValidationException')
    expect(refusal(() => call('listCertificates', {NextToken: 'x'})).code).toBe('InvalidArgsException')
  })
})

describe('a certificate in use', () => {
  test('names its load balancers and cannot be deleted', async () => {
    const {call, describe: shown, users, ec} = await several()
    users.push('arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/web/1')

    expect(shown(ec)).toMatchObject({InUseBy: users, RenewalEligibility: 'ELIGIBLE'})
    expect(refusal(() => call('deleteCertificate', {CertificateArn: ec}))).toEqual({
      code: 'ResourceInUseException',
      message: `Certificate ${ec} in account 111111111111 is in use.`,
    })
    users.pop()
    call('deleteCertificate', {CertificateArn: ec})
    expect(refusal(() => shown(ec)).code).toBe('ResourceNotFoundException')
  })

  test('is not there in another region, and an ARN must be one', async () => {
    const {call, ec} = await several()
    const elsewhere = {account: '111111111111', region: 'eu-west-1'}

    expect(refusal(() => call('describeCertificate', {CertificateArn: ec}, elsewhere)).code).toBe(
      'ResourceNotFoundException',
    )
    expect(refusal(() => call('describeCertificate', {CertificateArn: 'arn:aws:s3:::bucket/certificate'})).code).toBe(
      'InvalidArnException',
    )
  })
})

test('tags are added, replaced and removed, by value where one is given', async () => {
  const {call, pending: CertificateArn} = await several()
  const tags = () => call('listTagsForCertificate', {CertificateArn}).Tags

  call('addTagsToCertificate', {
    CertificateArn,
    Tags: [
      {Key: 'a', Value: '1'},
      {Key: 'b', Value: '2'},
    ],
  })
  call('addTagsToCertificate', {CertificateArn, Tags: [{Key: 'a', Value: '3'}]})
  call('removeTagsFromCertificate', {CertificateArn, Tags: [{Key: 'a', Value: '1'}, {Key: 'b'}]})

  expect(tags()).toEqual([{Key: 'a', Value: '3'}])
  const many = Array.from({length: 50}, (_, index) => ({Key: `k${index}`}))
  expect(refusal(() => call('addTagsToCertificate', {CertificateArn, Tags: many})).code).toBe('TooManyTagsException')
})
