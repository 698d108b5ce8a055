import {describe, expect, test} from 'vitest'
import {digestOf} from '../../../../src/local/registry/digest.js'
import {errorOf, pushManifest, scope, startRegistry} from './registry-server.js'

const absent = digestOf('absent')
const absentUpload = '/blobs/uploads/00000000-0000-4000-8000-000000000000'

/** Status, code and headers of errors, in the order of the categories of the distribution specification. */
describe.each([
  ['pull', 'GET', `/blobs/${absent}`, 404, 'BLOB_UNKNOWN'],
  ['pull', 'GET', '/blobs/sha256:short', 400, 'DIGEST_INVALID'],
  ['pull', 'GET', '/manifests/absent', 404, 'MANIFEST_UNKNOWN'],
  ['pull', 'GET', `/manifests/${absent}`, 404, 'MANIFEST_UNKNOWN'],
  ['pull', 'GET', '/manifests/.absent', 400, 'TAG_INVALID'],
  ['push', 'POST', '/blobs/uploads/?digest=sha256:short', 400, 'DIGEST_INVALID'],
  ['push', 'GET', absentUpload, 404, 'BLOB_UPLOAD_UNKNOWN'],
  ['push', 'PATCH', absentUpload, 404, 'BLOB_UPLOAD_UNKNOWN'],
  ['push', 'PUT', `${absentUpload}?digest=${absent}`, 404, 'BLOB_UPLOAD_UNKNOWN'],
  ['push', 'PUT', '/manifests/v1', 400, 'MANIFEST_INVALID'],
  ['content discovery', 'GET', '/tags/list?n=-1', 400, 'PAGINATION_NUMBER_INVALID'],
  ['content discovery', 'GET', '/referrers/sha256:short', 400, 'DIGEST_INVALID'],
  ['content discovery', 'POST', '/tags/list', 405, 'UNSUPPORTED'],
  ['content management', 'DELETE', '/manifests/absent', 404, 'MANIFEST_UNKNOWN'],
  ['content management', 'DELETE', `/manifests/${absent}`, 404, 'MANIFEST_UNKNOWN'],
  ['content management', 'DELETE', `/blobs/${absent}`, 405, 'UNSUPPORTED'],
  ['content management', 'DELETE', absentUpload, 404, 'BLOB_UPLOAD_UNKNOWN'],
])('%s: %s %s', (_, method, path, status, code) => {
  test(`is answered with ${status} ${code} as JSON`, async () => {
    await using server = await startRegistry()

    const response = await server.fetch(path, {method})

    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    expect(response.headers.get('docker-distribution-api-version')).toBe('registry/2.0')
    expect(await errorOf(response)).toEqual({status, code, message: expect.stringMatching(/./)})
  })
})

describe('pull', () => {
  test.each([`/blobs/${absent}`, '/manifests/absent', `/manifests/${absent}`])(
    'HEAD %s is 404 without a body',
    async (path) => {
      await using server = await startRegistry()

      const response = await server.fetch(path, {method: 'HEAD'})

      expect([response.status, await response.text()]).toEqual([404, ''])
    },
  )

  test('a blob says how it can be read', async () => {
    await using server = await startRegistry()
    const {digest} = await server.push('content')

    const {headers} = await server.fetch(`/blobs/${digest}`)

    expect(headers.get('content-type')).toBe('application/octet-stream')
    expect(headers.get('accept-ranges')).toBe('bytes')
  })
})

describe('push', () => {
  test('the location of an upload can be used as it is, and tells how far it came', async () => {
    await using server = await startRegistry()
    const begun = await server.fetch('/blobs/uploads/', {method: 'POST'})
    const id = begun.headers.get('docker-upload-uuid')
    const location = `/v2/111122223333/eu-west-1/app/blobs/uploads/${id}`
    expect(begun.headers.get('location')).toBe(location)
    const headers = {authorization: server.authorization}

    const chunk = await fetch(server.origin + location, {method: 'PATCH', body: 'content', headers})
    const status = await fetch(server.origin + chunk.headers.get('location'), {headers})
    const digest = digestOf('content')
    const end = await fetch(`${server.origin}${status.headers.get('location')}?digest=${digest}`, {
      method: 'PUT',
      headers,
    })

    for (const response of [chunk, status]) {
      expect(response.headers.get('location')).toBe(location)
      expect(response.headers.get('docker-upload-uuid')).toBe(id)
      expect(response.headers.get('range')).toBe('0-6')
      expect(await response.text()).toBe('')
    }
    expect([chunk.status, status.status, end.status]).toEqual([202, 204, 201])
    expect(status.headers.has('content-length')).toBe(false)
    expect(end.headers.get('location')).toBe(`/v2/111122223333/eu-west-1/app/blobs/${digest}`)
    expect(end.headers.get('docker-content-digest')).toBe(digest)
  })

  test('a chunk that comes while another one does is refused', async () => {
    await using server = await startRegistry()
    const {registry, repository} = server
    const upload = registry.store.uploads.begin(repository)
    const {readable, writable} = new TransformStream<Uint8Array, Uint8Array>()
    const coming = upload.append(readable)

    const response = await server.fetch(`/blobs/uploads/${upload.id}`, {method: 'PATCH', body: 'content'})

    expect(await errorOf(response)).toMatchObject({status: 409, code: 'BLOB_UPLOAD_INVALID'})
    await writable.close()
    await coming
  })

  test('a mounted blob answers as one that was pushed', async () => {
    await using server = await startRegistry()
    const {digest} = await server.push('content')
    server.registry.store.repositories.create(scope, 'other', 0)

    const {status, headers} = await fetch(
      `${server.origin}/v2/111122223333/eu-west-1/other/blobs/uploads/?mount=${digest}&from=111122223333/eu-west-1/app`,
      {method: 'POST', headers: {authorization: server.authorization}},
    )

    expect(status).toBe(201)
    expect(headers.get('location')).toBe(`/v2/111122223333/eu-west-1/other/blobs/${digest}`)
    expect(headers.get('docker-content-digest')).toBe(digest)
  })
})

describe('content discovery', () => {
  test('a manifest that nothing refers to has an empty index of referrers', async () => {
    await using server = await startRegistry()

    const response = await server.fetch(`/referrers/${absent}`)

    expect([response.status, response.headers.has('oci-filters-applied')]).toEqual([200, false])
    expect(await response.json()).toMatchObject({schemaVersion: 2, manifests: []})
  })

  test('the last page of tags has no link to another one', async () => {
    await using server = await startRegistry()
    for (const tag of ['a', 'b']) await pushManifest(server, tag)

    const [first, last] = [await server.fetch('/tags/list?n=1'), await server.fetch('/tags/list?n=1&last=a')]

    expect(first.headers.get('link')).toBe('</v2/111122223333/eu-west-1/app/tags/list?n=1&last=a>; rel="next"')
    expect(last.headers.has('link')).toBe(false)
  })
})

describe('content management', () => {
  test('a deleted manifest is gone by tag and by digest, and cannot be deleted again', async () => {
    await using server = await startRegistry()
    const {digest} = await pushManifest(server, 'v1')

    const statuses: number[] = []
    for (const [method, reference] of [
      ['DELETE', digest],
      ['GET', digest],
      ['GET', 'v1'],
      ['DELETE', digest],
      ['DELETE', 'v1'],
    ]) {
      statuses.push((await server.fetch(`/manifests/${reference}`, {method: method ?? ''})).status)
    }

    expect(statuses).toEqual([202, 404, 404, 404, 404])
  })

  test('layers are not deleted by themselves, and the answer says what can be done', async () => {
    await using server = await startRegistry()
    const {digest} = await server.push('content')

    const response = await server.fetch(`/blobs/${digest}`, {method: 'DELETE'})

    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    expect(await (await server.fetch(`/blobs/${digest}`)).text()).toBe('content')
  })
})
