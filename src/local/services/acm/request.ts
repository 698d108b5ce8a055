import type {RequestCertificateCommandInput, RequestCertificateCommandOutput} from '@aws-sdk/client-acm'
import {RequestCertificate$} from '@aws-sdk/client-acm'
import {AwsFault} from '../../aws-fault.js'
import type {Scope} from '../../scope.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import type {AcmContext} from './context.js'
import {newCertificateArn, validationRecord} from './identifiers.js'
import type {CertificateRecord, DomainValidation, KeyAlgorithm} from './records.js'
import {tagsFrom} from './tags.js'

const HOUR_MS = 3_600_000
const KEY_ALGORITHMS: readonly KeyAlgorithm[] = ['RSA_2048', 'EC_prime256v1', 'EC_secp384r1']

/** @param requested called once there is a certificate to validate */
export const requestOperation = (context: AcmContext, requested: () => void): Operation =>
  operation<RequestCertificateCommandInput, RequestCertificateCommandOutput>(RequestCertificate$, (input, scope) => {
    const {arn} = requestCertificate(context, scope, input)
    requested()
    return {CertificateArn: arn}
  })

function requestCertificate(
  {store, clock, random}: AcmContext,
  scope: Scope,
  input: RequestCertificateCommandInput,
): CertificateRecord {
  const {domain, names, keyAlgorithm} = checked(input)
  const tags = tagsFrom(input.Tags)
  const records = store.of(scope)
  const earlier = [...records.values()].find((record) => sameRequest(record, input, clock.now()))
  if (earlier !== undefined) return earlier
  const record: CertificateRecord = {
    arn: newCertificateArn(scope, random),
    type: 'AMAZON_ISSUED',
    domain,
    names,
    keyAlgorithm,
    createdAt: clock.now(),
    status: 'PENDING_VALIDATION',
    // AWS sends an e-mail to the owner of the domain unless it is asked for another way.
    validationMethod: input.ValidationMethod === 'DNS' ? 'DNS' : 'EMAIL',
    validations: names.map((name) => validationOf(scope, name, input)),
    ...(input.IdempotencyToken !== undefined && {idempotencyToken: input.IdempotencyToken}),
    transparencyLogging: input.Options?.CertificateTransparencyLoggingPreference ?? 'ENABLED',
    tags,
  }
  records.set(record.arn, record)
  return record
}

function checked(input: RequestCertificateCommandInput) {
  const others = input.SubjectAlternativeNames ?? []
  if (input.CertificateAuthorityArn !== undefined) throw notEmulated('private certificates')
  if (input.ValidationMethod === 'HTTP') throw notEmulated('validation by HTTP')
  const keyAlgorithm = KEY_ALGORITHMS.find((known) => known === (input.KeyAlgorithm ?? 'RSA_2048'))
  if (keyAlgorithm === undefined) {
    throw new AwsFault(
      'InvalidParameterException',
      `The key algorithm ${input.KeyAlgorithm} is not supported for public certificates.`,
    )
  }
  const domain = (input.DomainName ?? '').toLowerCase()
  return {domain, keyAlgorithm, names: [...new Set([domain, ...others.map((name) => name.toLowerCase())])]}
}

const notEmulated = (what: string): AwsFault =>
  new AwsFault('NotImplemented', `The local AWS does not emulate ${what}`, {status: 501})

/** One token within one hour stands for one request. */
const sameRequest = (
  {idempotencyToken, domain, createdAt}: CertificateRecord,
  {IdempotencyToken, DomainName}: RequestCertificateCommandInput,
  now: number,
): boolean =>
  IdempotencyToken !== undefined &&
  idempotencyToken === IdempotencyToken &&
  domain === DomainName?.toLowerCase() &&
  now - createdAt < HOUR_MS

function validationOf(
  scope: Scope,
  domain: string,
  {DomainValidationOptions = []}: RequestCertificateCommandInput,
): DomainValidation {
  const wanted = DomainValidationOptions.find(({DomainName}) => DomainName?.toLowerCase() === domain)?.ValidationDomain
  const base = domain.replace(/^\*\./, '')
  if (wanted !== undefined && base !== wanted && !base.endsWith(`.${wanted}`)) {
    throw new AwsFault(
      'InvalidDomainValidationOptionsException',
      `The validation domain ${wanted} is not a superdomain of ${domain}.`,
    )
  }
  return {
    domain,
    validationDomain: wanted ?? base,
    record: validationRecord(scope, domain),
    status: 'PENDING_VALIDATION',
  }
}
