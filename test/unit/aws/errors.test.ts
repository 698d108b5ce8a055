import {describe, expect, test} from 'vitest'
import {absentOn, isAwsError, isThrottle, translateAwsError} from '../../../src/aws/errors.js'
import {AwsError, CancelledError, UsageError} from '../../../src/errors/errors.js'
import {awsFailure} from '../../helpers/fake-aws.js'

const site = {service: 'ecs', operation: 'CreateService', region: 'us-east-1'}
const translated = (name: string, message = 'told by AWS') => translateAwsError(awsFailure(name, message), site)
const local = (name: string, message: string, code?: string) =>
  translateAwsError(Object.assign(new Error(message), {name, ...(code !== undefined && {code})}), site)

describe('exit code and error code by the name of the error', () => {
  test.each([
    ['ExpiredTokenException', 4, 'CREDENTIALS_REJECTED'],
    ['ExpiredToken', 4, 'CREDENTIALS_REJECTED'],
    ['RequestExpired', 4, 'CREDENTIALS_REJECTED'],
    ['UnrecognizedClientException', 4, 'CREDENTIALS_REJECTED'],
    ['InvalidClientTokenId', 4, 'CREDENTIALS_REJECTED'],
    ['SignatureDoesNotMatch', 4, 'CREDENTIALS_REJECTED'],
    ['InvalidSignatureException', 4, 'CREDENTIALS_REJECTED'],
    ['AuthFailure', 4, 'CREDENTIALS_REJECTED'],
    ['AccessDeniedException', 4, 'ACCESS_DENIED'],
    ['AccessDenied', 4, 'ACCESS_DENIED'],
    ['UnauthorizedOperation', 4, 'ACCESS_DENIED'],
    ['ThrottlingException', 5, 'THROTTLED'],
    ['Throttling', 5, 'THROTTLED'],
    ['RequestLimitExceeded', 5, 'THROTTLED'],
    ['TooManyRequestsException', 5, 'THROTTLED'],
    ['ClusterNotFoundException', 5, 'CLUSTER_NOT_FOUND'],
    ['InvalidParameterException', 5, 'INVALID_PARAMETER'],
    ['InvalidGroup.NotFound', 5, 'INVALID_GROUP_NOT_FOUND'],
    ['InvalidSubnetID.NotFound', 5, 'INVALID_SUBNET_ID_NOT_FOUND'],
    ['DependencyViolation', 5, 'DEPENDENCY_VIOLATION'],
    ['Exception', 5, 'EXCEPTION'],
  ])('%s → %i %s', (name, exitCode, code) => {
    expect(translated(name)).toMatchObject({exitCode, code, details: {awsError: name}})
  })

  test('any name with status 429 is a throttle', () => {
    expect(translateAwsError(awsFailure('SomethingNew', 'slow down', 429), site).code).toBe('THROTTLED')
  })
})

test('an error that was never sent to AWS is one of the machine, and never without a code', () => {
  expect(local('TypeError', 'Invalid URL')).toMatchObject({
    exitCode: 3,
    code: 'AWS_CALL_FAILED',
    message: 'ecs:CreateService could not be sent: Invalid URL',
  })
  expect(local('Error', 'anything').code).toBe('AWS_CALL_FAILED')
})

describe('credentials that cannot be found', () => {
  test.each([
    ['CredentialsProviderError', 'Could not load credentials from any providers', false],
    ['CredentialsProviderError', 'The SSO session associated with this profile has expired', true],
    ['TokenProviderError', "Token is expired. To refresh this SSO session run 'aws sso login'", true],
  ])('%s: %s', (name, message, isSso) => {
    const error = local(name, message)

    expect(error).toMatchObject({exitCode: 4, code: 'CREDENTIALS_MISSING'})
    expect(error.hints.includes('sign in again: aws sso login')).toBe(isSso)
    expect(error.hints).toContain('try the command without an AWS account: add --local')
  })
})

test('a missing region is a usage error that names the flag', () => {
  const error = local('Error', 'Region is missing')

  expect(error).toBeInstanceOf(UsageError)
  expect(error.code).toBe('REGION_MISSING')
  expect(error.hints[0]).toContain('--region')
})

describe('a network that does not answer', () => {
  test.each([
    ['Error', 'getaddrinfo ENOTFOUND ecs.eu-nowhere-1.amazonaws.com', 'ENOTFOUND'],
    ['Error', 'connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED'],
    ['Error', 'socket hang up', 'ECONNRESET'],
    ['Error', 'unable to get local issuer certificate', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
    ['TimeoutError', 'Connection timed out after 10000 ms', undefined],
    ['AggregateError', '', 'ENETUNREACH'],
  ])('%s %s', (name, message, code) => {
    const error = local(name, message, code)

    expect(error).toMatchObject({exitCode: 3, code: 'AWS_UNREACHABLE'})
    expect(error.message).toBe(`cannot reach ecs in region us-east-1: ${message || code}`)
  })
})

test('an aborted call is a cancellation', () => {
  expect(local('AbortError', 'Request aborted')).toBeInstanceOf(CancelledError)
})

describe('the hint of a denial', () => {
  test('names the action of the call', () => {
    const denied = translateAwsError(awsFailure('AccessDenied', 'no'), {service: 'elbv2', operation: 'CreateRule'})
    expect(denied.hints).toEqual([
      'allow the action elasticloadbalancing:CreateRule in the IAM policy of this user or role',
    ])
  })

  test('names the action that AWS names, which can be another one', () => {
    const message = 'User: arn:aws:iam::123456789012:user/ci is not authorized to perform: iam:PassRole on resource: x'
    expect(translated('AccessDeniedException', message).hints[0]).toContain('allow the action iam:PassRole ')
  })
})

test('keeps the facts for scripts, and the cause', () => {
  const cause = awsFailure('ClusterNotFoundException', 'Cluster not found.')
  const error = translateAwsError(cause, site)

  expect(error).toBeInstanceOf(AwsError)
  expect(error.message).toBe('ecs:CreateService failed: Cluster not found')
  expect(error.cause).toBe(cause)
  expect(error.details).toEqual({
    awsError: 'ClusterNotFoundException',
    operation: 'ecs:CreateService',
    requestId: 'request-1',
    region: 'us-east-1',
  })
})

test('leaves an error alone that is translated already', () => {
  const error = new UsageError('X', 'x')
  expect(translateAwsError(error, site)).toBe(error)
})

test('tells what AWS called an error', () => {
  expect(isAwsError(translated('InvalidGroup.NotFound'), 'InvalidGroup.NotFound')).toBe(true)
  expect(isAwsError(translated('InvalidGroup.NotFound'), 'DependencyViolation')).toBe(false)
  expect(isAwsError(awsFailure('InvalidGroup.NotFound'), 'InvalidGroup.NotFound')).toBe(false)
  expect(isThrottle(translated('Throttling'))).toBe(true)
  expect(isThrottle(translated('AccessDenied'))).toBe(false)
})

describe('absentOn', () => {
  test('answers undefined for the names given', async () => {
    const gone = Promise.reject(translated('RepositoryNotFoundException'))
    expect(await absentOn(gone, 'ImageNotFoundException', 'RepositoryNotFoundException')).toBeUndefined()
  })

  test('throws every other error', async () => {
    const denied = Promise.reject(translated('AccessDeniedException'))
    await expect(absentOn(denied, 'RepositoryNotFoundException')).rejects.toMatchObject({code: 'ACCESS_DENIED'})
  })

  test('answers what is there', async () => {
    expect(await absentOn(Promise.resolve(7), 'NotFound')).toBe(7)
  })
})

test('credentials that cannot be found are told with the profile where they were looked for', () => {
  const error = Object.assign(new Error('Could not load'), {name: 'CredentialsProviderError'})

  expect(translateAwsError(error, {...site, profile: 'staging'})).toMatchObject({
    exitCode: 4,
    message: 'no usable AWS credentials in profile staging: Could not load',
    hints: expect.arrayContaining(['see which profiles there are: aws configure list-profiles']),
  })
  expect(translateAwsError(error, site).message).toBe('no usable AWS credentials: Could not load')
})
