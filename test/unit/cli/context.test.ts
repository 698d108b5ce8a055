import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import type {IncomingHttpHeaders, Server} from 'node:http'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {createContext} from '../../../src/cli/context.js'
import {requireLocalServer} from '../../../src/cli/local-address.js'
import {exportLines, localVariables} from '../../../src/cli/local-variables.js'
import {createMemoryOutput} from '../../../src/output/memory.js'

const flags = {cluster: 'fargate', local: true, 'no-color': false, quiet: false, verbose: false}

let folder: string
let server: Server
let url: string
let headers: IncomingHttpHeaders

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fargate-state-'))
  server = createServer((request, response) => {
    if (request.url === '/_local/status') {
      response.end(JSON.stringify({pid: process.pid}))
      return
    }
    headers = request.headers
    response.setHeader('content-type', 'application/x-amz-json-1.1').end('{"clusterArns":[]}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const description = {pid: process.pid, port: 1, url, speed: 60, startedAt: '2026-01-01T00:00:00Z'}
  await writeFile(join(folder, 'server.json'), JSON.stringify(description))
})

afterEach(async () => {
  await rm(folder, {force: true, recursive: true})
  await new Promise((resolve) => server.close(resolve))
})

const context = (env: Record<string, string> = {}, changed: Partial<typeof flags> & {region?: string} = {}) =>
  createContext(
    {...flags, ...changed},
    {
      env: {FARGATE_STATE_DIR: folder, ...env},
      cwd: folder,
      signal: new AbortController().signal,
      output: createMemoryOutput(),
      version: '1.2.3',
    },
  )

test('talks to the local AWS with --local', async () => {
  const {aws, output} = await context()

  await aws.ecs('ListServices', {cluster: 'fargate'})

  expect(headers.authorization).toContain('Credential=local/')
  expect(headers.authorization).toContain('/us-east-1/ecs/')
  expect(headers['user-agent']).toContain('fargate/1.2.3')
  expect((output as ReturnType<typeof createMemoryOutput>).texts('debug')).toEqual([
    expect.stringMatching(/^ecs:ListServices 200 in \d/),
  ])
})

test.each([
  [{AWS_REGION: 'eu-west-1'}, {}, '/eu-west-1/ecs/'],
  [{AWS_REGION: 'eu-west-1'}, {region: 'eu-north-1'}, '/eu-north-1/ecs/'],
  [{FARGATE_LOCAL_ACCOUNT: '111122223333'}, {}, 'Credential=111122223333/'],
])('with %j and %j signs as %s', async (env, changed, expected) => {
  const {aws} = await context(env, changed)

  await aws.ecs('ListServices', {cluster: 'fargate'})

  expect(headers.authorization).toContain(expected)
})

test('refuses an account that is none', async () => {
  await expect(context({FARGATE_LOCAL_ACCOUNT: '1234'})).rejects.toMatchObject({code: 'LOCAL_ACCOUNT_INVALID'})
})

test('refuses --local when no local AWS runs', async () => {
  await expect(context({FARGATE_STATE_DIR: join(folder, 'other')})).rejects.toMatchObject({code: 'LOCAL_NOT_RUNNING'})
})

test('tells the public address of a listener without --local', async () => {
  const {listenerUrl} = await context({}, {local: false})
  const listener = {loadBalancerArn: 'arn', dnsName: 'web.elb', protocol: 'HTTP', port: 80}

  expect(await listenerUrl(listener)).toBe('http://web.elb')
})

test('tells other tools how to reach the local AWS, and this one in which folder it is', async () => {
  const server = await requireLocalServer({FARGATE_STATE_DIR: folder})
  const usual = [
    `export AWS_ENDPOINT_URL=${url}`,
    'export AWS_REGION=us-east-1',
    'export AWS_DEFAULT_REGION=us-east-1',
    'export AWS_ACCESS_KEY_ID=local',
    'export AWS_SECRET_ACCESS_KEY=local',
  ]

  expect(exportLines(localVariables(flags, {}, server)).split('\n')).toEqual(usual)
  expect(exportLines(localVariables(flags, {FARGATE_STATE_DIR: "/tmp/o'clock"}, server)).split('\n')).toEqual([
    ...usual,
    "export FARGATE_STATE_DIR='/tmp/o'\\''clock'",
  ])
})
