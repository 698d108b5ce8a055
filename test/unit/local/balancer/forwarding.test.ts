import http from 'node:http'
import {afterEach, describe, expect, test} from 'vitest'
import type {ForwardOptions} from '../../../../src/local/balancer/forwarding.js'
import {forwardRequest} from '../../../../src/local/balancer/forwarding.js'
import {endToEnd, headersFromRaw} from '../../../../src/local/balancer/headers.js'
import {TargetPool} from '../../../../src/local/balancer/target-pool.js'
import {ask, closedPort, loopbackServers} from './loopback.js'

const servers = loopbackServers()
let pool = new TargetPool()
afterEach(async () => {
  pool.close()
  pool = new TargetPool()
  await servers.close()
})

/** The URL of a proxy that forwards everything to a port. */
async function proxyTo(port: number, change: Partial<ForwardOptions> = {}): Promise<string> {
  const proxy = await servers.http((incoming, outgoing) =>
    forwardRequest(incoming, outgoing, {
      host: '127.0.0.1',
      port,
      secure: false,
      path: incoming.url ?? '/',
      pool,
      target: {groupArn: 'group', id: '10.0.0.1', port: 80},
      rules: {set: {}, hidesServer: false},
      cookies: () => [],
      headers: endToEnd(headersFromRaw(incoming.rawHeaders)),
      idleTimeoutMs: 10_000,
      ...change,
    }),
  )
  return `http://127.0.0.1:${proxy}`
}

describe('forwardRequest', () => {
  test('passes method, path, body, status, repeated headers and answer through', async () => {
    const target = await servers.http(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      response.writeHead(201, 'Made', ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'X-Kind', 'Test'])
      response.end(`${request.method} ${request.url} ${request.headers['x-mine']} ${body}`)
    })

    const reply = await ask(await proxyTo(target), {
      method: 'POST',
      path: '/items?a=%20b',
      headers: {'X-Mine': 'yes', 'content-type': 'text/plain'},
      body: 'hello',
    })

    expect(reply).toMatchObject({status: 201, body: 'POST /items?a=%20b yes hello'})
    expect(reply.headers['set-cookie']).toEqual(['a=1', 'b=2'])
    expect(reply.headers['x-kind']).toBe('Test')
  })

  test('keeps headers of one connection to that connection', async () => {
    const seen: http.IncomingHttpHeaders[] = []
    const target = await servers.http(({headers}, response) => {
      seen.push(headers)
      response.end()
    })

    await ask(await proxyTo(target), {headers: {connection: 'close, x-secret', 'x-secret': '1', te: 'trailers'}})

    expect(seen[0]).not.toHaveProperty('x-secret')
    expect(seen[0]).not.toHaveProperty('te')
  })

  test('passes a chunked body of a DELETE on', async () => {
    const target = await servers.http(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      response.end(body)
    })

    const reply = await ask(await proxyTo(target), {
      method: 'DELETE',
      headers: {'transfer-encoding': 'chunked'},
      body: 'these',
    })

    expect(reply.body).toBe('these')
  })

  test('streams: the client has the first part before the target has written the last', async () => {
    const firstSeen = Promise.withResolvers<void>()
    const target = await servers.http(async (_, response) => {
      response.write('first')
      await firstSeen.promise
      response.end(' last')
    })
    const url = await proxyTo(target)

    const response = await fetch(url)
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    const first = await reader?.read()
    firstSeen.resolve()
    const last = await reader?.read()

    expect([first?.value, last?.value]).toEqual(['first', ' last'])
  })

  test('answers 502 when the target refuses the connection', async () => {
    const reply = await ask(await proxyTo(await closedPort()))

    expect(reply).toMatchObject({status: 502, headers: {server: 'awselb/2.0', 'content-type': 'text/html'}})
    expect(reply.body).toContain('502 Bad Gateway')
  })

  test('answers 502 when the target hangs up before it answers', async () => {
    const target = await servers.tcp((socket) => socket.once('data', () => socket.destroy()))

    expect((await ask(await proxyTo(target))).status).toBe(502)
  })

  test('answers 502 when the target speaks something else', async () => {
    const target = await servers.tcp((socket) => socket.end('SSH-2.0-OpenSSH\r\n'))

    expect((await ask(await proxyTo(target))).status).toBe(502)
  })

  test('answers 504 when the target stays silent', async () => {
    const target = await servers.http(() => undefined)

    const reply = await ask(await proxyTo(target, {idleTimeoutMs: 30}))

    expect(reply.status).toBe(504)
    expect(reply.body).toContain('504 Gateway Time-out')
  })

  test('breaks the connection of the client when the target breaks off in the middle', async () => {
    const target = await servers.http((_, response) => {
      response.writeHead(200, {'content-length': '100'})
      response.write('half', () => response.destroy())
    })

    await expect(ask(await proxyTo(target))).rejects.toThrow()
  })

  test('lets go of the target when the client leaves', async () => {
    const left = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    const target = await servers.http((_, response) => {
      response.on('close', left.resolve)
      asked.resolve()
    })
    const request = http.get(await proxyTo(target))
    request.on('error', () => undefined)
    await asked.promise

    request.destroy()

    await expect(left.promise).resolves.toBeUndefined()
  })
})
