import http from 'node:http'
import type net from 'node:net'
import {describe, expect, test} from 'vitest'
import {balanced, servers} from './balanced.js'
import {ask, at} from './loopback.js'

/** A balanced target that counts its connections. */
async function counted(listener: http.RequestListener) {
  const sockets: net.Socket[] = []
  const server = http.createServer(listener)
  server.keepAliveTimeout = 0
  server.on('connection', (socket) => sockets.push(socket))
  const scene = await balanced({endpoints: {'10.0.0.1': at(await servers.server(server))}})
  scene.listen()
  scene.register('10.0.0.1')
  return {...scene, sockets, address: await scene.url()}
}

describe('connections to targets', () => {
  test('are used again', async () => {
    const {address, sockets} = await counted((_, response) => response.end('ok'))

    for (let request = 0; request < 5; request++) expect((await ask(address)).status).toBe(200)

    expect(sockets).toHaveLength(1)
  })

  test('that the target closes under a request are no 502 for what can be sent again', async () => {
    let requests = 0
    const {address} = await counted(({socket}, response) => {
      requests += 1
      // The second request meets a target that has just decided to close its idle connection.
      if (requests === 2) socket.destroy()
      else response.end('ok')
    })

    const statuses = [(await ask(address)).status, (await ask(address)).status]

    expect(statuses).toEqual([200, 200])
    expect(requests).toBe(3)
  })

  test('are new for what cannot be sent again', async () => {
    const {address, sockets} = await counted((request, response) =>
      request.on('data', () => undefined).on('end', () => response.end()),
    )

    for (let request = 0; request < 3; request++) await ask(address, {method: 'POST', body: 'x'})

    expect(sockets).toHaveLength(3)
  })

  test('that break on a new connection are a 502, and are not tried again', async () => {
    let requests = 0
    const {address} = await counted(({socket}) => {
      requests += 1
      socket.destroy()
    })

    expect((await ask(address)).status).toBe(502)
    expect(requests).toBe(1)
  })
})

describe('connections of clients', () => {
  test('stay open, without word of for how long', async () => {
    const {address} = await counted((_, response) => response.end('ok'))
    const agent = new http.Agent({keepAlive: true})
    const once = () =>
      new Promise<{reused: boolean; headers: http.IncomingHttpHeaders}>((resolve, reject) => {
        const request = http.get(address, {agent}, ({headers}) => resolve({reused: request.reusedSocket, headers}))
        request.on('response', (response) => response.resume())
        request.on('error', reject)
      })

    await once()
    await expect.poll(() => Object.keys(agent.freeSockets)).toHaveLength(1)
    const second = await once()

    expect(second).toMatchObject({reused: true, headers: {connection: 'keep-alive'}})
    expect(second.headers).not.toHaveProperty('keep-alive')
    agent.destroy()
  })

  test('end after the keep-alive duration of the load balancer', async () => {
    const {address, clock, attribute} = await counted((_, response) => response.end('ok'))
    attribute('client_keep_alive.seconds', '60')
    const agent = new http.Agent({keepAlive: true})
    const connection = () =>
      new Promise<string | undefined>((resolve, reject) => {
        const request = http.get(address, {agent}, (response) => {
          response.on('end', () => resolve(response.headers.connection)).resume()
        })
        request.on('error', reject)
      })

    expect(await connection()).toBe('keep-alive')
    await clock.advance(60_000)
    await expect.poll(() => Object.keys(agent.freeSockets)).toHaveLength(1)
    expect(await connection()).toBe('close')
    agent.destroy()
  })
})

describe('answers that are none', () => {
  test.each([['a header that is too large', {'x-large': 'a'.repeat(33_000)}]])(
    'with %s are a 502',
    async (_, headers) => {
      const {address} = await counted((_request, response) => response.writeHead(200, headers).end('ok'))

      expect((await ask(address)).status).toBe(502)
    },
  )

  test.each([
    ['an impossible status', 'HTTP/1.1 000 Nothing\r\ncontent-length: 0\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
    ['a control character in a header', 'HTTP/1.1 200 OK\r\nx: a\u0001b\r\ncontent-length: 0\r\n\r\n'],
  ])('with %s are a 502', async (_, text) => {
    const port = await servers.tcp((socket) => socket.once('data', () => socket.end(text)))
    const {register, listen, url} = await balanced({endpoints: {'10.0.0.1': at(port)}})
    listen()
    register('10.0.0.1')

    expect((await ask(await url())).status).toBe(502)
  })

  test('an answer before the end of the request reaches the client', async () => {
    const {address} = await counted((_, response) => response.writeHead(413, {connection: 'close'}).end('too large'))

    const reply = await ask(address, {method: 'POST', headers: {'content-length': '100000'}, body: 'x'.repeat(100_000)})

    expect(reply).toMatchObject({status: 413, body: 'too large'})
  })
})
