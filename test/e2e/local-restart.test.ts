import {appendFile, mkdtemp, readdir, readFile, realpath, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {exampleImage, localAccount} from '../helpers/local-account.js'
import {runProduct} from '../helpers/run-product.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), 'fargate-restart-'))
})

afterEach(async () => {
  await local('stop')
  await rm(folder, {recursive: true, force: true})
})

const local = (...args: string[]) => runProduct(['local', ...args, '--json'], {env: {FARGATE_STATE_DIR: folder}})
const start = () => local('start', '--runtime', 'simulated', '--speed', '50')

interface Description {
  readonly url: string
  readonly pid: number
}

async function started(): Promise<Description> {
  const {exitCode, stdout, stderr} = await start()
  expect(exitCode, stderr).toBe(0)
  return JSON.parse(stdout) as Description
}

const account = ({url}: Description) => localAccount(url, folder)

/** A service behind a load balancer, in an account of its own. */
async function withService(server: Description) {
  const one = account(server)
  await one.succeed(['lb', 'create', 'front', '--port', '80'])
  const image = ['--image', exampleImage(server, 'v1')]
  await one.succeed(['service', 'create', 'web', '--port', '80', '--lb', 'front', '--num', '2', ...image])
  return one
}

/** The journal that the next start reads. */
async function journal(): Promise<string> {
  const names = (await readdir(join(folder, 'state'))).filter((name) => name.startsWith('journal-'))
  expect(names).toHaveLength(1)
  return join(folder, 'state', names[0] ?? '')
}

/** Ends the server as the machine does that has no memory left. */
async function killServer({url, pid}: Description): Promise<void> {
  process.kill(pid, 'SIGKILL')
  await vi.waitFor(() => expect(fetch(url)).rejects.toThrow('fetch failed'))
}

test('goes on after a stop with all that it had, at the same address', async () => {
  const before = await started()
  const one = await withService(before)
  const state = await one.settledState()
  await local('stop')

  const after = await started()

  expect(after).toMatchObject({url: before.url, started: true, resumed: true})
  const {services, ...rest} = await one.settledState()
  const {services: servicesBefore, ...restBefore} = state
  expect(rest).toEqual(restBefore)
  const withoutEvents = (list: typeof services) => list.map(({events: _events, ...service}) => service)
  expect(withoutEvents(services)).toEqual(withoutEvents(servicesBefore))
  const listed = JSON.parse((await one.succeed(['service', 'list', '--json'])).stdout)
  expect(listed.services).toMatchObject([{name: 'web', runningCount: 2, desiredCount: 2}])
})

test('killed in the middle of a rollout it finishes it when it is started again, and nothing is left over', async () => {
  const before = await started()
  const one = await withService(before)
  await one.succeed(['service', 'deploy', 'web', '--image', exampleImage(before, 'v2'), '--no-wait'])
  const [underWay] = (await one.state()).services
  expect(underWay?.deployments).toHaveLength(2)
  await killServer(before)

  const {stdout, stderr} = await start()

  expect(JSON.parse(stdout)).toMatchObject({url: before.url, started: true, resumed: true})
  expect(stderr).toContain(`process ${before.pid}) has ended without being stopped; this one goes on`)
  const {services, tasks} = await one.settledState()
  expect(services[0]?.deployments?.map(({rolloutState}) => rolloutState)).toEqual(['COMPLETED'])
  expect(services[0]?.taskDefinition).toMatch(/service_web:2$/)
  expect(tasks).toHaveLength(2)
  await one.succeed(['service', 'destroy', 'web', '--force', '--yes'])
})

test('what was cut off while it was written is left out', async () => {
  const before = await started()
  const one = await withService(before)
  await killServer(before)
  await appendFile(await journal(), '[{"p":"ecs","k":["services","000')

  await started()

  expect((await one.settledState()).services).toMatchObject([{serviceName: 'web', runningCount: 2}])
})

test('a damaged state is refused and left as it is, until it is forgotten', async () => {
  const before = await started()
  const one = await withService(before)
  await local('stop')
  const file = await journal()
  await appendFile(file, 'this is no JSON\n')
  const text = await readFile(file, 'utf8')

  const refused = await start()

  expect(refused.exitCode).toBe(3)
  const {error} = JSON.parse(refused.stdout)
  expect(error).toMatchObject({code: 'LOCAL_START_FAILED'})
  expect(error.message).toMatch(/the saved state is damaged: .*journal-.*line \d+ is no JSON/)
  expect(error.message).toContain('fargate local reset')
  expect(await readFile(file, 'utf8')).toBe(text)

  const reset = await local('reset')
  expect(JSON.parse(reset.stdout)).toEqual({url: null, stateFolder: folder})
  const after = await started()
  expect((await localAccount(after.url, folder, one.id).state()).services).toEqual([])
})

test('a state of a later version is refused and left as it is', async () => {
  await started()
  await local('stop')
  const file = await journal()
  const later = (await readFile(file, 'utf8')).replace('{"fargateLocalState":1}', '{"fargateLocalState":2}')
  await writeFile(file, later)

  const {exitCode, stdout} = await start()

  expect(exitCode).toBe(3)
  expect(JSON.parse(stdout).error.message).toMatch(/has version 2, and this fargate knows version 1 only/)
  expect(await readFile(file, 'utf8')).toBe(later)
})
