import {mkdtemp, readdir, realpath, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {execa} from 'execa'
import {afterEach, beforeEach, expect, inject, test} from 'vitest'
import {nodeProgram} from '../helpers/node-program.js'
import {runProduct, startProduct} from '../helpers/run-product.js'

let folder: string
let env: Readonly<Record<string, string>>

beforeEach(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), 'fargate-foreground-'))
  env = {FARGATE_STATE_DIR: folder}
})

afterEach(async () => {
  await runProduct(['local', 'stop'], {env})
  await rm(folder, {recursive: true, force: true})
})

const patience = {timeout: 20_000}
const foreground = ['local', 'start', '--foreground', '--runtime', 'simulated', '--speed', '20']
const list = () => runProduct(['service', 'list', '--local'], {env})

/** The server, and what it has printed so far. */
function startServer(args: readonly string[] = foreground) {
  const server = startProduct(args, {env})
  const printed: string[] = []
  server.stdout.on('data', (chunk) => printed.push(String(chunk)))
  return {server, output: () => printed.join('')}
}

test.each(['SIGINT', 'SIGTERM'] as const)('prints what it serves, and %s is its normal end', async (signal) => {
  const {server, output} = startServer()
  await expect.poll(output, patience).toMatch(/^The local AWS answers on http:\/\/127\.0\.0\.1:\d+$/m)

  expect((await list()).exitCode).toBe(0)
  await expect
    .poll(output, patience)
    .toMatch(/^\d\d:\d\d:\d\d\.\d{3}Z {2}\d{3} +\d+\.\d ms {2}ecs ListServices +fargate/m)
  server.kill(signal)

  expect((await server).exitCode).toBe(0)
  expect(await readdir(folder)).not.toContain('server.json')
})

test('with --json prints what it is, and then a request a line', async () => {
  const {server, output} = startServer([...foreground, '--json'])
  await expect.poll(output, patience).toContain('\n')
  await list()
  await expect.poll(output, patience).toContain('ListServices')
  server.kill('SIGINT')
  await server

  const [start, ...requests] = output()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(start).toMatchObject({started: true, runtime: 'simulated', runtimeReason: '--runtime simulated'})
  expect(requests).toContainEqual(
    expect.objectContaining({operation: 'ListServices', errorCode: 'ClusterNotFoundException'}),
  )
})

test('ends when it is stopped from elsewhere', async () => {
  const {server, output} = startServer()
  await expect.poll(output, patience).toContain('answers on')

  const stopped = await runProduct(['local', 'stop'], {env})

  expect([stopped.exitCode, (await server).exitCode]).toEqual([0, 0])
})

test('goes on serving where nobody reads what it prints', async () => {
  const program = [nodeProgram, join(inject('product'), 'bin', 'run.js'), ...foreground].map((word) => `'${word}'`)
  const script = `${program.join(' ')} | head -1; echo "exit codes: \${PIPESTATUS[*]}"`
  const shell = execa('bash', ['-c', script], {
    env: {...env, PATH: process.env.PATH, HOME: folder},
    extendEnv: false,
    reject: false,
  })
  await expect
    .poll(async () => (await runProduct(['local', 'status', '--json'], {env})).stdout, patience)
    .toContain('"running": true')

  const served = [await list(), await list()]
  await runProduct(['local', 'stop'], {env})

  expect(served.map(({exitCode}) => exitCode)).toEqual([0, 0])
  expect(await shell).toMatchObject({stdout: expect.stringMatching(/answers on .*\nexit codes: 0 0$/), stderr: ''})
})

test('refuses a folder in which another one runs, and a port that is in use', async () => {
  const {server, output} = startServer()
  await expect.poll(output, patience).toContain('answers on')
  const port = /127\.0\.0\.1:(\d+)/.exec(output())?.[1] ?? ''

  const sameFolder = await runProduct(foreground, {env})
  const samePort = await runProduct([...foreground, '--port', port, '--state-dir', join(folder, 'second')], {env})
  server.kill('SIGINT')
  await server

  expect([sameFolder.exitCode, samePort.exitCode]).toEqual([3, 3])
  expect(sameFolder.stderr).toMatch(/^Error: a local AWS runs with this folder already, at http.*\n(Try: .*\n?)+$/)
  expect(samePort.stderr).toContain(`Error: the local AWS did not start: port ${port} is in use`)
})
