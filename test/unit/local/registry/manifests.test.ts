import {describe, expect, test} from 'vitest'
import {digestOf} from '../../../../src/local/registry/digest.js'
import type {RepositorySettings} from '../../../../src/local/registry/repository.js'
import type {RegistryServer} from './registry-server.js'
import {dockerManifest, errorOf, ociIndex, pushIndex, pushManifest, startRegistry} from './registry-server.js'

const put = (server: RegistryServer, reference: string, body: string, contentType?: string): Promise<Response> =>
  server.fetch(`/manifests/${reference}`, {
    method: 'PUT',
    body,
    headers: contentType === undefined ? {} : {'content-type': contentType},
  })

test('serves a manifest by tag and digest, byte for byte', async () => {
  await using server = await startRegistry()
  const {response, manifest, digest} = await pushManifest(server, 'v1')
  expect(response.status).toBe(201)
  expect(response.headers.get('location')).toBe(`/v2/111122223333/eu-west-1/app/manifests/${digest}`)
  expect(response.headers.get('docker-content-digest')).toBe(digest)

  for (const reference of ['v1', digest]) {
    const head = await server.fetch(`/manifests/${reference}`, {method: 'HEAD'})
    const get = await server.fetch(`/manifests/${reference}`)
    for (const {status, headers} of [head, get]) {
      expect(status).toBe(200)
      expect(headers.get('content-type')).toBe(dockerManifest)
      expect(headers.get('docker-content-digest')).toBe(digest)
      expect(headers.get('content-length')).toBe(String(manifest.length))
    }
    expect(await get.text()).toBe(manifest)
  }
})

test('keeps a manifest that was pushed by digest without any tag', async () => {
  await using server = await startRegistry()

  const {response, digest} = await pushManifest(server, '@digest')

  expect(response.status).toBe(201)
  expect((await server.fetch(`/manifests/${digest}`)).status).toBe(200)
  expect(await (await server.fetch('/tags/list')).json()).toMatchObject({tags: []})
})

test('moves a tag to the image pushed last and keeps the other by digest', async () => {
  await using server = await startRegistry()
  const first = await pushManifest(server, 'latest', {layer: 'one'})
  const second = await pushManifest(server, 'latest', {layer: 'two'})

  const latest = await server.fetch('/manifests/latest')

  expect(latest.headers.get('docker-content-digest')).toBe(second.digest)
  expect((await server.fetch(`/manifests/${first.digest}`)).status).toBe(200)
})

test.each(['v2', digestOf('nothing')])('does not know %s', async (reference) => {
  await using server = await startRegistry()
  await pushManifest(server, 'v1')

  expect(await errorOf(await server.fetch(`/manifests/${reference}`))).toEqual({
    status: 404,
    code: 'MANIFEST_UNKNOWN',
    message: 'Requested image not found',
  })
})

describe('refuses', () => {
  const blob = {mediaType: 'x/y', digest: digestOf('unknown'), size: 7}
  const image = (members: object): string =>
    JSON.stringify({schemaVersion: 2, mediaType: dockerManifest, config: blob, layers: [], ...members})

  test('a manifest whose layers were not pushed', async () => {
    await using server = await startRegistry()

    expect(await errorOf(await put(server, 'v1', image({}), dockerManifest))).toEqual({
      status: 400,
      code: 'MANIFEST_BLOB_UNKNOWN',
      message: `Layers with digests '[${blob.digest}]' required for pushing image into repository with name 'app' in the registry with id '111122223333' do not exist`,
    })
  })

  test('an index whose manifests were not pushed', async () => {
    await using server = await startRegistry()
    const {digest} = await pushManifest(server, '@digest')

    const {response} = await pushIndex(server, 'v1', [
      {digest, architecture: 'amd64'},
      {digest: blob.digest, architecture: 'arm64'},
    ])

    expect(await errorOf(response)).toEqual({
      status: 400,
      code: 'MANIFEST_BLOB_UNKNOWN',
      message: `Images with digests '[${blob.digest}]' required for pushing image into repository with name 'app' in the registry with id '111122223333' do not exist`,
    })
  })

  test('a digest that is not the manifest’s', async () => {
    await using server = await startRegistry()
    const {manifest} = await pushManifest(server, 'v1')

    const response = await put(server, digestOf('else'), manifest, dockerManifest)

    expect(await errorOf(response)).toMatchObject({status: 400, code: 'DIGEST_INVALID'})
  })

  test.each([
    ['no JSON', '{', dockerManifest],
    ['a list', '[]', dockerManifest],
    ['no known media type', JSON.stringify({schemaVersion: 2}), 'application/json'],
    ['two media types', image({}), ociIndex],
    ['no config', image({config: undefined}), dockerManifest],
    ['no layers', image({layers: undefined}), dockerManifest],
    ['a digest that is none', image({config: {...blob, digest: 'sha256:1'}}), dockerManifest],
    ['a negative size', image({config: {...blob, size: -1}}), dockerManifest],
  ])('%s', async (_, body, contentType) => {
    await using server = await startRegistry()

    expect(await errorOf(await put(server, 'v1', body, contentType))).toMatchObject({
      status: 400,
      code: 'MANIFEST_INVALID',
    })
  })

  test('more than 4 MiB', async () => {
    await using server = await startRegistry()

    const response = await put(server, 'v1', 'x'.repeat(4 * 1024 * 1024 + 1), dockerManifest)

    expect(await errorOf(response)).toMatchObject({status: 413, code: 'SIZE_INVALID'})
  })

  test.each(['.dot', 'a b', 'x'.repeat(129), 'v1+build'])('the tag "%s"', async (tag) => {
    await using server = await startRegistry()

    const response = await put(server, encodeURIComponent(tag), image({}), dockerManifest)

    expect(await errorOf(response)).toMatchObject({status: 400, code: 'TAG_INVALID'})
  })
})

test('takes the media type of an OCI manifest from the request, parameters aside', async () => {
  await using server = await startRegistry()
  const config = {...(await server.push('{}')), mediaType: 'application/vnd.oci.image.config.v1+json'}
  const mediaType = 'application/vnd.oci.image.manifest.v1+json'

  const manifest = JSON.stringify({schemaVersion: 2, config, layers: []})
  expect((await put(server, 'v1', manifest, `${mediaType}; charset=utf-8`)).status).toBe(201)

  expect((await server.fetch('/manifests/v1')).headers.get('content-type')).toBe(mediaType)
})

test('does not ask for layers that live elsewhere', async () => {
  await using server = await startRegistry()
  const config = await server.push('{}')
  const foreign = {
    mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
    digest: digestOf('windows'),
    size: 1,
  }

  const manifest = JSON.stringify({schemaVersion: 2, mediaType: dockerManifest, config, layers: [foreign]})

  expect((await put(server, 'v1', manifest)).status).toBe(201)
})

describe('immutable tags', () => {
  const settings = (server: RegistryServer, changes: Partial<RepositorySettings>): void => {
    server.repository.settings = {...server.repository.settings, ...changes}
  }

  test.each(['same', 'other'])('cannot be pushed again with the %s image', async (layer) => {
    await using server = await startRegistry()
    settings(server, {tagMutability: 'IMMUTABLE'})
    await pushManifest(server, 'v1', {layer: 'same'})

    const {response} = await pushManifest(server, 'v1', {layer})

    expect(await errorOf(response)).toEqual({
      status: 400,
      code: 'TAG_INVALID',
      message:
        "The image tag 'v1' already exists in the 'app' repository and cannot be overwritten because the repository is immutable.",
    })
  })

  test.each([
    ['IMMUTABLE', [], 'dev-1', 400],
    ['MUTABLE', [], 'dev-1', 201],
    ['IMMUTABLE_WITH_EXCLUSION', ['dev-*'], 'dev-1', 201],
    ['IMMUTABLE_WITH_EXCLUSION', ['dev-*'], 'v1', 400],
    ['IMMUTABLE_WITH_EXCLUSION', ['dev'], 'dev-1', 400],
    ['IMMUTABLE_WITH_EXCLUSION', ['*-rc*1*'], 'v2-rc.1', 201],
    ['IMMUTABLE_WITH_EXCLUSION', ['*ab*ba'], 'aba', 400],
    ['MUTABLE_WITH_EXCLUSION', ['v*'], 'v1', 400],
    ['MUTABLE_WITH_EXCLUSION', ['v*', 'release'], 'release', 400],
    ['MUTABLE_WITH_EXCLUSION', ['v*'], 'dev-1', 201],
  ] as const)('with %s %j answer a second push of %s with %i', async (tagMutability, exclusions, tag, status) => {
    await using server = await startRegistry()
    settings(server, {tagMutability, tagMutabilityExclusions: exclusions})
    await pushManifest(server, tag, {layer: 'one'})

    expect((await pushManifest(server, tag, {layer: 'two'})).response.status).toBe(status)
  })
})

describe('deleting', () => {
  test('takes a tag alone', async () => {
    await using server = await startRegistry()
    const {digest} = await pushManifest(server, 'v1')

    expect((await server.fetch('/manifests/v1', {method: 'DELETE'})).status).toBe(202)
    expect((await server.fetch('/manifests/v1')).status).toBe(404)
    expect((await server.fetch(`/manifests/${digest}`)).status).toBe(200)
  })

  test('takes all tags along with the digest', async () => {
    await using server = await startRegistry()
    const {digest} = await pushManifest(server, 'v1')
    await pushManifest(server, 'v2')

    expect((await server.fetch(`/manifests/${digest}`, {method: 'DELETE'})).status).toBe(202)
    expect(await (await server.fetch('/tags/list')).json()).toMatchObject({tags: []})
  })

  test('spares a manifest that an index names', async () => {
    await using server = await startRegistry()
    const {digest} = await pushManifest(server, '@digest')
    const index = await pushIndex(server, 'v1', [{digest, architecture: 'amd64'}])

    expect(await errorOf(await server.fetch(`/manifests/${digest}`, {method: 'DELETE'}))).toEqual({
      status: 405,
      code: 'UNSUPPORTED',
      message: `Requested image referenced by manifest list: [${index.digest}]`,
    })
  })
})

test('lists what refers to a manifest', async () => {
  await using server = await startRegistry()
  const {digest} = await pushManifest(server, 'v1')
  const empty = {...(await server.push('{}')), mediaType: 'application/vnd.oci.empty.v1+json'}
  const mediaType = 'application/vnd.oci.image.manifest.v1+json'
  const artifactType = 'application/vnd.example.signature'
  const subject = {mediaType: dockerManifest, digest, size: 1}
  const annotations = {'org.opencontainers.image.created': '2026-01-01T00:00:00Z'}
  const members = {artifactType, config: empty, layers: [empty], subject, annotations}
  const signature = JSON.stringify({schemaVersion: 2, mediaType, ...members})

  const pushed = await put(server, digestOf(signature), signature, mediaType)
  const referrers = await server.fetch(`/referrers/${digest}`)
  const others = await server.fetch(`/referrers/${digest}?artifactType=other`)

  expect(pushed.headers.get('oci-subject')).toBe(digest)
  expect(referrers.headers.get('content-type')).toBe(ociIndex)
  expect(await referrers.json()).toEqual({
    schemaVersion: 2,
    mediaType: ociIndex,
    manifests: [{mediaType, digest: digestOf(signature), size: signature.length, artifactType, annotations}],
  })
  expect(others.headers.get('oci-filters-applied')).toBe('artifactType')
  expect(await others.json()).toMatchObject({manifests: []})
})
