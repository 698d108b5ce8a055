import {expect, test} from 'vitest'
import {inspectCertificate} from '../../../../src/actions/certificate/inspect-certificate.js'
import {findCertificate} from '../../../../src/actions/certificate/known-certificate.js'
import {listCertificateSummaries} from '../../../../src/actions/certificate/list-certificates.js'
import {fakeAws} from '../../../helpers/fake-aws.js'
import type {KnownCertificate} from './certificate-world.js'
import {certificate, certificateArn, certificateCalls, certificateWorld} from './certificate-world.js'

const awsWith = (...certificates: KnownCertificate[]) => fakeAws(certificateCalls(certificateWorld({certificates})))

test('certificates are listed by domain, then by ARN', async () => {
  const aws = awsWith(
    certificate('b', 'b.example.com'),
    certificate('c', 'a.example.com'),
    certificate('a', 'a.example.com'),
  )

  expect((await listCertificateSummaries({aws})).certificates.map(({arn}) => arn)).toEqual(
    ['a', 'c', 'b'].map(certificateArn),
  )
})

test.each([['example.com'], ['Example.COM.'], [certificateArn('a')]])('one is found as %s', async (name) => {
  const aws = awsWith(certificate('a', 'example.com'), certificate('b', 'www.example.com'))

  expect(await inspectCertificate({aws}, {certificate: name})).toMatchObject({arn: certificateArn('a')})
})

test('one that is asked for by its ARN is found though others have its domain', async () => {
  const aws = awsWith(certificate('a', 'example.com'), certificate('b', 'example.com'))

  expect(await inspectCertificate({aws}, {certificate: certificateArn('b')})).toMatchObject({arn: certificateArn('b')})
  expect(aws.log.names()).toEqual(['acm:DescribeCertificate'])
})

test('several of one domain are an error of the user that lists their ARNs', async () => {
  const aws = awsWith(certificate('a', 'example.com', {Status: 'ISSUED'}), certificate('b', 'example.com'))

  await expect(inspectCertificate({aws}, {certificate: 'example.com'})).rejects.toMatchObject({
    code: 'CERTIFICATE_AMBIGUOUS',
    exitCode: 2,
    message: expect.stringMatching(
      /certificate\/a \(AMAZON_ISSUED, ISSUED\)\n.*certificate\/b \(.*PENDING_VALIDATION\)/,
    ),
    details: {arns: [certificateArn('a'), certificateArn('b')]},
    hints: [`fargate certificate info ${certificateArn('a')}`, `fargate certificate info ${certificateArn('b')}`],
  })
})

test('a preference chooses of several, unless it leaves none', async () => {
  const {acm} = awsWith(certificate('a', 'example.com', {Status: 'ISSUED'}), certificate('b', 'example.com'))

  expect(await findCertificate(acm, 'example.com', ({status}) => status === 'ISSUED')).toMatchObject({
    arn: certificateArn('a'),
  })
  await expect(findCertificate(acm, 'example.com', () => false)).rejects.toMatchObject({code: 'CERTIFICATE_AMBIGUOUS'})
})

test('an unknown domain is answered with the nearest one', async () => {
  const aws = awsWith(certificate('a', 'www.example.com'), certificate('b', 'www.example.com'))

  await expect(inspectCertificate({aws}, {certificate: 'wwv.example.com'})).rejects.toMatchObject({
    code: 'CERTIFICATE_NOT_FOUND',
    exitCode: 5,
    message: 'certificate wwv.example.com does not exist in this region; did you mean www.example.com?',
    hints: ['see what there is: fargate certificate list'],
  })
})
