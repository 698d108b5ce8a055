import {mkdir, mkdtemp, readFile, realpath, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {exampleImage} from '../helpers/local-account.js'
import {runProduct} from '../helpers/run-product.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), 'fargate-status-'))
})

afterEach(async () => {
  for (const name of ['one', 'two']) await runProduct(['local', 'stop', '--state-dir', join(folder, name)])
  await rm(folder, {recursive: true, force: true})
})

const inFolder = (name: string) => ['--state-dir', join(folder, name)]
const simulated = ['local', 'start', '--runtime', 'simulated', '--speed', '50']
const documentOf = async (...args: string[]) => JSON.parse((await runProduct([...args, '--json'])).stdout)

test('shows services, tasks, load balancers with addresses and where everything is', async () => {
  const started = await documentOf(...simulated, ...inFolder('one'))
  const env = {FARGATE_LOCAL: '1', FARGATE_STATE_DIR: join(folder, 'one')}
  await runProduct(['lb', 'create', 'front', '--port', '80'], {env})
  const create = ['service', 'create', 'web', '--num', '2', '--port', '80', '--lb', 'front']
  await runProduct([...create, '--image', exampleImage(started, 'v1')], {env})

  const status = await documentOf('local', 'status', ...inFolder('one'))
  const {stdout} = await runProduct(['local', 'status', ...inFolder('one')])

  expect(status).toMatchObject({
    running: true,
    url: started.url,
    page: `${started.url}/_local/`,
    stateFolder: join(folder, 'one'),
    speed: 50,
    runtime: 'simulated',
    runtimeReason: '--runtime simulated',
    services: [{name: 'web', cluster: 'fargate', desiredCount: 2, runningCount: 2, rolloutState: 'COMPLETED'}],
    tasks: {RUNNING: 2},
    loadBalancers: [{name: 'front', state: 'active', listeners: [{port: 80, protocol: 'HTTP'}]}],
    faults: [],
  })
  const [address] = status.loadBalancers[0].listeners
  expect(await (await fetch(address.url)).text()).toBe('Hello from version 1\n')
  expect(stdout).toMatch(/^Tasks: +2 RUNNING$/m)
  expect(stdout).toMatch(/^ {2}fargate\/web +2\/2 +COMPLETED +service_web:1$/m)
  expect(stdout).toMatch(new RegExp(`^ {4}HTTP:80 ${address.url}$`, 'm'))
})

test('two run side by side, each with its own services', async () => {
  const [one, two] = await Promise.all([
    documentOf(...simulated, ...inFolder('one')),
    documentOf(...simulated, ...inFolder('two')),
  ])
  const env = {FARGATE_LOCAL: '1', FARGATE_STATE_DIR: join(folder, 'two')}
  await runProduct(['lb', 'create', 'front', '--port', '80'], {env})

  const [first, second] = [
    await documentOf('local', 'status', ...inFolder('one')),
    await documentOf('local', 'status', ...inFolder('two')),
  ]
  const {stdout: variables} = await runProduct(['local', 'env', ...inFolder('two')])
  await runProduct(['local', 'stop', ...inFolder('one')])
  const left = await documentOf('local', 'status', ...inFolder('two'))

  expect(one.url).not.toBe(two.url)
  expect([first.loadBalancers.length, second.loadBalancers.length]).toEqual([0, 1])
  expect(variables).toContain(`export AWS_ENDPOINT_URL=${two.url}`)
  expect(variables).toContain(`export FARGATE_STATE_DIR=${join(folder, 'two')}`)
  expect(left).toMatchObject({running: true, url: two.url})
})

test('a folder of a relative name is the same wherever a command runs', async () => {
  await mkdir(join(folder, 'work'))
  await runProduct([...simulated, '--state-dir', '../one'], {cwd: join(folder, 'work')})

  expect(await documentOf('local', 'status', ...inFolder('one'))).toMatchObject({running: true})
})

test('says that a former one was killed, and keeps what a running one has', async () => {
  await runProduct([...simulated, ...inFolder('one')])
  const {pid, port} = JSON.parse(await readFile(join(folder, 'one', 'server.json'), 'utf8'))
  process.kill(pid, 'SIGKILL')
  await expect
    .poll(() => documentOf('local', 'status', ...inFolder('one')), {timeout: 15_000})
    .toEqual({running: false})

  const again = await runProduct([...simulated, ...inFolder('one'), '--port', String(port)])
  const other = await runProduct(['local', 'start', '--speed', '7', '--port', '1', ...inFolder('one')])

  expect(again).toMatchObject({exitCode: 0})
  expect(again.stderr).toContain(`Warning: the former one (process ${pid}) has ended without being stopped`)
  expect(other.stdout).toContain(`The local AWS is running already on http://127.0.0.1:${port}`)
  expect(other.stderr).toContain(`Warning: it keeps its port, ${port}`)
  expect(other.stderr).toContain('Warning: it keeps its speed, 50')
})

test.each([
  ['a file is in its place', 'taken', 'there is a file of this name'],
  ['it is below a file', 'taken/state', 'a part of this path is a file'],
])('does not start with a state folder where %s', async (_, name, reason) => {
  await writeFile(join(folder, 'taken'), '')

  const {exitCode, stderr} = await runProduct([...simulated, ...inFolder(name)])

  expect(exitCode).toBe(3)
  expect(stderr).toContain(`Error: cannot make the folder ${join(folder, name)}: ${reason}\nTry: use another folder`)
})

test('simulates tasks where no docker engine answers, and says why', async () => {
  const env = {DOCKER_HOST: `unix://${folder}/none.sock`}

  const started = await runProduct(['local', 'start', ...inFolder('one')], {env})

  expect(started).toMatchObject({exitCode: 0})
  expect(started.stdout).toMatch(/^Tasks are simulated: .*does not answer at .*none\.sock/m)
})
