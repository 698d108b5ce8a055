import {AwsFault} from '../aws-fault.js'
import {globalArn} from '../scope.js'
import type {WireCall} from '../wire/wire-options.js'
import {passedRole, textsIn} from './matching.js'
import {PASS_ROLE} from './operation-names.js'

type Words = readonly [code: string, message: string, status: number]

interface ServiceWords {
  readonly throttled: Words
  readonly failed: Words
  readonly unavailable: Words
  readonly expired: Words
  /** The code and status of a missing permission; the message is about user and action. */
  readonly denied: readonly [code: string, status: number]
}

const expired = 'The security token included in the request is expired'
const failed = 'The request processing has failed because of an unknown error, exception or failure.'
const unavailable = 'The request has failed due to a temporary failure of the server.'
const serverException = 'Service Unavailable. Please try again later.'

const json: ServiceWords = {
  throttled: ['ThrottlingException', 'Rate exceeded', 400],
  failed: ['ServerException', serverException, 500],
  unavailable: ['ServiceUnavailable', unavailable, 503],
  expired: ['ExpiredTokenException', expired, 400],
  denied: ['AccessDeniedException', 400],
}

const query: ServiceWords = {
  throttled: ['Throttling', 'Rate exceeded', 400],
  failed: ['InternalFailure', failed, 500],
  unavailable: ['ServiceUnavailable', unavailable, 503],
  expired: ['ExpiredToken', expired, 403],
  denied: ['AccessDenied', 403],
}

/** Every service has its own codes for the same trouble, and EC2 shares none with the others. */
const words: Readonly<Record<string, ServiceWords>> = {
  ecs: json,
  ecr: json,
  logs: {
    ...json,
    failed: ['InternalFailure', failed, 500],
    unavailable: ['ServiceUnavailableException', 'The service cannot complete the request.', 503],
  },
  elasticloadbalancing: query,
  sts: query,
  iam: {...query, failed: ['ServiceFailure', failed, 500]},
  ec2: {
    throttled: ['RequestLimitExceeded', 'Request limit exceeded.', 503],
    failed: ['InternalError', 'An internal error has occurred', 500],
    unavailable: ['Unavailable', 'The service is unavailable. Please try again shortly.', 503],
    expired: ['RequestExpired', 'Request has expired.', 400],
    denied: ['UnauthorizedOperation', 403],
  },
}

const wordsOf = ({service}: WireCall): ServiceWords => words[service] ?? json
const fault = ([code, message, status]: Words): AwsFault => new AwsFault(code, message, {status})

/** What a service answers above its limit of requests. */
export const throttled = (call: WireCall): AwsFault => fault(wordsOf(call).throttled)

/** What a service answers when it fails by itself. */
export const serverError = (call: WireCall, status: number): AwsFault =>
  fault(status === 503 ? wordsOf(call).unavailable : wordsOf(call).failed)

/** What a service answers to a session that has ended. */
export const expiredCredentials = (call: WireCall): AwsFault => fault(wordsOf(call).expired)

/** What a service answers to a caller whose policies do not allow the action. */
export function accessDenied(call: WireCall, operation: string | undefined): AwsFault {
  const [code, status] = wordsOf(call).denied
  const passed = operation === PASS_ROLE
  const action = passed ? PASS_ROLE : `${call.service}:${call.operation}`
  const arn = passed ? passedRole(call) : textsIn(call.input).find((text) => text.startsWith('arn:'))
  const user = globalArn('iam', call, 'user/local')
  const message =
    `User: ${user} is not authorized to perform: ${action} on resource: ${arn ?? '*'}` +
    ` because no identity-based policy allows the ${action} action`
  const prefix = call.service === 'ec2' ? 'You are not authorized to perform this operation. ' : ''
  return new AwsFault(code, prefix + message, {status})
}
