import type * as Acm from '@aws-sdk/client-acm'
import {AwsFault} from '../../../../../src/local/aws-fault.js'
import {VirtualClock} from '../../../../../src/local/clock.js'
import {seededRandom} from '../../../../../src/local/random.js'
import type {AcmOptions} from '../../../../../src/local/services/acm/index.js'
import {createAcm} from '../../../../../src/local/services/acm/index.js'

export const SCOPE = {account: '111111111111', region: 'us-east-1'} as const

type Operations = Acm.ACM
type Input<Name extends keyof Operations> = Operations[Name] extends (input: infer In, ...rest: never[]) => unknown
  ? In
  : never

interface Outputs {
  requestCertificate: Acm.RequestCertificateCommandOutput
  importCertificate: Acm.ImportCertificateCommandOutput
  describeCertificate: Acm.DescribeCertificateCommandOutput
  listCertificates: Acm.ListCertificatesCommandOutput
  getCertificate: Acm.GetCertificateCommandOutput
  listTagsForCertificate: Acm.ListTagsForCertificateCommandOutput
}

/** ACM with records and users of certificates that the test decides on, and a typed way to call it without the wire. */
export function certificateManager(options: Partial<AcmOptions> = {}) {
  const clock = new VirtualClock(Date.now())
  const records = new Set<string>()
  const users: string[] = []
  const acm = createAcm({
    clock,
    random: seededRandom(1),
    dns: {hasRecord: (_, name, type, value) => records.has(`${name} ${type} ${value}`)},
    uses: {usersOf: () => users},
    ...options,
  })
  const call = <Name extends keyof Operations & string>(
    name: Name,
    input: Input<Name>,
    scope: {account: string; region: string} = SCOPE,
  ): Name extends keyof Outputs ? Outputs[Name] : object => {
    const wanted = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
    const operation = acm.service.operations.find(({schema}) => schema[2] === wanted)
    if (operation === undefined) throw new Error(`${wanted} is not there`)
    return operation.handle(input as never, {requestId: 'r-1', accessKeyId: undefined, ...scope}) as never
  }
  const describe = (arn: string | undefined) => {
    const {Certificate} = call('describeCertificate', {CertificateArn: arn})
    if (Certificate === undefined) throw new Error('There is no certificate')
    return Certificate
  }
  /** Makes the records that a certificate needs. */
  const prove = (arn: string | undefined) => {
    for (const {ResourceRecord: record} of describe(arn).DomainValidationOptions ?? []) {
      if (record !== undefined) records.add(`${record.Name} ${record.Type} ${record.Value}`)
    }
  }
  const issued = async (input: Input<'requestCertificate'>): Promise<string> => {
    const {CertificateArn = ''} = call('requestCertificate', {ValidationMethod: 'DNS', ...input})
    await clock.advance(2_000)
    prove(CertificateArn)
    await clock.advance(30_000)
    return CertificateArn
  }
  return {...acm, clock, call, describe, prove, issued, users, records}
}

/** The code and message with which a call is refused. */
export function refusal(run: () => unknown): {code: string; message: string} {
  try {
    run()
  } catch (error) {
    if (error instanceof AwsFault) return {code: error.code, message: error.message}
    throw error
  }
  throw new Error('The call was not refused')
}
