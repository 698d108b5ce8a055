import {expect, test} from 'vitest'
import type {Certificate} from '../../../../src/acm/certificates.js'
import {renderCertificateInspection} from '../../../../src/cli/render/certificate-inspection.js'
import {renderCertificateList} from '../../../../src/cli/render/certificate-list.js'

const now = Date.parse('2026-11-23T12:00:00Z')

const certificate: Certificate = {
  arn: 'arn:aws:acm:us-east-1:123456789012:certificate/a',
  domain: 'example.com',
  names: ['example.com', 'www.example.com'],
  type: 'AMAZON_ISSUED',
  status: 'PENDING_VALIDATION',
  keyAlgorithm: 'EC_prime256v1',
  createdAt: undefined,
  issuedAt: undefined,
  expiresAt: undefined,
  usedBy: [],
  failureReason: undefined,
  validations: [
    {
      domain: 'example.com',
      method: 'DNS',
      status: 'SUCCESS',
      record: {name: '_a.example.com.', type: 'CNAME', value: '_b.acm-validations.aws.'},
    },
    {domain: 'www.example.com', method: 'DNS', status: undefined, record: undefined},
    {domain: 'mail.example.com', method: 'EMAIL', status: 'PENDING_VALIDATION', record: undefined},
  ],
}

test('the list has a line for each certificate', () => {
  const expiresAt = new Date('2027-06-09T00:00:00Z')
  const issued = {...certificate, status: 'ISSUED', hasMoreNames: true, expiresAt}

  expect(renderCertificateList({certificates: [issued, {...certificate, hasMoreNames: false}]})).toMatchInlineSnapshot(`
    "CERTIFICATE  TYPE           STATUS              SUBJECT ALTERNATIVE NAMES        EXPIRES
    example.com  Amazon Issued  Issued              example.com, www.example.com, …  2027-06-09
    example.com  Amazon Issued  Pending Validation  example.com, www.example.com"
  `)
  expect(renderCertificateList({certificates: []})).toBe('No certificates found')
})

test('a pending certificate is shown with its records ready to paste', () => {
  expect(renderCertificateInspection(certificate, now)).toMatchInlineSnapshot(`
    "Domain Name:                example.com
    ARN:                        arn:aws:acm:us-east-1:123456789012:certificate/a
    Status:                     Pending Validation
    Type:                       Amazon Issued
    Key:                        EC_prime256v1
    Subject Alternative Names:  example.com, www.example.com
    Used By:                    nothing

    Validations
    DOMAIN NAME       STATUS              RECORD
    example.com       Success             CNAME _a.example.com. -> _b.acm-validations.aws.
    www.example.com
    mail.example.com  Pending Validation  by email"
  `)
})

test('an imported one is shown with what uses it and its end', () => {
  const imported = {
    ...certificate,
    type: 'IMPORTED',
    status: 'ISSUED',
    validations: [],
    issuedAt: new Date('2026-01-01T00:00:00Z'),
    expiresAt: new Date('2026-12-25T12:00:00Z'),
    usedBy: ['arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/front/1'],
  }

  expect(renderCertificateInspection(imported, now)).toMatchInlineSnapshot(`
    "Domain Name:                example.com
    ARN:                        arn:aws:acm:us-east-1:123456789012:certificate/a
    Status:                     Issued
    Type:                       Imported
    Key:                        EC_prime256v1
    Subject Alternative Names:  example.com, www.example.com
    Imported:                   2026-01-01 00:00:00 UTC
    Expires:                    2026-12-25 12:00:00 UTC (in 32d)
    Used By:
      arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/front/1"
  `)
})

test('one that is over says since when, one that failed why', () => {
  const expired = {...certificate, validations: [], status: 'EXPIRED', expiresAt: new Date('2026-11-22T12:00:00Z')}
  const failed = {...certificate, status: 'FAILED', failureReason: 'CAA_ERROR'}

  expect(renderCertificateInspection(expired, now)).toMatch(/Expires: +2026-11-22 12:00:00 UTC \(1d ago\)/)
  expect(renderCertificateInspection(failed, now)).toMatch(/Status: +Failed\nFailure Reason: +CAA_ERROR/)
})
