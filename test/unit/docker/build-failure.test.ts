import {expect, test} from 'vitest'
import {buildFailure} from '../../../src/docker/build-failure.js'
import {ProcessError} from '../../../src/process/runner.js'

const command = ['docker', 'build', '--tag', 'app:v1', 'my app']
const failed = new ProcessError({command, reason: 'exited', exitCode: 1})

test.each([
  {
    said: 'COPY failed: file not found in build context or excluded by .dockerignore: stat missing: file does not exist',
    cause: 'not in the build context',
  },
  {
    said: 'ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref abc::def: "/missing": not found',
    cause: 'not in the build context',
  },
  {
    said: "pull access denied for nosuch, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    cause: 'its registry wants a login',
  },
  {
    said: 'ERROR: failed to solve: nosuch:latest: failed to resolve source metadata for docker.io/library/nosuch:latest: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    cause: 'its registry wants a login',
  },
  {
    said: 'ERROR: failed to solve: alpine:nosuch: failed to resolve source metadata for docker.io/library/alpine:nosuch: docker.io/library/alpine:nosuch: not found',
    cause: 'no such tag',
  },
  {said: 'manifest for alpine:nosuch not found: manifest unknown: manifest unknown', cause: 'no such tag'},
  {
    said: 'Get "https://nosuch.invalid/v2/": dial tcp: lookup nosuch.invalid on 10.0.0.2:53: no such host',
    cause: 'cannot be reached',
  },
  {
    said: 'ERROR: BuildKit is enabled but the buildx component is missing or broken.',
    cause: 'docker has no buildx component',
  },
  {
    said: 'the --mount option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ to learn how to build images with BuildKit enabled',
    cause: 'docker has no buildx component',
  },
  {said: 'exec /bin/sh: exec format error', cause: 'another CPU architecture'},
  {
    said: 'ERROR: failed to solve: x: no match for platform in manifest sha256:0: not found',
    cause: 'does not exist for the platform',
  },
  {
    said: 'no matching manifest for linux/arm64/v8 in the manifest list entries',
    cause: 'does not exist for the platform',
  },
  {
    said: 'image with reference sha256:0 was found but does not match the specified platform: wanted linux/arm64, actual: linux/amd64',
    cause: 'mixes up images of several platforms',
  },
  {
    said: 'toomanyrequests: You have reached your unauthenticated pull rate limit.',
    cause: 'limits pulls',
  },
  {said: 'failed to register layer: write /x: no space left on device', cause: 'the disk is full'},
  {said: 'ERROR: failed to solve: target stage "nosuch" could not be found', cause: 'no stage of the name'},
  {
    said: 'ERROR: failed to solve: dockerfile parse error on line 2: unknown instruction: FORM',
    cause: 'syntax error',
  },
  {said: 'unknown flag: --platform', cause: 'does not take the flags of docker build'},
])('explains: $said', ({said, cause}) => {
  const failure = buildFailure(failed, ['Step 1/2 : FROM scratch', said])

  expect(failure).toMatchObject({code: 'IMAGE_BUILD_FAILED', exitCode: 3})
  expect(failure.message.split('\n')).toEqual([
    expect.stringContaining(cause),
    '  Step 1/2 : FROM scratch',
    `  ${said}`,
  ])
})

test('claims no cause for a build step of the user that fails', () => {
  const failure = buildFailure(failed, [
    'sh: foo: not found',
    "The command '/bin/sh -c foo' returned a non-zero code: 127",
  ])

  expect(failure.message.split('\n')[0]).toBe('the image build failed')
})

test('says that the build was killed', () => {
  const failure = buildFailure(new ProcessError({command, reason: 'killed'}), [])

  expect(failure.message).toBe('the image build failed: docker was killed')
})

test('shows the last 10 lines, and gives scripts the last 20', () => {
  const lines = Array.from({length: 50}, (_, index) => `line ${index + 1}`)

  const failure = buildFailure(failed, lines)

  expect(failure.message.split('\n').slice(1)).toEqual(lines.slice(-10).map((line) => `  ${line}`))
  expect(failure.details).toMatchObject({exitCode: 1, output: lines.slice(-20), command})
})

test('ends with the very command that ran', () => {
  expect(buildFailure(failed, []).hints.at(-1)).toBe(
    "BUILDX_NO_DEFAULT_ATTESTATIONS=1 docker build --tag app:v1 'my app'",
  )
})
