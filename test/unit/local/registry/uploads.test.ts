import {readdir} from 'node:fs/promises'
import {request as httpRequest} from 'node:http'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {digestOf} from '../../../../src/local/registry/digest.js'
import {releaseRepository} from '../../../../src/local/registry/store.js'
import type {RegistryServer} from './registry-server.js'
import {errorOf, scope, startRegistry, temporaryFolder} from './registry-server.js'

const hour = 60 * 60 * 1000
const digest = digestOf('hello world')
/** The shortest chunk that another one may follow. */
const fiveMebibytes = 5 * 1024 * 1024
const chunk = 'x'.repeat(fiveMebibytes)

/** Begins an upload and answers its path below the repository. */
async function begin(server: RegistryServer): Promise<string> {
  const response = await server.fetch('/blobs/uploads/', {method: 'POST'})
  expect(response.status).toBe(202)
  expect(response.headers.get('range')).toBe('0-0')
  expect(response.headers.get('oci-chunk-min-length')).toBe(String(fiveMebibytes))
  return response.headers.get('location')?.split('/app')[1] ?? ''
}

const send = (server: RegistryServer, path: string, chunk: string, range?: string): Promise<Response> =>
  server.fetch(path, {method: 'PATCH', body: chunk, headers: range === undefined ? {} : {'content-range': range}})

describe.each(['memory', 'folder'] as const)('in %s', (where) => {
  async function start(): Promise<RegistryServer> {
    if (where === 'memory') return startRegistry()
    const folder = await temporaryFolder()
    const server = await startRegistry({blobsFolder: folder.path})
    return {
      ...server,
      [Symbol.asyncDispose]: async () => {
        await server[Symbol.asyncDispose]()
        await folder[Symbol.asyncDispose]()
      },
    }
  }

  test('takes a blob in one POST', async () => {
    await using server = await start()

    const response = await server.fetch(`/blobs/uploads/?digest=${digest}`, {method: 'POST', body: 'hello world'})

    expect(response.status).toBe(201)
    expect(response.headers.get('location')).toBe(`/v2/111122223333/eu-west-1/app/blobs/${digest}`)
    expect(response.headers.get('docker-content-digest')).toBe(digest)
    expect(await (await server.fetch(`/blobs/${digest}`)).text()).toBe('hello world')
  })

  test('takes a blob in POST and PUT', async () => {
    await using server = await start()
    const path = await begin(server)

    const response = await server.fetch(`${path}?digest=${digest}`, {method: 'PUT', body: 'hello world'})

    expect(response.status).toBe(201)
    expect(await (await server.fetch(`/blobs/${digest}`)).text()).toBe('hello world')
  })

  test('takes a blob in chunks and tells how far it came', async () => {
    await using server = await start()
    const path = await begin(server)

    const whole = `${chunk}${chunk}end`
    const digest = digestOf(whole)

    const first = await send(server, path, chunk, '0-5242879')
    const second = await send(server, path, chunk, '5242880-10485759')
    const status = await server.fetch(path)
    const last = await server.fetch(`${path}?digest=${digest}`, {
      method: 'PUT',
      body: 'end',
      headers: {'content-range': '10485760-10485762'},
    })

    expect([first.status, first.headers.get('range')]).toEqual([202, '0-5242879'])
    expect([second.status, second.headers.get('range')]).toEqual([202, '0-10485759'])
    expect([status.status, status.headers.get('range')]).toEqual([204, '0-10485759'])
    expect(last.status).toBe(201)
    expect((await (await server.fetch(`/blobs/${digest}`)).text()) === whole).toBe(true)
    expect(await errorOf(await server.fetch(path))).toMatchObject({status: 404, code: 'BLOB_UPLOAD_UNKNOWN'})
  })

  test('takes a stream of unknown length', async () => {
    await using server = await start()
    const path = await begin(server)
    const {body} = new Response('hello world')

    const streamed = await server.fetch(path, {method: 'PATCH', body, duplex: 'half'})
    const response = await server.fetch(`${path}?digest=${digest}`, {method: 'PUT'})

    expect([streamed.status, streamed.headers.get('range')]).toEqual([202, '0-10'])
    expect(response.status).toBe(201)
    expect(await (await server.fetch(`/blobs/${digest}`)).text()).toBe('hello world')
  })

  test('refuses the empty blob, as ECR does', async () => {
    await using server = await start()
    const path = await begin(server)

    const response = await server.fetch(`${path}?digest=${digestOf('')}`, {method: 'PUT'})

    expect(await errorOf(response)).toEqual({
      status: 400,
      code: 'BLOB_UPLOAD_INVALID',
      message: `The upload with id '${path.split('/').at(-1)}' in the repository with name 'app' in registry with id '111122223333' cannot be completed because it does not have any parts`,
    })
  })

  test('refuses chunks of less than 5 MiB before the last one', async () => {
    await using server = await start()
    const path = await begin(server)
    await send(server, path, 'hello')
    await send(server, path, ' world')

    expect(await errorOf(await server.fetch(`${path}?digest=${digest}`, {method: 'PUT'}))).toEqual({
      status: 400,
      code: 'BLOB_UPLOAD_INVALID',
      message: 'All layer parts except the last part should be at least 5MB',
    })
    expect((await server.fetch(`/blobs/${digest}`)).status).toBe(404)
  })

  test('refuses a chunk out of place and goes on from where it was', async () => {
    await using server = await start()
    const path = await begin(server)
    const query = `?digest=${digestOf(`${chunk}end`)}`
    await send(server, path, chunk, '0-5242879')

    const misplaced = [
      await send(server, path, 'end', '5242881-5242883'),
      await send(server, path, chunk, '0-5242879'),
      await server.fetch(path + query, {method: 'PUT', body: 'end', headers: {'content-range': '0-2'}}),
    ]
    for (const response of misplaced) {
      expect(response.headers.get('range')).toBe('0-5242879')
      expect(response.headers.get('location')).toContain(path)
      expect(await errorOf(response)).toMatchObject({status: 416, code: 'BLOB_UPLOAD_INVALID'})
    }

    await send(server, path, 'end', '5242880-5242882')
    expect((await server.fetch(path + query, {method: 'PUT'})).status).toBe(201)
  })

  test('keeps nothing when the digest does not match', async () => {
    await using server = await start()
    const path = await begin(server)

    const response = await server.fetch(`${path}?digest=${digest}`, {method: 'PUT', body: 'hello'})

    expect(await errorOf(response)).toEqual({
      status: 400,
      code: 'DIGEST_INVALID',
      message: `provided digest ${digest} did not match uploaded content`,
    })
    expect((await server.fetch(`/blobs/${digest}`)).status).toBe(404)
    expect((await server.fetch(path)).status).toBe(404)
  })

  test('forgets an upload that is cancelled', async () => {
    await using server = await start()
    const path = await begin(server)
    await send(server, path, 'hello')

    expect((await server.fetch(path, {method: 'DELETE'})).status).toBe(204)
    expect((await server.fetch(path)).status).toBe(404)
  })

  test('forgets an upload after an hour of silence', async () => {
    await using server = await start()
    const path = await begin(server)
    await server.clock.advance(hour - 1)
    expect((await server.fetch(path)).status).toBe(204)

    await server.clock.advance(hour - 1)
    expect((await server.fetch(path)).status).toBe(204)
    await server.clock.advance(hour)
    expect((await server.fetch(path)).status).toBe(404)
  })
})

test.each([
  ['', 'DIGEST_INVALID'],
  ['?digest=sha256:abc', 'DIGEST_INVALID'],
  ['?digest=sha512:abc', 'DIGEST_INVALID'],
])('refuses to complete with the digest "%s"', async (query, code) => {
  await using server = await startRegistry()
  const path = await begin(server)

  const response = await server.fetch(path + query, {method: 'PUT', body: 'hello world'})

  expect(await errorOf(response)).toMatchObject({status: 400, code})
})

test('refuses a chunk whose length contradicts its range', async () => {
  await using server = await startRegistry()
  const path = await begin(server)

  expect(await errorOf(await send(server, path, 'hello', '0-9'))).toMatchObject({status: 400, code: 'SIZE_INVALID'})
})

test('does not let another repository touch an upload', async () => {
  await using server = await startRegistry()
  server.registry.store.repositories.create(scope, 'other', 0)
  const path = await begin(server)

  const url = `${server.origin}/v2/111122223333/eu-west-1/other${path}`
  const response = await fetch(url, {headers: {authorization: server.authorization}})

  expect(response.status).toBe(404)
})

describe('mounting', () => {
  const mount = (server: RegistryServer, from: string): Promise<Response> =>
    fetch(`${server.origin}/v2/111122223333/eu-west-1/other/blobs/uploads/?mount=${digest}&from=${from}`, {
      method: 'POST',
      headers: {authorization: server.authorization},
    })

  test('shares a blob of another repository of the same registry', async () => {
    await using server = await startRegistry()
    server.registry.store.repositories.create(scope, 'other', 0)
    await server.push('hello world')

    const response = await mount(server, '111122223333/eu-west-1/app')

    expect(response.status).toBe(201)
    const location = response.headers.get('location')
    const blob = await fetch(server.origin + location, {headers: {authorization: server.authorization}})
    expect(await blob.text()).toBe('hello world')
  })

  test.each([
    ['a repository without it', '111122223333/eu-west-1/nothing'],
    ['another region', '111122223333/us-east-1/app'],
    ['nowhere', ''],
  ])('begins an upload when the blob is to come from %s', async (_, from) => {
    await using server = await startRegistry()
    const {repositories} = server.registry.store
    repositories.create(scope, 'other', 0)
    const elsewhere = repositories.create({...scope, region: 'us-east-1'}, 'app', 0)
    elsewhere.layers.push({digest, size: 11})

    const response = await mount(server, from)

    expect(response.status).toBe(202)
    expect(response.headers.get('location')).toContain('/other/blobs/uploads/')
  })
})

describe('when the client goes away', () => {
  /** Sends some bytes of a longer body, then breaks the connection once the registry has begun to receive. */
  async function abort(
    server: RegistryServer,
    method: string,
    path: string,
    received: () => Promise<void>,
  ): Promise<void> {
    const request = httpRequest({
      port: server.port,
      host: '127.0.0.1',
      method,
      path: `/v2/111122223333/eu-west-1/app${path}`,
      headers: {authorization: server.authorization, 'content-length': 1_000_000},
    })
    const closed = new Promise<void>((resolve) => request.on('close', resolve).on('error', () => resolve()))
    request.write('x'.repeat(300_000))
    await received()
    request.destroy()
    await closed
  }

  test.each(['PUT', 'PATCH'])('leaves nothing of an aborted %s', async (method) => {
    await using folder = await temporaryFolder()
    await using server = await startRegistry({blobsFolder: folder.path})
    const drafts = (): Promise<string[]> => readdir(join(folder.path, 'uploads'))
    const path = await begin(server)

    await abort(server, method, method === 'PUT' ? `${path}?digest=${digest}` : path, () =>
      expect.poll(drafts).toHaveLength(1),
    )

    await expect.poll(drafts).toEqual([])
    expect(await readdir(join(folder.path, 'sha256'))).toEqual([])
    if (method === 'PATCH') expect((await server.fetch(path)).headers.get('range')).toBe('0-0')
    else expect((await server.fetch(path)).status).toBe(404)
  })

  test('resumes from the chunk before', async () => {
    await using folder = await temporaryFolder()
    await using server = await startRegistry({blobsFolder: folder.path})
    const path = await begin(server)
    await send(server, path, chunk, '0-5242879')
    const id = path.split('/').at(-1) ?? ''
    const upload = server.registry.store.uploads.find(server.repository, id)

    await abort(server, 'PATCH', path, () => expect.poll(() => upload?.receiving).toBe(true))
    await expect.poll(() => upload?.receiving).toBe(false)
    const status = await server.fetch(path)
    const whole = `${chunk}end`
    const response = await server.fetch(`${path}?digest=${digestOf(whole)}`, {method: 'PUT', body: 'end'})

    expect(status.headers.get('range')).toBe('0-5242879')
    expect(response.status).toBe(201)
    expect((await (await server.fetch(`/blobs/${digestOf(whole)}`)).text()) === whole).toBe(true)
  })

  test('leaves nothing when the repository is deleted meanwhile', async () => {
    await using folder = await temporaryFolder()
    await using server = await startRegistry({blobsFolder: folder.path})
    const {store} = server.registry
    const path = await begin(server)
    await send(server, path, 'hello')

    releaseRepository(store, store.repositories.delete(scope, 'app', true))

    expect(await readdir(join(folder.path, 'uploads'))).toEqual([])
    expect(await errorOf(await server.fetch(path))).toMatchObject({status: 404, code: 'NAME_UNKNOWN'})
  })
})
