import {describe, expect, test} from 'vitest'
import type {ValidateCertificateOptions} from '../../../../src/actions/certificate/validate-certificate.js'
import {validateCertificate} from '../../../../src/actions/certificate/validate-certificate.js'
import {fakeContext} from '../../../helpers/fake-context.js'
import type {CertificateWorld, KnownCertificate} from './certificate-world.js'
import {
  certificate,
  certificateArn,
  certificateCalls,
  certificateWorld,
  recordOf,
  validationOf,
} from './certificate-world.js'

const zone = (id: string, name: string, isPrivate = false) => ({id, name, isPrivate, records: []})

async function validated(parts: Partial<CertificateWorld>, overrides: Partial<ValidateCertificateOptions> = {}) {
  const world = certificateWorld(parts)
  const context = fakeContext(certificateCalls(world))
  const options = {certificate: 'example.com', wait: false, timeoutMs: 600_000, dryRun: false, ...overrides}
  const outcome: unknown = await validateCertificate(context, options).catch((error: unknown) => error)
  return {world, context, outcome, changes: context.aws.log.changes()}
}

const pending = (...names: string[]): KnownCertificate =>
  certificate('a', 'example.com', {SubjectAlternativeNames: names.length === 0 ? ['example.com'] : names})

test('makes the records of each zone in one batch, as the Go CLI does, and notes on the certificate that it has', async () => {
  const names = ['example.com', '*.example.com', 'www.example.com', 'api.dev.example.com']
  const {context, outcome, world, changes} = await validated({
    certificates: [pending(...names)],
    zones: [zone('Z1', 'example.com'), zone('Z2', 'dev.example.com'), zone('Z3', 'ample.com')],
  })

  expect(changes.toSorted()).toEqual([
    'acm:AddTagsToCertificate',
    'acm:AddTagsToCertificate',
    'route53:ChangeResourceRecordSets',
    'route53:ChangeResourceRecordSets',
  ])
  const upsert = (name: string) => ({
    Action: 'UPSERT',
    ResourceRecordSet: {
      Name: recordOf(name).Name,
      Type: 'CNAME',
      TTL: 86_400,
      ResourceRecords: [{Value: recordOf(name).Value}],
    },
  })
  expect(context.aws.log.inputs('ChangeResourceRecordSets')).toEqual([
    {HostedZoneId: 'Z1', ChangeBatch: {Changes: [upsert('example.com'), upsert('www.example.com')]}},
    {HostedZoneId: 'Z2', ChangeBatch: {Changes: [upsert('api.dev.example.com')]}},
  ])
  expect(outcome).toMatchObject({
    arn: certificateArn('a'),
    status: 'PENDING_VALIDATION',
    records: [
      {domain: 'example.com', state: 'made', zones: ['Z1']},
      {domain: '*.example.com', state: 'made', zones: ['Z1']},
      {domain: 'www.example.com', state: 'made', zones: ['Z1']},
      {domain: 'api.dev.example.com', state: 'made', zones: ['Z2']},
    ],
  })
  expect(world.tags.get(certificateArn('a'))).toEqual({
    'fargate:validated-in:Z1': 'made',
    'fargate:validated-in:Z2': 'made',
  })
})

test.each([
  ['a zone whose name only ends alike', [zone('Z1', 'ample.com')]],
  ['a private zone', [zone('Z1', 'example.com', true)]],
  ['no zone', []],
])('makes nothing in %s, and answers the record', async (_what, zones) => {
  const {outcome, changes} = await validated({certificates: [pending()], zones})

  expect(changes).toEqual([])
  expect(outcome).toMatchObject({
    changes: [],
    records: [{domain: 'example.com', state: 'elsewhere', zones: [], name: recordOf('example.com').Name}],
  })
})

test('changes nothing where the record is there already', async () => {
  const {Name, Value} = recordOf('example.com')
  const records = [{Name, Type: 'CNAME' as const, TTL: 300, ResourceRecords: [{Value}]}]
  const {outcome, changes} = await validated({
    certificates: [pending()],
    zones: [{id: 'Z1', name: 'example.com', records}],
  })

  expect(changes).toEqual([])
  expect(outcome).toMatchObject({changes: [], records: [{state: 'present', zones: ['Z1']}]})
})

test('replaces a record with another value, which it does not call its own', async () => {
  const {Name} = recordOf('example.com')
  const records = [{Name, Type: 'CNAME' as const, TTL: 300, ResourceRecords: [{Value: 'old.'}]}]
  const {outcome, changes} = await validated({
    certificates: [pending()],
    zones: [{id: 'Z1', name: 'example.com', records}],
  })

  expect(changes).toEqual(['route53:ChangeResourceRecordSets'])
  expect(outcome).toMatchObject({changes: [{change: 'update'}], records: [{state: 'made'}]})
})

test('leaves names alone that are validated', async () => {
  const DomainValidationOptions = [validationOf('example.com', 'SUCCESS'), validationOf('www.example.com')]
  const {context, outcome} = await validated({
    certificates: [{...pending('example.com', 'www.example.com'), DomainValidationOptions}],
    zones: [zone('Z1', 'example.com')],
  })

  expect(outcome).toMatchObject({records: [{state: 'validated'}, {state: 'made'}]})
  expect(JSON.stringify(context.aws.log.inputs('ChangeResourceRecordSets'))).not.toContain('_x.example.com.')
})

test('in a dry run changes nothing', async () => {
  const {outcome, changes} = await validated(
    {certificates: [pending()], zones: [zone('Z1', 'example.com')]},
    {dryRun: true, wait: true},
  )

  expect(changes).toEqual([])
  expect(outcome).toMatchObject({dryRun: true, changes: [{change: 'create'}, {step: 'issued'}]})
})

test('finds an issued certificate done, without a look at the zones', async () => {
  const issued = {
    ...pending(),
    Status: 'ISSUED' as const,
    DomainValidationOptions: [validationOf('example.com', 'SUCCESS')],
  }
  const {context, outcome} = await validated({certificates: [issued]}, {wait: true})

  expect(outcome).toMatchObject({status: 'ISSUED', changes: [], records: [{state: 'validated'}]})
  expect(context.aws.log.names()).toEqual(['acm:ListCertificates', 'acm:DescribeCertificate'])
})

test('means the one that waits, of several of one domain', async () => {
  const {outcome} = await validated({
    certificates: [certificate('old', 'example.com', {Status: 'FAILED'}), pending()],
  })

  expect(outcome).toMatchObject({arn: certificateArn('a')})
})

describe('a certificate that can never be validated is refused, with the reason', () => {
  const one = (parts: Partial<KnownCertificate>) => ({...pending(), ...parts})

  test.each([
    [
      'FAILED',
      one({Status: 'FAILED', FailureReason: 'CAA_ERROR'}),
      'CERTIFICATE_FAILED',
      /is FAILED: CAA_ERROR, a CAA record/,
    ],
    [
      'with a FAILED name',
      one({DomainValidationOptions: [validationOf('example.com', 'FAILED')]}),
      'CERTIFICATE_FAILED',
      /cannot be validated \(failed: example.com\)$/,
    ],
    ['too late', one({Status: 'VALIDATION_TIMED_OUT'}), 'CERTIFICATE_FAILED', /were not there for 72 hours/],
    ['imported', one({Type: 'IMPORTED', Status: 'ISSUED'}), 'CERTIFICATE_IMPORTED', /nothing to validate/],
    [
      'by e-mail',
      one({DomainValidationOptions: [{DomainName: 'example.com', ValidationMethod: 'EMAIL'}]}),
      'CERTIFICATE_BY_EMAIL',
      /by e-mail/,
    ],
  ])('%s', async (_what, known, code, message) => {
    const {outcome, changes} = await validated({certificates: [known], zones: [zone('Z1', 'example.com')]})

    expect(outcome).toMatchObject({code, exitCode: 5, message: expect.stringMatching(message)})
    expect(changes).toEqual([])
  })
})

describe('waiting', () => {
  test('ends when the certificate is issued', async () => {
    const world = certificateWorld({certificates: [pending()], zones: [zone('Z1', 'example.com')]})
    const calls = certificateCalls(world)
    let looks = 0
    const context = fakeContext({
      ...calls,
      acm: {
        ...calls.acm,
        DescribeCertificate: () => {
          looks += 1
          return {Certificate: {...pending(), Status: looks > 4 ? 'ISSUED' : 'PENDING_VALIDATION'}}
        },
      },
    })
    const options = {certificate: 'example.com', wait: true, timeoutMs: 600_000, dryRun: false}

    expect(await validateCertificate(context, options)).toMatchObject({status: 'ISSUED', records: [{state: 'made'}]})
    expect(looks).toBe(5)
  })

  test('names the records that somebody has to make, and what to do when the time is over', async () => {
    const {context, outcome} = await validated({certificates: [pending()]}, {wait: true, timeoutMs: 60_000})

    expect(outcome).toMatchObject({
      code: 'WAIT_TIMED_OUT',
      exitCode: 7,
      hints: [`see which names are validated: fargate certificate info ${certificateArn('a')}`],
    })
    const {Name, Value} = recordOf('example.com')
    expect(JSON.stringify(context.output)).toContain(`CNAME ${Name} -> ${Value}`)
    expect(context.clock.elapsed()).toBe(60_000)
  })
})
