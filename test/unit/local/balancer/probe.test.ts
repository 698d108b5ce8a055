import {afterEach, describe, expect, test} from 'vitest'
import {probe} from '../../../../src/local/balancer/probe.js'
import {at, closedPort, loopbackServers} from './loopback.js'

const servers = loopbackServers()
afterEach(() => servers.close())

const options = {protocol: 'HTTP', authority: '10.0.0.5:80', path: '/up?x=1', matcher: '200', timeoutMs: 5_000}
const FAILED = {passed: false, reason: 'Target.FailedHealthChecks', description: 'Health checks failed'}
const TIMED_OUT = {passed: false, reason: 'Target.Timeout', description: 'Request timed out'}

describe('an HTTP check', () => {
  test('asks as the health checker of a load balancer', async () => {
    const seen: unknown[] = []
    const port = await servers.http(({method, url, headers}, response) => {
      seen.push({method, url, host: headers.host, agent: headers['user-agent']})
      response.end()
    })

    expect(await probe(at(port), options)).toEqual({passed: true})
    expect(seen).toEqual([{method: 'GET', url: '/up?x=1', host: '10.0.0.5:80', agent: 'ELB-HealthChecker/2.0'}])
  })

  test('names the code that it did not want', async () => {
    const port = await servers.http((_, response) => response.writeHead(500).end())

    expect(await probe(at(port), options)).toEqual({
      passed: false,
      reason: 'Target.ResponseCodeMismatch',
      description: 'Health checks failed with these codes: [500]',
    })
  })

  test('does not wait for the body', async () => {
    const port = await servers.http((_, response) => response.writeHead(200).write('and so on'))

    expect(await probe(at(port), options)).toEqual({passed: true})
  })

  test('times out when the target stays silent', async () => {
    const port = await servers.http(() => undefined)

    expect(await probe(at(port), {...options, timeoutMs: 30})).toEqual(TIMED_OUT)
  })

  test('fails when the target refuses', async () => {
    expect(await probe(at(await closedPort()), options)).toEqual(FAILED)
  })

  test('fails when the target hangs up', async () => {
    const port = await servers.tcp((socket) => socket.destroy())

    expect(await probe(at(port), options)).toEqual(FAILED)
  })

  test('times out when nobody has the address', async () => {
    expect(await probe(undefined, options)).toEqual(TIMED_OUT)
  })
})

describe('a TCP check', () => {
  test('needs a connection only', async () => {
    const port = await servers.tcp(() => undefined)

    expect(await probe(at(port), {...options, protocol: 'TCP'})).toEqual({passed: true})
  })

  test('passes a target that speaks first and hangs up', async () => {
    const port = await servers.tcp((socket) => socket.end('220 mail'))

    expect(await probe(at(port), {...options, protocol: 'TCP'})).toEqual({passed: true})
  })

  test('fails when the target refuses', async () => {
    expect(await probe(at(await closedPort()), {...options, protocol: 'TCP'})).toEqual(FAILED)
  })

  test('fails when a proxy takes the connection and finds nothing behind it', async () => {
    const port = await servers.tcp((socket) => socket.end())

    expect(await probe(at(port), {...options, protocol: 'TCP'})).toEqual(FAILED)
  })
})
