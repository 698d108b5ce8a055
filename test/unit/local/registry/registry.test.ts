import {expect, test} from 'vitest'
import {VirtualClock} from '../../../../src/local/clock.js'
import {createRegistry} from '../../../../src/local/registry/registry.js'
import type {StoreOptions} from '../../../../src/local/registry/store.js'
import {savedState} from '../../../helpers/saved-state.js'
import {scope, seededRandom, startRegistry} from './registry-server.js'

const options = (): StoreOptions => ({clock: new VirtualClock(), random: seededRandom(), host: () => '127.0.0.1:4566'})
const arm64 = {os: 'linux', architecture: 'arm64'}

test('seeds an image that can be pulled without docker', async () => {
  const registry = createRegistry(options())
  const config = {entrypoint: ['/web'], cmd: [], env: ['PORT=80'], labels: {a: 'b'}}

  const {reference, digest} = await registry.seed(scope, 'team/web', 'v1', {config, architecture: 'arm64'})

  expect(reference).toBe('127.0.0.1:4566/111122223333/eu-west-1/team/web:v1')
  expect(registry.images.pull(scope, reference, arm64)).toMatchObject({outcome: 'pulled', digest, config})
})

test('seeds a second tag into a repository that is there', async () => {
  const registry = createRegistry(options())

  await registry.seed(scope, 'web', 'v1')
  await registry.seed(scope, 'web', 'v2')

  const [image, ...others] = registry.store.repositories.get(scope, 'web').images
  expect(others).toEqual([])
  expect(image?.tags).toEqual(['v1', 'v2'])
})

test('serves every blob and manifest of a seeded image', async () => {
  await using server = await startRegistry()
  await server.registry.seed(scope, 'app', 'v1')

  const manifest = (await (await server.fetch('/manifests/v1')).json()) as {
    config: {digest: string; size: number}
    layers: {digest: string; size: number}[]
  }

  for (const {digest, size} of [manifest.config, ...manifest.layers]) {
    const blob = await server.fetch(`/blobs/${digest}`)
    expect((await blob.arrayBuffer()).byteLength).toBe(size)
  }
})

test('continues from a snapshot that went through JSON', async () => {
  const first = createRegistry(options())
  const {reference, digest} = await first.seed(scope, 'web', 'v1', {architecture: 'arm64'})

  const second = createRegistry(options())
  second.state.restore(savedState(first.state))

  expect(savedState(second.state)).toEqual(savedState(first.state))
  expect(second.images.pull(scope, reference, arm64)).toMatchObject({outcome: 'pulled', digest})
})

test('knows the passwords of an earlier run', () => {
  const first = createRegistry(options())
  const {user, password} = first.issueToken()

  const second = createRegistry(options())
  second.tokens.restore(savedState(first.tokens))

  expect(second.store.tokens.check(user, password)).toBe('valid')
})
