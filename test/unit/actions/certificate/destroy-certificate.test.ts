import {describe, expect, test} from 'vitest'
import type {DestroyCertificateOptions} from '../../../../src/actions/certificate/destroy-certificate.js'
import {destroyCertificate} from '../../../../src/actions/certificate/destroy-certificate.js'
import {fakeContext} from '../../../helpers/fake-context.js'
import type {CertificateWorld} from './certificate-world.js'
import {certificate, certificateArn, certificateCalls, certificateWorld, recordOf} from './certificate-world.js'

async function destroyed(
  parts: Partial<CertificateWorld>,
  overrides: Partial<DestroyCertificateOptions> = {},
  answers?: readonly boolean[],
) {
  const world = certificateWorld(parts)
  const context = fakeContext(certificateCalls(world), answers === undefined ? {} : {answers})
  const options = {certificate: 'example.com', yes: true, keepRecords: false, dryRun: false, ...overrides}
  const outcome: unknown = await destroyCertificate(context, options).catch((error: unknown) => error)
  return {world, context, outcome, changes: context.aws.log.changes()}
}

const recordSet = (domain: string) => ({
  Name: recordOf(domain).Name,
  Type: 'CNAME' as const,
  TTL: 86_400,
  ResourceRecords: [{Value: recordOf(domain).Value}],
})

/** With its record in a zone, and the mark of the program where it has made it. */
const validatedHere = (isOurs: boolean): Partial<CertificateWorld> => ({
  certificates: [certificate('a', 'example.com')],
  zones: [{id: 'Z1', name: 'example.com', records: [recordSet('example.com'), recordSet('www.example.com')]}],
  tags: new Map([[certificateArn('a'), isOurs ? {'fargate:validated-in:Z1': 'made'} : {}]]),
})

test('deletes the certificate, and then the records that the program has made for it', async () => {
  const {outcome, changes, world} = await destroyed(validatedHere(true))

  expect(changes).toEqual(['acm:DeleteCertificate', 'route53:ChangeResourceRecordSets'])
  expect(world.certificates).toEqual([])
  expect(world.zones[0]?.records.map(({Name}) => Name)).toEqual([recordOf('www.example.com').Name])
  expect(outcome).toMatchObject({arn: certificateArn('a'), keptRecords: [], changes: [{step: 'certificate'}, {}]})
})

describe('leaves records', () => {
  const kept = [recordOf('example.com').Name]

  test('that others may have made', async () => {
    const {outcome, changes} = await destroyed(validatedHere(false))

    expect(changes).toEqual(['acm:DeleteCertificate'])
    expect(outcome).toMatchObject({keptRecords: kept})
  })

  test('that another certificate needs to be renewed', async () => {
    const parts = validatedHere(true)
    const other = certificate('b', 'other.example.com', {SubjectAlternativeNames: ['*.example.com']})
    const {outcome, changes} = await destroyed({...parts, certificates: [...(parts.certificates ?? []), other]})

    expect(changes).toEqual(['acm:DeleteCertificate'])
    expect(outcome).toMatchObject({keptRecords: kept})
  })

  test('when it is told to', async () => {
    const {outcome, changes} = await destroyed(validatedHere(true), {keepRecords: true})

    expect(changes).toEqual(['acm:DeleteCertificate'])
    expect(outcome).toMatchObject({keptRecords: kept})
  })
})

test('one that is in use is left alone, and what uses it is named', async () => {
  const user = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/front/50dc6c495c0c9188'
  const {outcome, changes} = await destroyed({certificates: [certificate('a', 'example.com', {InUseBy: [user]})]})

  expect(outcome).toMatchObject({
    code: 'CERTIFICATE_IN_USE',
    exitCode: 5,
    message: `certificate example.com is in use by ${user}`,
    hints: ['see what it does there: fargate lb info front', expect.any(String)],
  })
  expect(changes).toEqual([])
})

test('one that is not there is done, under its domain and its ARN', async () => {
  for (const name of ['example.com', certificateArn('a')]) {
    const {outcome, changes} = await destroyed({}, {certificate: name, yes: false})

    expect(outcome).toMatchObject({certificate: name, arn: undefined, changes: []})
    expect(changes).toEqual([])
  }
})

test.each([
  ['without anybody to ask', undefined, {code: 'CONFIRMATION_REQUIRED', exitCode: 2}],
  ['after a no', [false], {code: 'DECLINED', exitCode: 130}],
])('deletes nothing %s', async (_what, answers, expected) => {
  const {outcome, changes} = await destroyed(validatedHere(true), {yes: false}, answers)

  expect(outcome).toMatchObject(expected)
  expect(changes).toEqual([])
})

test('in a dry run deletes nothing', async () => {
  const {outcome, changes} = await destroyed(validatedHere(true), {dryRun: true, yes: false})

  expect(outcome).toMatchObject({changes: [{change: 'delete'}, {change: 'delete'}]})
  expect(changes).toEqual([])
})

test('of several of one domain none is chosen', async () => {
  const {outcome} = await destroyed({certificates: [certificate('a', 'example.com'), certificate('b', 'example.com')]})

  expect(outcome).toMatchObject({code: 'CERTIFICATE_AMBIGUOUS', exitCode: 2})
})
