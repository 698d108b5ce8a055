import {describe, expect, test} from 'vitest'
import type {RequestCertificateResult} from '../../../../src/actions/certificate/request-certificate.js'
import type {DomainRecord, ValidateCertificateResult} from '../../../../src/actions/certificate/validate-certificate.js'
import {renderRequestCertificate, renderValidateCertificate} from '../../../../src/cli/render/certificate-validation.js'
import {renderDestroyCertificate} from '../../../../src/cli/render/destroy-certificate.js'

const record = (domain: string, state: DomainRecord['state']): DomainRecord => ({
  domain,
  type: 'CNAME',
  name: `_a.${domain.replace('*.', '')}.`,
  value: '_b.acm-validations.aws.',
  state,
  zones: state === 'elsewhere' ? [] : ['Z1'],
})

const change = {step: 'records-Z1', thing: 'validation records in zone example.com (Z1)', change: 'create'} as const

const validated: ValidateCertificateResult = {
  certificate: 'example.com',
  arn: 'arn:a',
  status: 'PENDING_VALIDATION',
  records: [
    record('example.com', 'made'),
    record('old.example.com', 'validated'),
    record('here.example.com', 'present'),
    record('example.org', 'elsewhere'),
    record('*.example.org', 'elsewhere'),
  ],
  dryRun: false,
  changes: [change],
}

describe('a validation', () => {
  test('is told name by name, with the records to be made by hand once each', () => {
    expect(renderValidateCertificate(validated)).toMatchInlineSnapshot(`
      "[example.com] created validation record
      [old.example.com] already validated
      [here.example.com] validation record is there already
      Nothing was made for example.org, *.example.org: Route 53 has no public zone for them. Make these records where their DNS is:
        CNAME _a.example.org. -> _b.acm-validations.aws.
      Certificate example.com is not issued yet; wait for it with: fargate certificate validate example.com --wait"
    `)
  })

  test('that finds all done says that nothing has changed', () => {
    const done = {...validated, changes: []}

    expect(renderValidateCertificate({...done, status: 'ISSUED'})).toBe(
      'Certificate example.com is already validated; nothing has changed',
    )
    expect(renderValidateCertificate(done)).toContain('\nNothing has changed\n')
  })

  test('in a dry run shows also what nobody would make', () => {
    expect(renderValidateCertificate({...validated, dryRun: true})).toMatch(
      /^This would change:\n {2}\+ create validation records.*\nNothing was made for example.org/,
    )
  })
})

describe('a request', () => {
  const requested: RequestCertificateResult = {
    certificate: 'example.com',
    arn: 'arn:a',
    status: 'PENDING_VALIDATION',
    names: ['example.com'],
    records: [record('example.com', 'made'), record('*.example.com', 'made')],
    validation: undefined,
    dryRun: false,
    changes: [{step: 'certificate', thing: 'certificate example.com', change: 'create'}],
  }

  test('is followed by its records and by what to do next', () => {
    expect(renderRequestCertificate(requested)).toMatchInlineSnapshot(`
      "Requested certificate example.com (arn:a)
      It is issued once these records are there:
        CNAME _a.example.com. -> _b.acm-validations.aws.
      Make them in Route 53 with: fargate certificate validate example.com
      Look at them again with:    fargate certificate info example.com"
    `)
  })

  test('of a wildcard is followed by commands that a shell reads as they are meant', () => {
    expect(renderRequestCertificate({...requested, certificate: '*.example.com'})).toContain(
      "fargate certificate validate '*.example.com'",
    )
  })

  test('whose records are late names the command that shows them', () => {
    expect(renderRequestCertificate({...requested, records: []})).toMatch(
      /see them with: fargate certificate info example.com$/,
    )
  })

  test('that was made before says so', () => {
    expect(renderRequestCertificate({...requested, status: 'ISSUED', changes: []})).toBe(
      'Certificate example.com exists as asked for (Issued, arn:a); nothing has changed',
    )
  })
})

test('a destruction names the records that stay', () => {
  const changes = [{step: 'certificate', thing: 'certificate example.com', change: 'delete'} as const]
  const destroyed = {certificate: 'example.com', arn: 'arn:a', keptRecords: ['_a.example.com.'], dryRun: false, changes}

  expect(renderDestroyCertificate(destroyed)).toMatch(
    /^Deleted certificate example.com\nIts validation records stay .*:\n {2}_a\.example\.com\.$/,
  )
})
