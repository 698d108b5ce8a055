import net from 'node:net'
import {describe, expect, test} from 'vitest'
import {OK} from '../services/elbv2/fixture.js'
import {balanced, servers, simulated} from './balanced.js'
import {ask, at} from './loopback.js'

async function echoing(port = 80) {
  const scene = await balanced({endpoints: {'10.0.0.1': simulated('app')}})
  scene.listen({Port: port})
  scene.register('10.0.0.1')
  const address = await scene.url(port)
  const seen = async (headers: Record<string, string> = {}): Promise<Record<string, string>> =>
    JSON.parse((await ask(address, {headers})).body).headers
  return {...scene, address, seen}
}

/** What comes back on a connection for bytes that no HTTP client would send. */
async function raw(address: string, text: string): Promise<string> {
  const {promise, resolve} = Promise.withResolvers<string>()
  let received = ''
  const socket = net.connect(Number(new URL(address).port), '127.0.0.1', () => socket.write(text))
  socket.on('data', (chunk: Buffer) => {
    received += chunk
  })
  socket.on('close', () => resolve(received))
  return promise
}

describe('X-Forwarded-For', () => {
  test.each([
    ['append', '203.0.113.1, 127.0.0.1'],
    ['preserve', '203.0.113.1'],
    ['remove', undefined],
  ])('in mode %s is %s', async (mode, expected) => {
    const {attribute, seen} = await echoing()
    attribute('routing.http.xff_header_processing.mode', mode)

    expect((await seen({'x-forwarded-for': '203.0.113.1'}))['x-forwarded-for']).toBe(expected)
  })

  test('has the port of the client where it is asked for', async () => {
    const {attribute, seen} = await echoing()
    attribute('routing.http.xff_client_port.enabled', 'true')

    expect((await seen())['x-forwarded-for']).toMatch(/^127\.0\.0\.1:\d+$/)
  })
})

describe('the Host header', () => {
  test.each([
    [80, 'shop.test:8080', 'shop.test'],
    [80, 'shop.test', 'shop.test'],
    [8080, 'shop.test', 'shop.test:8080'],
    [8080, 'shop.test:1', 'shop.test:1'],
  ])('at port %d, from %s, becomes %s', async (port, sent, expected) => {
    const {seen} = await echoing(port)

    expect((await seen({host: sent})).host).toBe(expected)
  })

  test('stays as it is where it is preserved, and where it names the socket', async () => {
    const {attribute, seen, address} = await echoing()
    const {host} = new URL(address)
    expect((await seen()).host).toBe(host)

    attribute('routing.http.preserve_host_header.enabled', 'true')

    expect((await seen({host: 'shop.test:1'})).host).toBe('shop.test:1')
  })
})

test('invalid header names go where they are to be dropped', async () => {
  const {attribute, seen} = await echoing()
  expect(await seen({'x_odd.name': '1'})).toHaveProperty(['x_odd.name'], '1')

  attribute('routing.http.drop_invalid_header_fields.enabled', 'true')

  expect(await seen({'x_odd.name': '1', 'x-fine': '1'})).not.toHaveProperty(['x_odd.name'])
  expect(await seen({'x-fine': '1'})).toHaveProperty('x-fine')
})

describe('X-Amzn-Trace-Id', () => {
  const id = '1-[0-9a-f]{8}-[0-9a-f]{24}'
  test.each([
    ['nothing', undefined, `^Root=${id}$`],
    ['a root', 'Root=1-67891233-abcdef012345678912345678', `^Self=${id};Root=1-67891233-abcdef012345678912345678$`],
    ['a root and more', 'Root=1-2-3;CalledFrom=app', `^Self=${id};Root=1-2-3;CalledFrom=app$`],
    ['another load balancer', 'Self=1-1-1;Root=1-2-3', `^Self=(?!1-1-1)${id};Root=1-2-3$`],
  ])('from %s is of the right form', async (_, sent, expected) => {
    const {seen} = await echoing()

    expect((await seen(sent === undefined ? {} : {'x-amzn-trace-id': sent}))['x-amzn-trace-id']).toMatch(
      new RegExp(expected),
    )
  })
})

describe('a request is refused', () => {
  const get = (path: string, ...headers: string[]) =>
    `GET ${path} HTTP/1.1\r\nhost: a\r\n${headers.join('\r\n')}\r\n\r\n`
  const close = 'connection: close'
  test.each([
    ['with 414 when its line is longer than 16 K', get(`/${'a'.repeat(16_384)}`, close), 414],
    ['with 400 when a header is longer than 16 K', get('/', `x: ${'a'.repeat(16_384)}`, close), 400],
    [
      'with 400 when its headers are longer than 64 K',
      get('/', ...Array.from({length: 5}, (_, index) => `x${index}: ${'a'.repeat(15_000)}`), close),
      400,
    ],
    ['with 400 without a host', 'GET / HTTP/1.1\r\nconnection: close\r\n\r\n', 400],
    ['with 400 when it is no HTTP', 'HELLO\r\n\r\n', 400],
    ['with 405 when it traces', `TRACE / HTTP/1.1\r\nhost: a\r\n${close}\r\n\r\n`, 405],
    [
      'with 463 when more than 30 proxies passed it on',
      get('/', `x-forwarded-for: ${Array(31).fill('10.0.0.1')}`, close),
      463,
    ],
    ['with 501 for an unknown transfer encoding', `POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: gzip\r\n\r\n`, 501],
  ])('%s', async (_, text, status) => {
    const {listen, url} = await balanced()
    listen({DefaultActions: [OK]})

    const answer = await raw(await url(), text)

    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer).toContain('server: awselb/2.0')
  })
})

test.each([
  ['a line of 16 K less a little', `/${'a'.repeat(16_000)}`, {}],
  [
    '60 K of headers',
    '/',
    Object.fromEntries(Array.from({length: 4}, (_, index) => [`x${index}`, 'a'.repeat(15_000)])),
  ],
])('%s is no problem', async (_, path, headers) => {
  const {listen, url} = await balanced()
  listen({DefaultActions: [OK]})

  expect((await ask(await url(), {path, headers})).status).toBe(200)
})

test('HTTP/1.0 needs no host, and gets the answer without chunks on a connection that ends', async () => {
  const port = await servers.http((_, response) => {
    response.write('in ')
    response.end('parts')
  })
  const {register, listen, url} = await balanced({endpoints: {'10.0.0.1': at(port)}})
  listen()
  register('10.0.0.1')

  const answer = await raw(await url(), 'GET / HTTP/1.0\r\n\r\n')

  expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  expect(answer.endsWith('\r\n\r\nin parts')).toBe(true)
})

test('an offer of another protocol than WebSocket is passed over', async () => {
  const seen: (string | undefined)[] = []
  const port = await servers.http(({headers}, response) => {
    seen.push(headers.upgrade)
    response.end('plain')
  })
  const {register, listen, url} = await balanced({endpoints: {'10.0.0.1': at(port)}})
  listen()
  register('10.0.0.1')

  const reply = await ask(await url(), {headers: {connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c'}})

  expect(reply).toMatchObject({status: 200, body: 'plain'})
  expect(seen).toEqual([undefined])
})

test('HEAD has the length of the answer and no body', async () => {
  const port = await servers.http((_, response) => response.writeHead(200, {'content-length': '5'}).end('hello'))
  const {register, listen, url} = await balanced({endpoints: {'10.0.0.1': at(port)}})
  listen()
  register('10.0.0.1')

  expect(await ask(await url(), {method: 'HEAD'})).toMatchObject({
    status: 200,
    body: '',
    headers: {'content-length': '5'},
  })
})

test('an absolute request target is taken apart, as a proxy must', async () => {
  const {address} = await echoing()

  const answer = await raw(address, 'GET http://shop.test/a?b HTTP/1.1\r\nhost: other\r\nconnection: close\r\n\r\n')

  expect(JSON.parse(/^\{.*\}$/m.exec(answer)?.[0] ?? '')).toMatchObject({
    path: '/a?b',
    headers: {host: 'shop.test'},
  })
})
