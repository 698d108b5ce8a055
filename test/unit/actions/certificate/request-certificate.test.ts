import {expect, test} from 'vitest'
import type {RequestCertificateOptions} from '../../../../src/actions/certificate/request-certificate.js'
import {requestNewCertificate} from '../../../../src/actions/certificate/request-certificate.js'
import {fakeContext} from '../../../helpers/fake-context.js'
import type {CertificateWorld} from './certificate-world.js'
import {certificate, certificateArn, certificateCalls, certificateWorld, recordOf} from './certificate-world.js'

async function requested(parts: Partial<CertificateWorld> = {}, overrides: Partial<RequestCertificateOptions> = {}) {
  const context = fakeContext(certificateCalls(certificateWorld(parts)))
  const outcome: unknown = await requestNewCertificate(context, {
    domain: 'example.com',
    aliases: [],
    tags: {},
    validate: false,
    wait: false,
    timeoutMs: 600_000,
    dryRun: false,
    ...overrides,
  }).catch((error: unknown) => error)
  return {context, outcome, changes: context.aws.log.changes()}
}

test('a certificate is requested with all names, each once, and the marks of the program', async () => {
  const {context, outcome} = await requested(
    {},
    {
      aliases: ['www.example.com', 'example.com', 'www.example.com'],
      keyAlgorithm: 'EC_prime256v1',
      tags: {team: 'blue'},
    },
  )

  expect(context.aws.log.inputs('RequestCertificate')).toEqual([
    {
      DomainName: 'example.com',
      SubjectAlternativeNames: ['www.example.com'],
      ValidationMethod: 'DNS',
      KeyAlgorithm: 'EC_prime256v1',
      IdempotencyToken: expect.stringMatching(/^\w{1,32}$/),
      Tags: [
        {Key: 'team', Value: 'blue'},
        {Key: 'fargate:managed', Value: 'true'},
      ],
    },
  ])
  expect(outcome).toMatchObject({
    certificate: 'example.com',
    arn: certificateArn('new-0'),
    status: 'PENDING_VALIDATION',
    names: ['example.com', 'www.example.com'],
    records: [
      {domain: 'example.com', type: 'CNAME', name: recordOf('example.com').Name, value: recordOf('example.com').Value},
      {domain: 'www.example.com'},
    ],
    changes: [{change: 'create', thing: 'certificate example.com'}],
  })
})

const names = ['example.com', 'www.example.com']
const known = (id: string, parts: Parameters<typeof certificate>[2] = {}) =>
  certificate(id, 'example.com', {SubjectAlternativeNames: names, ...parts})

test.each([
  ['one that waits', [known('a')], 'a'],
  ['one that is issued, before one that waits', [known('a'), known('b', {Status: 'ISSUED'})], 'b'],
  ['one with another key, as none is asked for', [known('a', {KeyAlgorithm: 'EC_secp384r1'})], 'a'],
])('%s is found done', async (_what, certificates, id) => {
  const {outcome, changes} = await requested({certificates}, {aliases: ['www.example.com']})

  expect(outcome).toMatchObject({arn: certificateArn(id), changes: []})
  expect(changes).toEqual([])
})

test.each([
  ['failed', [known('a', {Status: 'FAILED'})]],
  ['imported', [known('a', {Type: 'IMPORTED', Status: 'ISSUED'})]],
  ['for fewer names', [known('a', {SubjectAlternativeNames: ['example.com']})]],
  ['of another key than is asked for', [known('a', {KeyAlgorithm: 'RSA_2048'})]],
])('one that is %s does not count', async (_what, certificates) => {
  const {changes} = await requested({certificates}, {aliases: ['www.example.com'], keyAlgorithm: 'EC_secp384r1'})

  expect(changes).toEqual(['acm:RequestCertificate'])
})

test('in a dry run nothing is requested', async () => {
  const {outcome, changes} = await requested({}, {dryRun: true, validate: true, wait: true})

  expect(outcome).toMatchObject({arn: undefined, dryRun: true, changes: [{change: 'create'}]})
  expect(changes).toEqual([])
})

test('its records are made, too, where that is asked for', async () => {
  const {outcome, changes} = await requested({zones: [{id: 'Z1', name: 'example.com', records: []}]}, {validate: true})

  expect(changes).toEqual(['acm:RequestCertificate', 'route53:ChangeResourceRecordSets', 'acm:AddTagsToCertificate'])
  expect(outcome).toMatchObject({
    validation: [{domain: 'example.com', state: 'made', zones: ['Z1']}],
    changes: [{step: 'certificate'}, {step: 'records-Z1'}],
  })
})

test('records that are late are no failure', async () => {
  const late = certificate('a', 'example.com', {
    DomainValidationOptions: [{DomainName: 'example.com', ValidationMethod: 'DNS'}],
  })
  const {context, outcome} = await requested({certificates: [late]})

  expect(outcome).toMatchObject({status: 'PENDING_VALIDATION', records: []})
  expect(context.clock.elapsed()).toBe(60_000)
})

test('who waits without making the records is told which they are', async () => {
  const {context, outcome} = await requested({}, {wait: true, timeoutMs: 30_000})

  expect(outcome).toMatchObject({code: 'WAIT_TIMED_OUT', exitCode: 7})
  expect(JSON.stringify(context.output)).toContain(recordOf('example.com').Name)
})
