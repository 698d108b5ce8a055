import {readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {digestOf} from '../../../../src/local/registry/digest.js'
import {releaseRepository} from '../../../../src/local/registry/store.js'
import {errorOf, scope, startRegistry, temporaryFolder} from './registry-server.js'

const content = 'the bytes of a layer'
const digest = digestOf(content)

test('serves a blob with its digest and length', async () => {
  await using server = await startRegistry()
  await server.push(content)

  const head = await server.fetch(`/blobs/${digest}`, {method: 'HEAD'})
  const response = await server.fetch(`/blobs/${digest}`)

  for (const {headers, status} of [head, response]) {
    expect(status).toBe(200)
    expect(headers.get('docker-content-digest')).toBe(digest)
    expect(headers.get('content-length')).toBe(String(content.length))
  }
  expect(await response.text()).toBe(content)
})

test.each([
  ['bytes=0-2', 206, 'the', 'bytes 0-2/20'],
  ['bytes=15-', 206, 'layer', 'bytes 15-19/20'],
  ['bytes=-5', 206, 'layer', 'bytes 15-19/20'],
  ['bytes=15-99', 206, 'layer', 'bytes 15-19/20'],
  ['bytes=-99', 206, content, 'bytes 0-19/20'],
  ['bytes=5-1', 200, content, null],
  ['bytes=0-1,3-4', 200, content, null],
  ['lines=0-1', 200, content, null],
])('serves the range %s', async (range, status, text, contentRange) => {
  await using server = await startRegistry()
  await server.push(content)

  const response = await server.fetch(`/blobs/${digest}`, {headers: {range}})

  expect(response.status).toBe(status)
  expect(response.headers.get('content-range')).toBe(contentRange)
  expect(await response.text()).toBe(text)
})

test.each(['bytes=20-', 'bytes=-0'])('refuses the range %s', async (range) => {
  await using server = await startRegistry()
  await server.push(content)

  const response = await server.fetch(`/blobs/${digest}`, {headers: {range}})

  expect(response.headers.get('content-range')).toBe('bytes */20')
  expect(await errorOf(response)).toMatchObject({status: 416, code: 'RANGE_INVALID'})
})

test('does not serve a blob of another repository', async () => {
  await using server = await startRegistry()
  await server.push(content)
  server.registry.store.repositories.create(scope, 'other', 0)

  const url = `${server.origin}/v2/111122223333/eu-west-1/other/blobs/${digest}`
  const response = await fetch(url, {headers: {authorization: server.authorization}})

  expect(await errorOf(response)).toMatchObject({status: 404, code: 'BLOB_UNKNOWN'})
})

test('refuses what is no digest', async () => {
  await using server = await startRegistry()

  const error = await errorOf(await server.fetch('/blobs/sha256:..%2f..%2fpasswd'))

  expect(error.status).toBeGreaterThanOrEqual(400)
  expect(await errorOf(await server.fetch('/blobs/md5:abc'))).toMatchObject({status: 400, code: 'DIGEST_INVALID'})
})

describe('in a folder', () => {
  test('keeps a blob as a file named by its digest', async () => {
    await using folder = await temporaryFolder()
    await using server = await startRegistry({blobsFolder: folder.path})
    await server.push(content)

    expect(await readdir(join(folder.path, 'sha256'))).toEqual([digest.slice('sha256:'.length)])
    expect(await readdir(join(folder.path, 'uploads'))).toEqual([])
    expect(await (await server.fetch(`/blobs/${digest}`, {headers: {range: 'bytes=4-8'}})).text()).toBe('bytes')
  })

  test('deletes the bytes of a repository unless another one shares them', async () => {
    await using folder = await temporaryFolder()
    await using server = await startRegistry({blobsFolder: folder.path})
    const {store} = server.registry
    const shared = await server.push('shared')
    await server.push('alone')
    const other = store.repositories.create(scope, 'other', 0)
    other.layers.push({digest: shared.digest, size: shared.size})

    releaseRepository(store, store.repositories.delete(scope, 'app', true))

    expect(await readdir(join(folder.path, 'sha256'))).toEqual([shared.digest.slice('sha256:'.length)])
  })
})
