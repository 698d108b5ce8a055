import {
  ACMClient,
  AddTagsToCertificateCommand,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  GetCertificateCommand,
  ImportCertificateCommand,
  ListCertificatesCommand,
  ListTagsForCertificateCommand,
  RequestCertificateCommand,
} from '@aws-sdk/client-acm'
import {describe, expect, test} from 'vitest'
import {
  certificateTags,
  certificateText,
  deleteCertificate,
  describeCertificate,
  importCertificate,
  listCertificates,
  requestCertificate,
  tagCertificate,
} from '../../../src/acm/certificates.js'
import {mockedAws, mockSdk, refusal} from '../../helpers/aws-mocks.js'

const mock = mockSdk(ACMClient)
const {acm} = mockedAws
const arn = 'arn:aws:acm:us-east-1:123456789012:certificate/a'

describe('the list', () => {
  test('is read page by page, with the keys of every kind', async () => {
    mock
      .on(ListCertificatesCommand)
      .resolves({CertificateSummaryList: [{DomainName: 'a.example.com'}], NextToken: 'more'})
      .on(ListCertificatesCommand, {NextToken: 'more'})
      .resolves({CertificateSummaryList: [{DomainName: 'b.example.com', KeyAlgorithm: 'EC_prime256v1'}]})

    expect((await listCertificates(acm)).map(({domain}) => domain)).toEqual(['a.example.com', 'b.example.com'])
    expect(mock).toHaveReceivedNthCommandWith(ListCertificatesCommand, 1, {
      Includes: {
        keyTypes: ['RSA_1024', 'RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_prime256v1', 'EC_secp384r1', 'EC_secp521r1'],
      },
    })
  })

  test('tells of each what it is, and whether it has more names', async () => {
    const CreatedAt = new Date(1)
    const NotAfter = new Date(2)
    mock.on(ListCertificatesCommand).resolves({
      CertificateSummaryList: [
        {
          CertificateArn: arn,
          DomainName: 'example.com',
          SubjectAlternativeNameSummaries: ['example.com', 'www.example.com'],
          HasAdditionalSubjectAlternativeNames: true,
          Type: 'IMPORTED',
          Status: 'ISSUED',
          KeyAlgorithm: 'RSA-2048' as never,
          CreatedAt,
          NotAfter,
        },
        {CertificateArn: 'b', DomainName: 'other.example.com'},
      ],
    })

    expect(await listCertificates(acm)).toMatchObject([
      {
        arn,
        domain: 'example.com',
        names: ['example.com', 'www.example.com'],
        hasMoreNames: true,
        type: 'IMPORTED',
        status: 'ISSUED',
        keyAlgorithm: 'RSA_2048',
        createdAt: CreatedAt,
        expiresAt: NotAfter,
      },
      {names: ['other.example.com'], hasMoreNames: false},
    ])
  })
})

describe('one certificate', () => {
  test('is described with what uses it and how it is validated', async () => {
    mock.on(DescribeCertificateCommand, {CertificateArn: arn}).resolves({
      Certificate: {
        CertificateArn: arn,
        DomainName: 'example.com',
        InUseBy: ['arn:lb'],
        FailureReason: 'CAA_ERROR',
        DomainValidationOptions: [
          {DomainName: 'new.example.com', ValidationMethod: 'DNS'},
          {
            DomainName: 'example.com',
            ValidationMethod: 'DNS',
            ValidationStatus: 'SUCCESS',
            ResourceRecord: {Name: '_a.example.com.', Type: 'CNAME', Value: '_b.acm-validations.aws.'},
          },
        ],
      },
    })

    expect(await describeCertificate(acm, arn)).toMatchObject({
      names: ['example.com'],
      usedBy: ['arn:lb'],
      failureReason: 'CAA_ERROR',
      validations: [
        {domain: 'new.example.com', status: undefined, record: undefined},
        {status: 'SUCCESS', record: {name: '_a.example.com.', type: 'CNAME', value: '_b.acm-validations.aws.'}},
      ],
    })
  })

  test('that does not exist is undefined, has no text and no tags, and is deleted without an error', async () => {
    const absent = refusal('ResourceNotFoundException')
    for (const command of [
      DescribeCertificateCommand,
      GetCertificateCommand,
      ListTagsForCertificateCommand,
      DeleteCertificateCommand,
    ])
      mock.on(command as never).rejects(absent)

    expect(await describeCertificate(acm, arn)).toBeUndefined()
    expect(await certificateText(acm, arn)).toBeUndefined()
    expect(await certificateTags(acm, arn)).toEqual({})
    expect(await deleteCertificate(acm, arn)).toBe(true)
  })

  test('that is used is not deleted', async () => {
    mock.on(DeleteCertificateCommand).rejects(refusal('ResourceInUseException'))

    expect(await deleteCertificate(acm, arn)).toBe(false)
  })

  test('that is not issued yet has no text', async () => {
    mock.on(GetCertificateCommand).rejects(refusal('RequestInProgressException'))

    expect(await certificateText(acm, arn)).toBeUndefined()
  })

  test('has tags, to which others are added', async () => {
    mock
      .on(ListTagsForCertificateCommand, {CertificateArn: arn})
      .resolves({Tags: [{Key: 'fargate:managed', Value: 'true'}, {Key: 'empty'}]})
      .on(AddTagsToCertificateCommand)
      .resolves({})
    await tagCertificate(acm, arn, [{Key: 'a', Value: '1'}])

    expect(await certificateTags(acm, arn)).toEqual({'fargate:managed': 'true', empty: ''})
    expect(mock).toHaveReceivedCommandWith(AddTagsToCertificateCommand, {
      CertificateArn: arn,
      Tags: [{Key: 'a', Value: '1'}],
    })
  })

  test('does not hide what else AWS refuses', async () => {
    mock.on(DescribeCertificateCommand).rejects(refusal('AccessDeniedException'))
    mock.on(DeleteCertificateCommand).rejects(refusal('AccessDeniedException'))

    await expect(describeCertificate(acm, arn)).rejects.toMatchObject({code: 'ACCESS_DENIED'})
    await expect(deleteCertificate(acm, arn)).rejects.toMatchObject({code: 'ACCESS_DENIED'})
  })
})

test.each([
  ['without further names', [], {}],
  ['with further names', ['www.example.com'], {SubjectAlternativeNames: ['www.example.com']}],
])('a certificate is requested by DNS %s', async (_what, aliases, more) => {
  mock.on(RequestCertificateCommand).resolves({CertificateArn: arn})
  const tags = [{Key: 'a', Value: '1'}]
  const request = {domain: 'example.com', aliases, keyAlgorithm: 'RSA_2048' as const, token: 't', tags}

  expect(await requestCertificate(acm, request)).toBe(arn)
  expect(mock).toHaveReceivedCommandExactlyOnceWith(RequestCertificateCommand, {
    DomainName: 'example.com',
    ValidationMethod: 'DNS',
    KeyAlgorithm: 'RSA_2048',
    IdempotencyToken: 't',
    Tags: tags,
    ...more,
  })
})

test.each([
  ['a new one takes tags', undefined, '', {Tags: [{Key: 'a', Value: '1'}]}],
  ['one that is replaced takes none', arn, 'chain', {CertificateArn: arn, CertificateChain: Buffer.from('chain')}],
])('of what is imported %s', async (_what, former, chain, more) => {
  mock.on(ImportCertificateCommand).resolves({CertificateArn: arn})
  const tags = [{Key: 'a', Value: '1'}]

  expect(await importCertificate(acm, {certificate: 'c', privateKey: 'k', chain, arn: former, tags})).toBe(arn)
  expect(mock).toHaveReceivedCommandExactlyOnceWith(ImportCertificateCommand, {
    Certificate: Buffer.from('c'),
    PrivateKey: Buffer.from('k'),
    ...more,
  })
})
