import http from 'node:http'
import type net from 'node:net'
import {describe, expect, test} from 'vitest'
import {balanced, servers} from './balanced.js'
import {ask, at} from './loopback.js'

/** A target that answers when it is told to, and tells of its connections. */
async function slowTarget() {
  const arrived = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<void>()
  const sockets: net.Socket[] = []
  const server = http.createServer(async ({url}, response) => {
    if (url === '/slow') {
      arrived.resolve()
      await answer.promise
    }
    response.end('done')
  })
  server.keepAliveTimeout = 0
  server.on('connection', (socket) => sockets.push(socket))
  server.on('upgrade', (_, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n')
    socket.on('error', () => socket.destroy())
  })
  const port = await servers.server(server)
  return {port, arrived: arrived.promise, answer: answer.resolve, sockets}
}

async function drainingScene() {
  const target = await slowTarget()
  const scene = await balanced({endpoints: {'10.0.0.1': at(target.port)}})
  scene.listen()
  scene.groupAttribute('deregistration_delay.timeout_seconds', '30')
  scene.register('10.0.0.1')
  const address = await scene.url()
  const deregister = () =>
    scene.elb.call('deregisterTargets', {TargetGroupArn: scene.group, Targets: [{Id: '10.0.0.1'}]})
  return {...scene, target, address, deregister}
}

const closed = (socket: net.Socket | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (socket === undefined || socket.destroyed) resolve()
    else socket.once('close', () => resolve())
  })

describe('a target that is deregistered', () => {
  test('finishes the request that it is busy with, and takes no more', async () => {
    const {target, address, deregister, clock} = await drainingScene()
    const slow = ask(address, {path: '/slow'})
    await target.arrived
    deregister()
    await clock.advance(29_000)

    const refused = await ask(address)
    target.answer()

    expect(refused.status).toBe(503)
    expect(await slow).toMatchObject({status: 200, body: 'done'})
    await closed(target.sockets[0])
  })

  test('loses its idle connections at once', async () => {
    const {target, address, deregister} = await drainingScene()
    await ask(address)
    await ask(address)
    expect(target.sockets).toHaveLength(1)
    const end = closed(target.sockets[0])

    deregister()

    await expect(end).resolves.toBeUndefined()
  })

  test('is cut off from a request that lasts longer than the delay, for which the client gets 502', async () => {
    const {target, address, deregister, clock} = await drainingScene()
    const slow = ask(address, {path: '/slow'})
    await target.arrived
    const end = closed(target.sockets[0])
    deregister()

    await clock.advance(30_000)

    expect((await slow).status).toBe(502)
    await end
  })

  test('keeps a WebSocket until the delay is over', async () => {
    const {address, deregister, clock} = await drainingScene()
    const upgraded = Promise.withResolvers<net.Socket>()
    const request = http.get(address, {headers: {connection: 'Upgrade', upgrade: 'websocket'}})
    request.on('upgrade', (_, socket) => upgraded.resolve(socket))
    const socket = await upgraded.promise
    const end = closed(socket)

    deregister()
    await clock.advance(29_999)
    expect(socket.destroyed).toBe(false)
    await clock.advance(1)

    await expect(end).resolves.toBeUndefined()
  })

  test('is in use again when it is registered again while it drains', async () => {
    const {target, address, deregister, clock, register} = await drainingScene()
    const slow = ask(address, {path: '/slow'})
    await target.arrived
    deregister()
    register('10.0.0.1')
    await clock.advance(60_000)

    expect((await ask(address)).status).toBe(200)
    target.answer()
    expect((await slow).status).toBe(200)
  })
})

test('a rolling replacement under continuous requests loses none', async () => {
  const target = (name: string) => {
    const server = http.createServer(async (request, response) => {
      for await (const _ of request);
      response.end(name)
    })
    return servers.server(server)
  }
  const names = ['a1', 'a2', 'b1', 'b2', 'c1', 'c2']
  const ports = await Promise.all(names.map(target))
  const addressOf = (index: number) => `10.0.0.${index + 1}`
  const scene = await balanced({
    endpoints: Object.fromEntries(ports.map((port, index) => [addressOf(index), at(port)])),
  })
  const {clock, elb, group, register, listen, url, groupAttribute} = scene
  listen()
  groupAttribute('deregistration_delay.timeout_seconds', '5')
  register(addressOf(0), addressOf(1))
  await clock.advance(3_000)
  const address = await url()
  const statuses = new Map<number, number>()
  const answers = new Set<string>()
  let stop = false
  const client = async (method: string) => {
    const agent = new http.Agent({keepAlive: true, maxSockets: 1})
    while (!stop) {
      const {promise, resolve, reject} = Promise.withResolvers<void>()
      const request = http.request(address, {method, agent}, (response) => {
        const {statusCode = 0} = response
        statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1)
        response.on('data', (chunk) => answers.add(String(chunk)))
        response.on('end', resolve)
        response.on('error', reject)
      })
      request.on('error', reject)
      request.end(method === 'POST' ? 'body' : undefined)
      await promise
    }
    agent.destroy()
  }
  const clients = ['GET', 'GET', 'POST', 'DELETE'].map(client)

  for (const next of [2, 4]) {
    register(addressOf(next), addressOf(next + 1))
    for (let second = 0; second < 5; second++) await clock.advance(1_000)
    const Targets = [next - 2, next - 1].map((index) => ({Id: addressOf(index)}))
    elb.call('deregisterTargets', {TargetGroupArn: group, Targets})
    for (let second = 0; second < 10; second++) await clock.advance(1_000)
  }
  await expect.poll(() => answers.size).toBe(6)
  stop = true
  await Promise.all(clients)

  expect([...statuses.keys()]).toEqual([200])
  expect(statuses.get(200)).toBeGreaterThan(20)
})
