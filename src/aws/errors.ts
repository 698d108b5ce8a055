import {AwsError, CancelledError, CliError, CredentialsError, MachineError, UsageError} from '../errors/errors.js'

/** Where an error came from: the IAM prefix of the service and the operation, for instance `ecs` and `CreateService`. */
export interface CallSite {
  readonly service: string
  readonly operation: string
  readonly region?: string | undefined
  /** The profile whose credentials are meant, where one is named. */
  readonly profile?: string | undefined
}

interface SdkErrorFields {
  readonly name?: string
  readonly code?: string
  readonly message?: string
  readonly $fault?: 'client' | 'server'
  readonly $metadata?: {readonly requestId?: string; readonly httpStatusCode?: number; readonly attempts?: number}
}

const missingCredentials = /^(CredentialsProviderError|TokenProviderError|ProviderError)$/
const badCredentials =
  /^(ExpiredToken|ExpiredTokenException|RequestExpired|UnrecognizedClientException|InvalidClientTokenId|SignatureDoesNotMatch|InvalidSignatureException|AuthFailure|InvalidAccessKeyId|MissingAuthenticationToken)$/
const denied = /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|AuthorizationError|NotAuthorized)$/
const throttled =
  /^(Throttling|ThrottlingException|ThrottledException|RequestLimitExceeded|TooManyRequestsException|RequestThrottled|RequestThrottledException|EC2ThrottledException|SlowDown|BandwidthLimitExceeded|PriorRequestNotComplete)$/
const unreachable =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|EPROTO|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|TimeoutError|CERT_HAS_EXPIRED|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT_LOCALLY|UNABLE_TO_VERIFY_LEAF_SIGNATURE|ERR_TLS_CERT_ALTNAME_INVALID)$/

/**
 * Turns what the SDK throws into a {@link CliError}: decided by the error's name and metadata, never by its text.
 * The AWS name stays in `details.awsError`, so that an adapter can tell an absent resource from a failure.
 */
export function translateAwsError(error: unknown, site: CallSite): CliError {
  if (error instanceof CliError) return error
  const fields = error as SdkErrorFields
  const name = fields.name ?? 'Error'
  // Node's error for several addresses that all fail has a code and no message.
  const message = (fields.message || fields.code || String(error)).trim().replace(/\.$/, '')
  const details = {
    awsError: name,
    operation: `${site.service}:${site.operation}`,
    requestId: fields.$metadata?.requestId,
    region: site.region,
  }
  const options = {details, cause: error}
  const call = `${site.service}:${site.operation}`

  if (name === 'AbortError') return new CancelledError('CANCELLED', `${call} was cancelled`, options)
  if (message === 'Region is missing') {
    return new UsageError('REGION_MISSING', 'no AWS region is set', {
      ...options,
      hints: ['add --region, or set AWS_REGION, or set a region for the profile: aws configure set region us-east-1'],
    })
  }
  if (missingCredentials.test(name)) return missingCredentialsError(message, site, options)
  if (badCredentials.test(name)) {
    return new CredentialsError('CREDENTIALS_REJECTED', `AWS rejects the credentials for ${call}: ${message}`, {
      ...options,
      hints: ['check them with: aws sts get-caller-identity', 'for an SSO profile sign in again: aws sso login'],
    })
  }
  if (denied.test(name)) {
    return new CredentialsError('ACCESS_DENIED', `AWS denies ${call}: ${message}`, {
      ...options,
      hints: [`allow the action ${deniedAction(message) ?? iamAction(site)} in the IAM policy of this user or role`],
    })
  }
  if (throttled.test(name) || fields.$metadata?.httpStatusCode === 429) {
    return new AwsError('THROTTLED', `AWS throttles ${call}: ${message}`, {
      ...options,
      hints: ['wait a minute and run the command again: it continues where it stopped'],
    })
  }
  if (unreachable.test(fields.code ?? '') || unreachable.test(name)) return unreachableError(site, message, options)
  if (fields.$fault === undefined && fields.$metadata?.httpStatusCode === undefined) {
    return new MachineError('AWS_CALL_FAILED', `${call} could not be sent: ${message}`, options)
  }
  const hints = serverFailure.test(name) ? ['AWS fails by itself: wait a minute and run the command again'] : []
  return new AwsError(errorCode(name), `${call} failed: ${message}`, {...options, hints})
}

type Options = {readonly details: Record<string, unknown>; readonly cause: unknown}

function missingCredentialsError(message: string, {profile}: CallSite, options: Options): CredentialsError {
  const expired = /sso|token/i.test(message)
  const where = profile === undefined ? '' : ` in profile ${profile}`
  return new CredentialsError('CREDENTIALS_MISSING', `no usable AWS credentials${where}: ${message}`, {
    ...options,
    hints: [
      ...(expired ? [`sign in again: aws sso login${profile === undefined ? '' : ` --profile ${profile}`}`] : []),
      ...(profile === undefined || expired ? [] : ['see which profiles there are: aws configure list-profiles']),
      'set AWS_PROFILE or --profile, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
      'try the command without an AWS account: add --local',
    ],
  })
}

function unreachableError(site: CallSite, message: string, options: Options): MachineError {
  const where = site.region === undefined ? site.service : `${site.service} in region ${site.region}`
  return new MachineError('AWS_UNREACHABLE', `cannot reach ${where}: ${message}`, {
    ...options,
    hints: ['check the network and the spelling of the region'],
  })
}

/** IAM's prefix of ELBv2 actions is the whole name of the service. */
const iamPrefixes: Readonly<Record<string, string>> = {elbv2: 'elasticloadbalancing'}

/** What is denied can be another action than the call: to create a service takes iam:PassRole for its roles. */
const deniedAction = (message: string): string | undefined =>
  /not authorized to perform: ([a-z0-9-]+:[A-Za-z0-9]+)/.exec(message)?.[1]

const iamAction = ({service, operation}: CallSite): string => `${iamPrefixes[service] ?? service}:${operation}`

/** `ClusterNotFoundException` → `CLUSTER_NOT_FOUND`, `InvalidGroup.NotFound` → `INVALID_GROUP_NOT_FOUND`. */
function errorCode(awsName: string): string {
  return awsName
    .replace(/(?<=.)(Exception|Error)$/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase()
}

/** Whether `error` is a translated AWS error with one of these AWS names. */
export function isAwsError(error: unknown, ...names: readonly string[]): error is CliError {
  return error instanceof CliError && names.includes(String(error.details.awsError))
}

/** Whether AWS asks to slow down; a waiting command polls more slowly and goes on. */
export const isThrottle = (error: unknown): boolean => error instanceof CliError && error.code === 'THROTTLED'

const serverFailure =
  /^(InternalFailure|InternalError|InternalServerError|InternalServerException|ServerException|ServiceFailureException|ServiceUnavailable|ServiceUnavailableException|Unavailable)$/

/**
 * Whether a call may succeed a moment later though the SDK has given up on it: a throttle, a network that is away for a
 * while, a fault on the side of AWS.
 */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof CliError)) return false
  return isThrottle(error) || error.code === 'AWS_UNREACHABLE' || serverFailure.test(String(error.details.awsError))
}

/** Answers `undefined` where AWS says that the thing does not exist, by one of these names; other errors are thrown. */
export async function absentOn<Value>(call: Promise<Value>, ...names: readonly string[]): Promise<Value | undefined> {
  try {
    return await call
  } catch (error) {
    if (isAwsError(error, ...names)) return undefined
    throw error
  }
}
