import {mkdtemp, readFile, realpath, rm, writeFile} from 'node:fs/promises'
import {request} from 'node:http'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {execa} from 'execa'
import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest'
import {busyboxRoot} from '../helpers/busybox-image.js'
import {dockerAvailable} from '../helpers/docker-available.js'
import {runProduct} from '../helpers/run-product.js'

const unavailable = await dockerAvailable()

let folder: string
let stateFolder: string
/** Names the images that are built, which are the user's to keep. */
let service: string

beforeAll(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), 'containers-'))
  stateFolder = join(folder, 'state')
  service = `web-${folder.slice(-6).toLowerCase()}`
})

afterAll(async () => {
  await rm(folder, {recursive: true, force: true})
  if (unavailable !== undefined) return
  const {stdout} = await execa('docker', ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}'])
  const built = stdout.split('\n').filter((name) => name.includes(service))
  if (built.length > 0) await execa('docker', ['image', 'rm', '--force', ...built])
})

beforeEach(({skip}) => {
  if (unavailable !== undefined) skip(unavailable)
})

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runProduct([...args, '--json'], {
    cwd: folder,
    env: {FARGATE_STATE_DIR: stateFolder, FARGATE_LOCAL: '1', DOCKER_HOST: process.env.DOCKER_HOST, ...env},
  })

async function succeed(args: readonly string[]): Promise<unknown> {
  const {exitCode, stdout, stderr} = await run(args)
  expect(exitCode, `${stdout}${stderr}`).toBe(0)
  return JSON.parse(stdout)
}

/** A connection of its own for each request, so that the load balancer chooses anew. */
const get = (url: string): Promise<string> =>
  new Promise((resolve, reject) => {
    request(url, {agent: false}, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        body += chunk
      })
      response.on('end', () => resolve(body.trim()))
    })
      .on('error', reject)
      .end()
  })

async function inEngine(): Promise<string[]> {
  const lists = await Promise.all([
    execa('docker', ['ps', '--all', '--format', '{{.ID}} {{.Names}}']),
    execa('docker', ['network', 'ls', '--format', '{{.ID}} {{.Name}}']),
    execa('docker', ['volume', 'ls', '--format', '{{.Name}}']),
    execa('docker', ['image', 'ls', '--format', '{{.ID}} {{.Repository}}:{{.Tag}}']),
  ])
  return lists.flatMap(({stdout}) => stdout.split('\n')).filter((line) => line.includes('fargate'))
}

/** Writes a folder that is built into a web server which answers with its host name. */
async function writeHostnameServer(): Promise<void> {
  await busyboxRoot(join(folder, 'root'))
  const script = [
    'mkdir -p /www && hostname > /www/index.html',
    'echo "listening on $(hostname)"',
    'exec httpd -f -p 80 -h /www',
  ]
  await writeFile(join(folder, 'root', 'serve'), ['#!/bin/sh', ...script, ''].join('\n'), {mode: 0o755})
  await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY root /\nCMD ["/serve"]\n')
}

/** What the killed server had in the engine is gone once the next one runs. */
async function killAndStartAgain(): Promise<void> {
  const left = await inEngine()
  const {pid} = JSON.parse(await readFile(join(stateFolder, 'server.json'), 'utf8')) as {pid: number}
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => succeed(['local', 'status'])).toEqual({running: false})
  await succeed(['local', 'start', '--runtime', 'docker'])
  const containers = left.filter((line) => / fargate-[0-9a-f]{8}-/.test(line))
  expect(containers).toHaveLength(4)
  await expect
    .poll(async () => (await inEngine()).filter((line) => left.includes(line) && line.includes(' fargate-')), {
      timeout: 30_000,
    })
    .toEqual([])
}

test('a service of two real tasks answers behind its load balancer, writes to its log group, and leaves nothing, even killed', async () => {
  const before = await inEngine()
  await writeHostnameServer()
  const started = await succeed(['local', 'start', '--runtime', 'docker', '--speed', '10'])
  expect(started).toMatchObject({started: true, runtime: 'docker'})
  try {
    await succeed(['lb', 'create', 'front', '--port', '80'])
    await succeed(['service', 'create', service, '--port', '80', '--lb', 'front', '--num', '2'])
    const status = (await succeed(['local', 'status'])) as {loadBalancers: {listeners: {url: string}[]}[]}
    expect(status).toMatchObject({runtime: 'docker'})
    const url = status.loadBalancers[0]?.listeners[0]?.url ?? ''

    const names = new Set(await Promise.all(Array.from({length: 10}, () => get(url))))

    expect([...names]).toEqual([
      expect.stringMatching(/^ip-.*\.ec2\.internal$/),
      expect.stringMatching(/^ip-.*\.ec2\.internal$/),
    ])
    const logs = JSON.stringify(await succeed(['service', 'logs', service]))
    for (const name of names) expect(logs).toContain(`listening on ${name}`)
    await killAndStartAgain()
  } finally {
    await succeed(['local', 'stop'])
  }
  expect((await inEngine()).filter((line) => !before.includes(line))).toEqual([])
})

test('a running local AWS with another runtime is not taken for the one that was asked for', async () => {
  await succeed(['local', 'start'])
  try {
    const {exitCode, stdout} = await run(['local', 'start', '--runtime', 'docker'])

    expect(exitCode).toBe(3)
    expect(JSON.parse(stdout).error).toMatchObject({code: 'LOCAL_RUNTIME_DIFFERS'})
  } finally {
    await succeed(['local', 'stop'])
  }
})

test('without an engine the local AWS does not start, and says where it looked', async () => {
  const {exitCode, stdout} = await run(['local', 'start', '--runtime', 'docker'], {
    DOCKER_HOST: `unix://${folder}/none.sock`,
  })

  expect(exitCode).toBe(3)
  expect(JSON.parse(stdout).error).toMatchObject({
    code: 'LOCAL_START_FAILED',
    message: expect.stringContaining(`the docker engine does not answer at ${folder}/none.sock`),
  })
  expect(await readFile(join(stateFolder, 'local.log'), 'utf8')).not.toContain('    at ')
})
