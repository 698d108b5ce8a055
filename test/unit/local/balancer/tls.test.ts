import http from 'node:http'
import https from 'node:https'
import tls from 'node:tls'
import {describe, expect, test} from 'vitest'
import type {CertificatesPort} from '../../../../src/local/ports.js'
import {authority, leaf} from '../services/acm/materials.js'
import {must, OK, refusal} from '../services/elbv2/fixture.js'
import {balanced, servers, simulated} from './balanced.js'
import {ask, at} from './loopback.js'

const root = authority('Test Root')
const materials = {
  standard: leaf(['default.test'], root, {kind: 'rsa'}),
  shop: leaf(['shop.test'], root, {kind: 'rsa'}),
  shopWithCurve: leaf(['shop.test', 'www.shop.test'], root),
  wild: leaf(['*.wild.test'], root),
}
type Name = keyof typeof materials
const arn = (name: string) => `arn:aws:acm:us-east-1:000000000000:certificate/${name}`
const certificates: CertificatesPort = {
  find(_, wanted) {
    const found = Object.entries(materials).find(([name]) => arn(name) === wanted)?.[1]
    if (wanted === arn('pending')) return {status: 'PENDING_VALIDATION'}
    return (
      found && {status: 'ISSUED', certificate: found.certificate, privateKey: found.privateKey, chain: root.certificate}
    )
  },
}
const named = (...names: Name[]) => names.map((name) => ({CertificateArn: arn(name)}))
const HTTPS = {Protocol: 'HTTPS', Port: 443, Certificates: named('standard')} as const

/** The certificate that a listener shows to a client that asks for a host, or for none. */
function shown(url: string, servername?: string, options: tls.ConnectionOptions = {}): Promise<string> {
  const {port} = new URL(url)
  const {promise, resolve, reject} = Promise.withResolvers<string>()
  const socket = tls.connect({
    host: '127.0.0.1',
    port: Number(port),
    ca: root.certificate,
    checkServerIdentity: () => undefined,
    ...(servername !== undefined && {servername}),
    ...options,
  })
  socket.on('secureConnect', () => {
    const {subjectaltname = '', asn1Curve} = socket.getPeerCertificate() as tls.PeerCertificate & {asn1Curve?: string}
    resolve(`${subjectaltname}${asn1Curve === undefined ? '' : ` ${asn1Curve}`}`)
    socket.destroy()
  })
  socket.on('error', reject)
  return promise
}

/** Asks over TLS as a client that trusts the authority and knows the listener by a host name. */
function askSecurely(
  url: string,
  host: string,
  headers: Record<string, string> = {},
): Promise<{status: number; body: string}> {
  const {promise, resolve, reject} = Promise.withResolvers<{status: number; body: string}>()
  const {port} = new URL(url)
  const request = https.get(
    {host: '127.0.0.1', port, servername: host, headers: {host, ...headers}, ca: root.certificate, agent: false},
    (response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => resolve({status: response.statusCode ?? 0, body}))
    },
  )
  request.on('error', reject)
  return promise
}

describe('an HTTPS listener', () => {
  test('serves clients that trust the authority, and tells targets of it', async () => {
    const {register, listen, url, attribute} = await balanced({certificates, endpoints: {'10.0.0.1': simulated('app')}})
    listen(HTTPS)
    register('10.0.0.1')
    attribute('routing.http.x_amzn_tls_version_and_cipher_suite.enabled', 'true')
    const address = await url(443)

    const {status, body} = await askSecurely(address, 'default.test')

    expect(address).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    expect(status).toBe(200)
    expect(JSON.parse(body).headers).toMatchObject({
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
      'x-amzn-tls-version': 'TLSv1.2',
      'x-amzn-tls-cipher-suite': 'ECDHE-RSA-AES128-GCM-SHA256',
    })
  })

  test.each([
    ['the default one without a name', undefined, 'DNS:default.test'],
    ['the default one for a name that none has', 'other.test', 'DNS:default.test'],
    ['the one with a curve of two for one name', 'shop.test', 'DNS:shop.test, DNS:www.shop.test prime256v1'],
    ['one with a wildcard', 'a.wild.test', 'DNS:*.wild.test prime256v1'],
    ['the default one where the wildcard stands for two labels', 'a.b.wild.test', 'DNS:default.test'],
  ])('shows %s', async (_, host, expected) => {
    const {elb, listen, url} = await balanced({certificates})
    const ListenerArn = listen({...HTTPS, DefaultActions: [OK]})
    elb.call('addListenerCertificates', {ListenerArn, Certificates: named('shop', 'shopWithCurve', 'wild')})

    expect(await shown(await url(443), host)).toBe(expected)
  })

  test('shows another certificate as soon as it is changed, on the same socket', async () => {
    const {elb, listen, url} = await balanced({certificates})
    const ListenerArn = listen({...HTTPS, DefaultActions: [OK]})
    const address = await url(443)
    expect(await shown(address)).toBe('DNS:default.test')

    elb.call('modifyListener', {ListenerArn, Certificates: named('shop')})

    expect(await shown(address)).toBe('DNS:shop.test')
    expect(await url(443)).toBe(address)
  })

  test('offers the versions of its policy', async () => {
    const {elb, listen, url} = await balanced({certificates})
    const ListenerArn = listen({...HTTPS, DefaultActions: [OK]})
    const address = await url(443)
    await expect(shown(address, undefined, {minVersion: 'TLSv1.3'})).rejects.toThrow(/protocol version/)

    elb.call('modifyListener', {ListenerArn, SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06'})

    expect(await shown(address, undefined, {minVersion: 'TLSv1.3'})).toBe('DNS:default.test')
    await expect(shown(address, undefined, {maxVersion: 'TLSv1.2'})).rejects.toThrow(/protocol version/)
  })

  test('tells a client that speaks plain HTTP', async () => {
    const {listen, url} = await balanced({certificates})
    listen({...HTTPS, DefaultActions: [OK]})

    const reply = await ask((await url(443)).replace('https:', 'http:'))

    expect(reply).toMatchObject({
      status: 400,
      body: expect.stringContaining('plain HTTP request was sent to HTTPS port'),
    })
  })

  test('becomes an HTTP listener and back without a new socket', async () => {
    const {elb, listen, url} = await balanced({certificates})
    const ListenerArn = listen({...HTTPS, DefaultActions: [OK]})
    const {port} = new URL(await url(443))

    elb.call('modifyListener', {ListenerArn, Protocol: 'HTTP'})
    expect(await url(443)).toBe(`http://127.0.0.1:${port}`)
    expect((await ask(await url(443))).body).toBe('ok')
    elb.call('modifyListener', {ListenerArn, Protocol: 'HTTPS', Certificates: named('standard')})
    expect((await askSecurely(await url(443), 'default.test')).body).toBe('ok')
  })

  test('passes WebSockets through', async () => {
    const server = http.createServer()
    server.on('upgrade', ({headers}, socket) => {
      socket.write(`HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n`)
      socket.write(`${headers['x-forwarded-proto']}`)
    })
    const port = await servers.server(server)
    const {register, listen, url} = await balanced({certificates, endpoints: {'10.0.0.1': at(port)}})
    listen(HTTPS)
    register('10.0.0.1')
    const heard = Promise.withResolvers<string>()
    const request = https.get({
      port: new URL(await url(443)).port,
      servername: 'default.test',
      ca: root.certificate,
      headers: {connection: 'Upgrade', upgrade: 'websocket'},
    })
    request.on('upgrade', (_, socket, head) => {
      if (head.length > 0) heard.resolve(head.toString())
      socket.once('data', (chunk: Buffer) => heard.resolve(chunk.toString()))
      socket.on('error', () => undefined)
    })

    expect(await heard.promise).toBe('https')
  })

  test.each([
    ['one of another region', arn('shop').replace('us-east-1', 'eu-west-1'), 'CertificateNotFound'],
    ['one that is not there', arn('none'), 'CertificateNotFound'],
    ['one of IAM, which is not there either', 'arn:aws:iam::000000000000:server-certificate/x', 'CertificateNotFound'],
    ['one that is not issued yet', arn('pending'), 'UnsupportedCertificate'],
  ])('is refused with %s', async (_, CertificateArn, code) => {
    const {listen} = await balanced({
      certificates: {
        find: (scope, wanted) => (wanted.includes(scope.region) ? certificates.find(scope, wanted) : undefined),
      },
    })

    expect(refusal(() => listen({...HTTPS, Certificates: [{CertificateArn}]})).code).toBe(code)
  })

  test('makes its certificates ones in use', async () => {
    const {elb, listen, LoadBalancerArn} = await balanced({certificates})
    const ListenerArn = listen({...HTTPS, DefaultActions: [OK]})
    elb.call('addListenerCertificates', {ListenerArn, Certificates: named('wild')})
    const users = (name: Name) => elb.certificateUses.usersOf({account: '000000000000', region: 'us-east-1'}, arn(name))

    expect([users('standard'), users('wild'), users('shop')]).toEqual([[LoadBalancerArn], [LoadBalancerArn], []])
    elb.call('deleteListener', {ListenerArn})
    expect(users('standard')).toEqual([])
  })
})

test('a TLS listener of a network load balancer ends TLS', async () => {
  const port = await servers.tcp((socket) => socket.on('data', (chunk) => socket.end(`plain ${chunk}`)))
  const {elb, register, listen, LoadBalancerArn} = await balanced({
    certificates,
    type: 'network',
    endpoints: {'10.0.0.1': at(port)},
  })
  listen({Protocol: 'TLS', Port: 443, Certificates: named('standard'), AlpnPolicy: ['HTTP2Preferred']})
  register('10.0.0.1')
  await elb.balancer.ready()
  const heard = Promise.withResolvers<string>()
  const socket = tls.connect({
    port: must(elb.balancer.address(LoadBalancerArn, 443)).port,
    servername: 'default.test',
    ca: root.certificate,
    ALPNProtocols: ['http/1.1', 'h2'],
  })
  socket.on('secureConnect', () => socket.write(String(socket.alpnProtocol)))
  socket.on('data', (chunk: Buffer) => heard.resolve(chunk.toString()))

  expect(await heard.promise).toBe('plain h2')
})
