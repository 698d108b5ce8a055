import {expect, test} from 'vitest'
import {pushFailure} from '../../../src/docker/push-failure.js'
import {ProcessError} from '../../../src/process/runner.js'

const reference = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:v1'

function failureOf(stderr: string, stdout = '') {
  const command = ['docker', 'push', reference]
  return pushFailure(new ProcessError({command, reason: 'exited', exitCode: 1, stderr, stdout}), reference)
}

test.each([
  {said: 'no basic auth credentials', cause: 'docker has no login for the registry'},
  {
    said: 'denied: Your authorization token has expired. Reauthenticate and try again.',
    cause: 'the login to the registry has expired',
  },
  {
    said: 'denied: User: arn:aws:iam::123456789012:user/a is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:aws:ecr:eu-west-1:123456789012:repository/app because no identity-based policy allows the ecr:InitiateLayerUpload action',
    cause: 'the credentials lack a permission on the repository',
  },
  {said: 'denied: requested access to the resource is denied', cause: 'the registry denies it to this login'},
  {said: 'unauthorized: authentication required', cause: 'the registry denies it to this login'},
  {
    said: "name unknown: The repository with name 'app' does not exist in the registry with id '123456789012'",
    cause: 'the registry has no such repository',
  },
  {
    said: "tag invalid: The image tag 'v1' already exists in the 'app' repository and cannot be overwritten because the repository is immutable.",
    cause: 'the repository is immutable and has this tag already',
  },
  {
    said: 'An image does not exist locally with the tag: app',
    cause: 'docker has no image of this name',
  },
  {
    said: 'Get "http://127.0.0.1:9/v2/": dial tcp 127.0.0.1:9: connect: connection refused',
    cause: 'nothing listens at the address of the registry',
  },
  {
    said: 'Get "https://nosuch.invalid/v2/": dial tcp: lookup nosuch.invalid on 10.0.0.2:53: no such host',
    cause: 'the registry cannot be reached',
  },
  {
    said: 'Get "https://10.0.0.1:5000/v2/": http: server gave HTTP response to HTTPS client',
    cause: 'the registry has no certificate that docker trusts',
  },
  {said: 'toomanyrequests: Rate exceeded', cause: 'the registry limits requests'},
])('explains: $said', ({said, cause}) => {
  const failure = failureOf(said)

  expect(failure).toMatchObject({code: 'IMAGE_PUSH_FAILED', exitCode: 3, details: {reference, exitCode: 1}})
  expect(failure.message).toBe(`cannot push ${reference}: ${cause}\n  ${said}`)
  expect(failure.hints.at(-1)).toBe(`docker push ${reference}`)
})

test('claims no cause that it does not know', () => {
  expect(failureOf('strange').message).toBe(`cannot push ${reference}\n  strange`)
})

test('shows standard output when there is nothing else', () => {
  expect(failureOf('', 'said there').message).toBe(`cannot push ${reference}\n  said there`)
})
