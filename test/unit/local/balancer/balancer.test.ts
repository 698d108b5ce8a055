import http from 'node:http'
import net from 'node:net'
import {describe, expect, test} from 'vitest'
import {arnOf, CERTIFICATE, must, OK} from '../services/elbv2/fixture.js'
import {balanced, during, servers, simulated} from './balanced.js'
import {ask, at, closedPort} from './loopback.js'

describe('an application load balancer on loopback', () => {
  test('forwards to a server and tells it of the client', async () => {
    const port = await servers.http((request, response) => {
      response.end(JSON.stringify({url: request.url, headers: request.headers}))
    })
    const {register, listen, url} = await balanced({endpoints: {'10.0.0.1': at(port)}})
    listen()
    register('10.0.0.1')

    const reply = await ask(await url(), {path: '/a?b', headers: {host: 'shop.test', 'x-forwarded-for': '192.0.2.1'}})

    expect(JSON.parse(reply.body)).toMatchObject({
      url: '/a?b',
      headers: {
        host: 'shop.test',
        'x-forwarded-for': '192.0.2.1, 127.0.0.1',
        'x-forwarded-proto': 'http',
        'x-forwarded-port': '80',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      },
    })
  })

  test('lets simulated targets answer, in turn', async () => {
    const {register, listen, url} = await balanced({
      endpoints: {'10.0.0.1': simulated('a'), '10.0.0.2': simulated('b')},
    })
    listen()
    register('10.0.0.1', '10.0.0.2')
    const address = await url()

    const names: string[] = []
    for (let request = 0; request < 4; request++) names.push(JSON.parse((await ask(address)).body).name)

    expect(names).toEqual(['a', 'b', 'a', 'b'])
  })

  test('answers 503 without a target, and 504 after ten seconds when nobody has its address', async () => {
    const {clock, register, listen, url} = await balanced()
    listen()
    const address = await url()

    const empty = await ask(address)
    register('10.0.0.9')
    const start = clock.now()
    const gone = await during(clock, ask(address))

    expect([empty.status, gone.status]).toEqual([503, 504])
    expect(empty.body).toContain('503 Service Temporarily Unavailable')
    expect(clock.now() - start).toBeGreaterThanOrEqual(10_000)
  })

  test('answers 502 when a target refuses', async () => {
    const {register, listen, url} = await balanced({endpoints: {'10.0.0.1': at(await closedPort())}})
    listen()
    register('10.0.0.1')

    expect((await ask(await url())).status).toBe(502)
  })

  test('sends a draining target nothing new', async () => {
    const {clock, elb, group, register, listen, url} = await balanced({
      endpoints: {'10.0.0.1': simulated('old'), '10.0.0.2': simulated('new')},
    })
    listen()
    register('10.0.0.1', '10.0.0.2')
    await clock.advance(2_000)
    elb.call('deregisterTargets', {TargetGroupArn: group, Targets: [{Id: '10.0.0.1'}]})
    const address = await url()

    const names = [JSON.parse((await ask(address)).body).name, JSON.parse((await ask(address)).body).name]

    expect(names).toEqual(['new', 'new'])
  })

  test('follows rules as soon as they are there', async () => {
    const {elb, register, listen, url} = await balanced({endpoints: {'10.0.0.1': simulated('app')}})
    const ListenerArn = listen()
    register('10.0.0.1')
    const address = await url()
    expect((await ask(address, {path: '/admin'})).status).toBe(200)

    arnOf.rule(elb, {
      ListenerArn,
      Priority: 1,
      Conditions: [{Field: 'path-pattern', Values: ['/admin*']}],
      Actions: [
        {
          Type: 'fixed-response',
          FixedResponseConfig: {StatusCode: '403', ContentType: 'application/json', MessageBody: '{"no":1}'},
        },
      ],
    })

    const reply = await ask(address, {path: '/admin'})
    expect(reply).toMatchObject({status: 403, body: '{"no":1}', headers: {'content-type': 'application/json'}})
    expect((await ask(address, {path: '/'})).status).toBe(200)
  })

  test('sends a redirected client to the socket that stands for the port', async () => {
    const {listen, url} = await balanced()
    const redirect = {
      Type: 'redirect' as const,
      RedirectConfig: {Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_302' as const},
    }
    listen({DefaultActions: [redirect]})
    listen({Protocol: 'HTTPS', Port: 443, Certificates: [{CertificateArn: CERTIFICATE}], DefaultActions: [OK]})
    const plain = await url(80)

    const local = await ask(plain, {path: '/a?b=c'})
    const named = await ask(plain, {path: '/a?b=c', headers: {host: 'shop.test'}})

    expect(local).toMatchObject({status: 302, headers: {location: `${await url(443)}/a?b=c`}})
    expect(named.headers.location).toBe('https://shop.test:443/a?b=c')
  })

  test('passes an upgrade to WebSocket through', async () => {
    const server = http.createServer()
    server.on('upgrade', ({headers}, socket) => {
      socket.write(`HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: ${headers.upgrade}\r\n\r\n`)
      socket.pipe(socket)
    })
    const {register, listen, url} = await balanced({endpoints: {'10.0.0.1': at(await servers.server(server))}})
    listen()
    register('10.0.0.1')
    const upgraded = Promise.withResolvers<string>()
    const request = http.get(await url(), {headers: {connection: 'Upgrade', upgrade: 'websocket'}})

    request.on('upgrade', (response, socket) => {
      socket.write('ping')
      socket.once('data', (chunk: Buffer) => {
        upgraded.resolve(`${response.headers.upgrade} ${chunk}`)
        socket.destroy()
      })
    })

    expect(await upgraded.promise).toBe('websocket ping')
  })

  test('refuses an upgrade without a target', async () => {
    const {listen, url} = await balanced()
    listen()

    const reply = await ask(await url(), {headers: {connection: 'Upgrade', upgrade: 'websocket'}})

    expect(reply.status).toBe(503)
  })
})

describe('a network load balancer on loopback', () => {
  test('joins client and target', async () => {
    const port = await servers.tcp((socket) => socket.on('data', (chunk) => socket.end(`echo ${chunk}`)))
    const {register, listen, elb, LoadBalancerArn} = await balanced({
      type: 'network',
      endpoints: {'10.0.0.1': at(port)},
    })
    listen()
    register('10.0.0.1')
    await elb.balancer.ready()
    const address = must(elb.balancer.address(LoadBalancerArn, 80))

    const answer = Promise.withResolvers<string>()
    const socket = net.connect({host: address.host, port: address.port}, () => socket.write('hello'))
    socket.once('data', (chunk) => answer.resolve(chunk.toString()))

    expect(address.url).toBe(`tcp://127.0.0.1:${address.port}`)
    expect(await answer.promise).toBe('echo hello')
  })

  test('lets a simulated target answer HTTP', async () => {
    const {register, listen, url} = await balanced({type: 'network', endpoints: {'10.0.0.1': simulated('app')}})
    listen()
    register('10.0.0.1')

    const reply = await ask((await url()).replace('tcp:', 'http:'), {path: '/x', headers: {'X-Mine': '1'}})

    expect(JSON.parse(reply.body)).toMatchObject({name: 'app', method: 'GET', path: '/x', headers: {'x-mine': '1'}})
  })

  test('cuts a connection that goes nowhere', async () => {
    const {listen, url} = await balanced({type: 'network'})
    listen()

    await expect(ask((await url()).replace('tcp:', 'http:'))).rejects.toThrow()
  })
})
