import {expect, test} from 'vitest'
import type {ImagePull} from '../../../../src/local/ports.js'
import {digestOf} from '../../../../src/local/registry/digest.js'
import type {RegistryServer} from './registry-server.js'
import {pushIndex, pushManifest, scope, startRegistry} from './registry-server.js'

const amd64 = {os: 'linux', architecture: 'amd64'}
const arm64 = {os: 'linux', architecture: 'arm64'}

const pull = ({registry, port}: RegistryServer, reference: string, platform = amd64): ImagePull =>
  registry.images.pull(scope, reference.replace('HOST', `127.0.0.1:${port}/111122223333/eu-west-1`), platform)

const missing = (reference: string): ImagePull => ({
  outcome: 'failed',
  reason: `pull image manifest has been retried 1 time(s): failed to resolve ref ${reference}: ${reference}: not found`,
})

const wrongPlatform = (platform: string): ImagePull => ({
  outcome: 'failed',
  reason: `pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform '${platform}'`,
})

test('reads from the config how an image is run', async () => {
  await using server = await startRegistry()
  const {digest} = await pushManifest(server, 'v1', {
    config: {Entrypoint: ['/app'], Cmd: ['--port', '80'], Env: ['A=b'], Labels: {team: 'x'}},
  })

  expect(pull(server, 'HOST/app:v1')).toEqual({
    outcome: 'pulled',
    digest,
    config: {entrypoint: ['/app'], cmd: ['--port', '80'], env: ['A=b'], labels: {team: 'x'}},
    source: `127.0.0.1:${server.port}/111122223333/eu-west-1/app@${digest}`,
  })
})

test('reads a config that sets nothing', async () => {
  await using server = await startRegistry()
  await pushManifest(server, 'v1', {config: {Entrypoint: null, Labels: null}})

  expect(pull(server, 'HOST/app:v1')).toMatchObject({config: {entrypoint: [], cmd: [], env: [], labels: {}}})
})

test('finds an image by every name it has', async () => {
  await using server = await startRegistry()
  const {digest} = await pushManifest(server, 'latest')

  for (const reference of [
    'HOST/app',
    'HOST/app:latest',
    `HOST/app@${digest}`,
    `HOST/app:moved@${digest}`,
    `localhost:${server.port}/111122223333/eu-west-1/app`,
    '111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:latest',
    '111122223333.dkr-ecr.eu-west-1.on.aws/app',
    `111122223333.dkr.ecr-fips.eu-west-1.amazonaws.com/app@${digest}`,
  ]) {
    expect(pull(server, reference), reference).toMatchObject({
      outcome: 'pulled',
      digest,
      source: `127.0.0.1:${server.port}/111122223333/eu-west-1/app@${digest}`,
    })
  }
})

test('takes account and region of a host in China', async () => {
  await using server = await startRegistry()
  const china = {account: '111122223333', region: 'cn-north-1'}
  const {digest} = await server.registry.seed(china, 'app', 'v1')

  expect(pull(server, '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/app:v1')).toMatchObject({digest})
})

test.each(['nginx', 'library/nginx:1', 'public.ecr.aws/nginx/nginx:1', 'ghcr.io/a/b@sha256:00', '127.0.0.1:1/app:v1'])(
  'leaves %s to its own registry',
  async (reference) => {
    await using server = await startRegistry()

    expect(pull(server, reference)).toEqual({outcome: 'foreign'})
  },
)

test.each([
  ['111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:v2', ''],
  ['111122223333.dkr.ecr.eu-west-1.amazonaws.com/app', ':latest'],
  ['111122223333.dkr.ecr.us-east-1.amazonaws.com/app:v1', ''],
  ['999922223333.dkr.ecr.eu-west-1.amazonaws.com/app:v1', ''],
  [`111122223333.dkr.ecr.eu-west-1.amazonaws.com/app@${digestOf('x')}`, ''],
  ['not a reference', ''],
])('fails to resolve %s', async (reference, added) => {
  await using server = await startRegistry()
  await pushManifest(server, 'v1')

  expect(pull(server, reference)).toEqual(missing(reference + added))
})

test('fails to resolve a path without account and region', async () => {
  await using server = await startRegistry()

  expect(pull(server, `127.0.0.1:${server.port}/app:v1`)).toEqual(missing(`127.0.0.1:${server.port}/app:v1`))
})

test('fails on an image of another architecture', async () => {
  await using server = await startRegistry()
  await pushManifest(server, 'v1', {architecture: 'arm64'})

  expect(pull(server, 'HOST/app:v1', amd64)).toEqual(wrongPlatform('linux/amd64'))
  expect(pull(server, 'HOST/app:v1', arm64)).toMatchObject({outcome: 'pulled'})
})

test('picks the platform from an index and answers the digest of the index', async () => {
  await using server = await startRegistry()
  const one = await pushManifest(server, '@digest', {architecture: 'amd64', config: {Cmd: ['amd']}})
  const other = await pushManifest(server, '@digest', {architecture: 'arm64', config: {Cmd: ['arm']}})
  const index = await pushIndex(server, 'v1', [
    {digest: one.digest, architecture: 'amd64'},
    {digest: other.digest, architecture: 'arm64'},
  ])

  expect(pull(server, 'HOST/app:v1', amd64)).toMatchObject({digest: index.digest, config: {cmd: ['amd']}})
  expect(pull(server, 'HOST/app:v1', arm64)).toMatchObject({digest: index.digest, config: {cmd: ['arm']}})
})

test('fails on an index without the platform', async () => {
  await using server = await startRegistry()
  const {digest} = await pushManifest(server, '@digest')
  await pushIndex(server, 'v1', [{digest, architecture: 'amd64'}])

  expect(pull(server, 'HOST/app:v1', arm64)).toEqual(wrongPlatform('linux/arm64'))
})

test('remembers when an image was pulled', async () => {
  await using server = await startRegistry()
  await pushManifest(server, 'v1')
  await server.clock.advance(5000)

  pull(server, 'HOST/app:v1')

  expect(server.repository.images[0]?.lastPulledAt).toBe(server.clock.now())
})
