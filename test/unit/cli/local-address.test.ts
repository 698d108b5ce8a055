import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import type {Server} from 'node:http'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {
  localListenerUrl,
  publicListenerUrl,
  readLocalServer,
  requireLocalServer,
  stateFolder,
} from '../../../src/cli/local-address.js'

const arn = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/1'
const balancers = [{arn, dnsName: 'web.local', listeners: [{port: 80, protocol: 'HTTP', url: 'http://127.0.0.1:8081'}]}]

const answers: Readonly<Record<string, unknown>> = {
  '/_local/load-balancers': balancers,
  '/_local/status': {pid: process.pid},
}

let folder: string
let server: Server
let url: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fargate-state-'))
  server = createServer((request, response) => {
    const answer = answers[request.url ?? '']
    response.statusCode = answer === undefined ? 404 : 200
    response.end(JSON.stringify(answer ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterEach(async () => {
  await rm(folder, {force: true, recursive: true})
  await new Promise((resolve) => server.close(resolve))
})

const describe = (text: object | string) =>
  writeFile(join(folder, 'server.json'), typeof text === 'string' ? text : JSON.stringify(text))
const read = () => readLocalServer({FARGATE_STATE_DIR: folder})

test('finds the server that runs', async () => {
  await describe({pid: process.pid, port: 1, url, speed: 60, startedAt: '2026-01-01T00:00:00Z'})

  expect(await read()).toMatchObject({url, speed: 60})
})

test('finds none where nothing was ever started', async () => {
  expect(await read()).toBeUndefined()
  await expect(requireLocalServer({FARGATE_STATE_DIR: folder})).rejects.toMatchObject({
    code: 'LOCAL_NOT_RUNNING',
    exitCode: 3,
    hints: ['fargate local start'],
  })
})

test('finds none where another server has taken the port', async () => {
  await describe({pid: 2 ** 22 + 1, port: 1, url, speed: 1, startedAt: '2026-01-01T00:00:00Z'})

  expect(await read()).toBeUndefined()
})

test('finds none where nothing answers any more', async () => {
  const gone = url
  await new Promise((resolve) => server.close(resolve))
  await describe({pid: process.pid, port: 1, url: gone, speed: 1, startedAt: '2026-01-01T00:00:00Z'})

  expect(await read()).toBeUndefined()
})

test.each(['not json', '{}', '{"pid": 1, "url": "nowhere"}'])('names the file when it says %s', async (text) => {
  await describe(text)

  await expect(read()).rejects.toMatchObject({code: 'LOCAL_STATE_INVALID', exitCode: 3})
})

test.each([
  [{FARGATE_STATE_DIR: '/s', XDG_STATE_HOME: '/x'}, '/s'],
  [{XDG_STATE_HOME: '/x', HOME: '/h'}, '/x/fargate'],
  [{HOME: '/h'}, '/h/.local/state/fargate'],
])('keeps its state, with %j, in %s', (env, expected) => {
  expect(stateFolder(env)).toBe(expected)
})

test.each([
  ['HTTP', 80, 'http://web.elb'],
  ['HTTPS', 443, 'https://web.elb'],
  ['HTTP', 8080, 'http://web.elb:8080'],
  ['HTTPS', 80, 'https://web.elb:80'],
  ['TCP', 80, 'tcp://web.elb:80'],
])('reaches %s port %i on the internet at %s', (protocol, port, expected) => {
  expect(publicListenerUrl({loadBalancerArn: arn, dnsName: 'web.elb', protocol, port})).toBe(expected)
})

test('reaches a listener of the local AWS where it listens on this machine', async () => {
  const local = {pid: 1, port: 1, url, speed: 1, startedAt: '2026-01-01T00:00:00Z'}
  const listener = {loadBalancerArn: arn, dnsName: 'web.local', protocol: 'HTTP', port: 80}

  expect(await localListenerUrl(local, listener)).toBe('http://127.0.0.1:8081')
  expect(await localListenerUrl(local, {...listener, port: 81})).toBe('http://web.local:81')
})

test('says when the local AWS does not tell its load balancers', async () => {
  const local = {pid: 1, port: 1, url: `${url}/elsewhere`, speed: 1, startedAt: '2026-01-01T00:00:00Z'}

  await expect(
    localListenerUrl(local, {loadBalancerArn: arn, dnsName: 'web.local', protocol: 'HTTP', port: 80}),
  ).rejects.toMatchObject({code: 'LOCAL_REFUSED'})
})
