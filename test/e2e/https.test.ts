import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {request as httpRequest} from 'node:http'
import {request as httpsRequest} from 'node:https'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {TLSSocket} from 'node:tls'
import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest'
import type {LocalAccount, LocalServer} from '../helpers/local-account.js'
import {exampleImage, startLocalServer} from '../helpers/local-account.js'
import {selfSigned} from '../unit/local/services/acm/materials.js'

let local: LocalServer
let folder: string
/** With certificates of www.example.com and api.example.com. */
let account: LocalAccount

const domains = ['www.example.com', 'api.example.com']

beforeAll(async () => {
  local = await startLocalServer()
  folder = await mkdtemp(join(tmpdir(), 'fargate-https-'))
  for (const domain of domains) {
    const {certificate, privateKey} = selfSigned(domain, {hosts: [domain]})
    await writeFile(join(folder, `${domain}.pem`), certificate)
    await writeFile(join(folder, `${domain}.key`), privateKey)
  }
})

beforeEach(async () => {
  account = local.account()
  for (const domain of domains) {
    const files = ['--certificate', join(folder, `${domain}.pem`), '--key', join(folder, `${domain}.key`)]
    await account.succeed(['certificate', 'import', ...files])
  }
})

afterAll(async () => {
  await local?.stop()
  if (folder !== undefined) await rm(folder, {force: true, recursive: true})
})

const json = async (...args: string[]) => JSON.parse((await account.succeed([...args, '--json'])).stdout)

/** The body that is answered, and the name in the certificate that is shown. */
const ask = (url: string, servername: string): Promise<{body: string; name: string | string[] | undefined}> =>
  new Promise((resolve, reject) => {
    const options = {servername, headers: {host: servername}, rejectUnauthorized: false, agent: false}
    httpsRequest(url, options, (response) => {
      const name = (response.socket as TLSSocket).getPeerCertificate().subject.CN
      let body = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk
      })
      response.on('end', () => resolve({body: body.trim(), name}))
    })
      .on('error', reject)
      .end()
  })

const head = (url: string): Promise<string> =>
  new Promise((resolve, reject) => {
    httpRequest(url, {agent: false}, (response) => {
      response.resume()
      resolve(`${response.statusCode} ${response.headers.location}`)
    })
      .on('error', reject)
      .end()
  })

const create = ['lb', 'create', 'shop', '--port', '443', '--certificate', domains.join(','), '--redirect-http']

test('HTTPS with two certificates, HTTP that leads there, and nothing left in the end', async () => {
  await account.succeed(create)
  await account.succeed([
    'service',
    'create',
    'web',
    '--port',
    '80',
    '--lb',
    'shop',
    '--image',
    exampleImage(local, 'v1'),
  ])
  const {listeners, certificates} = await json('lb', 'info', 'shop')
  const [plain, secure] = listeners as {url: string}[]

  expect(await ask(secure?.url ?? '', 'api.example.com')).toEqual({
    body: 'Hello from version 1',
    name: 'api.example.com',
  })
  expect((await ask(secure?.url ?? '', 'www.example.com')).name).toBe('www.example.com')
  expect((await ask(secure?.url ?? '', 'unknown.example.com')).name).toBe('www.example.com')
  expect(await head(plain?.url ?? '')).toMatch(/^301 https:\/\/127\.0\.0\.1:\d+\//)
  expect(certificates.map(({domain}: {domain: string}) => domain)).toEqual(domains)
  expect((await account.succeed(['lb', 'info', 'shop'])).stdout).toMatch(/Certificates:\s+www\.example\.com \(arn:/)

  expect(await json(...create)).toMatchObject({changes: []})
  const used = await account.run(['certificate', 'destroy', 'www.example.com', '--yes'])
  expect(used.exitCode).toBe(5)
  expect(used.stderr).toContain('is in use by')

  await account.succeed(['service', 'destroy', 'web', '--force', '--yes'])
  await account.succeed(['lb', 'destroy', 'shop', '--yes'])
  for (const domain of domains) await account.succeed(['certificate', 'destroy', domain, '--yes'])
  const {loadBalancers, targetGroups, listeners: left} = await account.settledState()
  expect({loadBalancers, targetGroups, left}).toEqual({loadBalancers: [], targetGroups: [], left: []})
})

test('a domain leads to a load balancer, and not to another one by mistake', async () => {
  const {route53} = account.sdk
  await route53.createHostedZone({Name: 'example.com', CallerReference: 'one'})
  await account.succeed(['lb', 'create', 'shop', '--port', '80'])
  await account.succeed(['lb', 'create', 'other', '--port', '80'])

  expect(await json('lb', 'alias', 'shop', 'www.example.com')).toMatchObject({changes: [{change: 'create'}]})
  expect(await json('lb', 'alias', 'shop', 'WWW.example.com.')).toMatchObject({changes: []})
  const refused = await account.run(['lb', 'alias', 'other', 'www.example.com'])
  expect(refused.exitCode).toBe(5)
  expect(refused.stderr).toContain('has records in zone example.com already: A → shop-')
  await account.succeed(['lb', 'alias', 'other', 'www.example.com', '--replace'])
  expect(await json('lb', 'alias', 'other', 'www.example.com')).toMatchObject({changes: []})

  const elsewhere = await account.succeed(['lb', 'alias', 'shop', 'www.notexample.com'])
  expect(elsewhere.stdout).toMatch(/^Nothing was made: .*\n {2}www\.notexample\.com CNAME shop-/)
})

test.each([
  [['lb', 'create', 'shop', '--port', '443'], 2, '--port HTTPS:443 needs --certificate'],
  [['lb', 'create', 'shop', '--port', '80', '-c', 'www.example.com'], 2, 'needs a port of HTTPS or TLS'],
  [['lb', 'create', 'shop', '--port', '80', '--redirect-http'], 2, '--redirect-http needs a port of HTTPS'],
  [['lb', 'create', 'shop', '--port', '443', '-c', 'ww.example.com'], 5, 'did you mean www.example.com'],
  [
    ['lb', 'create', 'shop', '--port', '443', '-c', 'www.example.com', '--ssl-policy', 'TLS'],
    2,
    'no policy of Elastic',
  ],
  [['lb', 'alias', 'nope', 'www.example.com'], 5, 'load balancer nope does not exist'],
  [['lb', 'alias', 'nope', 'example'], 2, 'DOMAIN: domain name example has no dot'],
])('%j is refused before anything is made', async (args, exitCode, message) => {
  const result = await account.run(args)

  expect(result.exitCode, result.stderr).toBe(exitCode)
  expect(result.stderr).toContain(message)
  expect((await account.state()).loadBalancers).toEqual([])
})
