import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest'
import {busyboxRoot} from '../helpers/busybox-image.js'
import {dockerAvailable} from '../helpers/docker-available.js'
import type {LocalDocker} from '../helpers/local-docker.js'
import {get, inEngine, localDocker} from '../helpers/local-docker.js'

const unavailable = await dockerAvailable()

let local: LocalDocker

beforeAll(async () => {
  if (unavailable === undefined) local = await localDocker()
})

afterAll(() => local?.remove())

beforeEach(({skip}) => {
  if (unavailable !== undefined) skip(unavailable)
})

/** Writes a folder that is built into a web server which answers with its host name. */
async function writeHostnameServer(): Promise<void> {
  await busyboxRoot(join(local.folder, 'root'))
  const script = [
    'mkdir -p /www && hostname > /www/index.html',
    'echo "listening on $(hostname)"',
    'exec httpd -f -p 80 -h /www',
  ]
  await writeFile(join(local.folder, 'root', 'serve'), ['#!/bin/sh', ...script, ''].join('\n'), {mode: 0o755})
  await writeFile(join(local.folder, 'Dockerfile'), 'FROM scratch\nCOPY root /\nCMD ["/serve"]\n')
}

/** What the killed server had in the engine is gone once the next one runs. */
async function killAndStartAgain(): Promise<void> {
  const left = await inEngine()
  const {pid} = JSON.parse(await readFile(join(local.stateFolder, 'server.json'), 'utf8')) as {pid: number}
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => local.succeed(['local', 'status'])).toEqual({running: false})
  await local.succeed(['local', 'start', '--runtime', 'docker'])
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
  const started = await local.succeed(['local', 'start', '--runtime', 'docker', '--speed', '10'])
  expect(started).toMatchObject({started: true, runtime: 'docker'})
  try {
    const url = await local.createLoadBalancer('front')
    await local.succeed(['service', 'create', local.service, '--port', '80', '--lb', 'front', '--num', '2'])
    expect(await local.succeed(['local', 'status'])).toMatchObject({runtime: 'docker'})

    const names = new Set(await Promise.all(Array.from({length: 10}, () => get(url))))

    expect([...names]).toEqual([
      expect.stringMatching(/^200 ip-.*\.ec2\.internal$/),
      expect.stringMatching(/^200 ip-.*\.ec2\.internal$/),
    ])
    // A document for each event.
    const {stdout: logs} = await local.run(['service', 'logs', local.service])
    for (const name of names) expect(logs).toContain(`listening on ${name.slice('200 '.length)}`)
    await killAndStartAgain()
  } finally {
    await local.succeed(['local', 'stop'])
  }
  expect((await inEngine()).filter((line) => !before.includes(line))).toEqual([])
})

test('a running local AWS with another runtime is not taken for the one that was asked for', async () => {
  await local.succeed(['local', 'start', '--runtime', 'simulated'])
  try {
    const {exitCode, stdout} = await local.run(['local', 'start', '--runtime', 'docker'])

    expect(exitCode).toBe(3)
    expect(JSON.parse(stdout).error).toMatchObject({code: 'LOCAL_RUNTIME_DIFFERS'})
  } finally {
    await local.succeed(['local', 'stop'])
  }
})

test('without an engine the local AWS does not start, and says where it looked', async () => {
  const {exitCode, stdout} = await local.run(['local', 'start', '--runtime', 'docker'], {
    DOCKER_HOST: `unix://${local.folder}/none.sock`,
  })

  expect(exitCode).toBe(3)
  expect(JSON.parse(stdout).error).toMatchObject({
    code: 'LOCAL_START_FAILED',
    message: expect.stringContaining(`the docker engine does not answer at ${local.folder}/none.sock`),
  })
  expect(await readFile(join(local.stateFolder, 'local.log'), 'utf8')).not.toContain('    at ')
})
