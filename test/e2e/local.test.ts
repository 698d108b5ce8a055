import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises'
import type {Server} from 'node:net'
import {createServer} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {runProduct} from '../helpers/run-product.js'

let folder: string
let blocker: Server | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fargate-local-'))
})

afterEach(async () => {
  await local('stop')
  await new Promise((resolve) => (blocker === undefined ? resolve(undefined) : blocker.close(resolve)))
  blocker = undefined
  await rm(folder, {recursive: true, force: true})
})

const local = (...args: string[]) => runProduct(['local', ...args, '--json'], {env: {FARGATE_STATE_DIR: folder}})
const start = (...args: string[]) => local('start', '--runtime', 'simulated', ...args)
const fargate = (...args: string[]) =>
  runProduct([...args, '--json'], {env: {FARGATE_STATE_DIR: folder, FARGATE_LOCAL: '1'}})

const description = async () => JSON.parse(await readFile(join(folder, 'server.json'), 'utf8'))

test('starts once, says so the second time, and stops once', async () => {
  const first = await start()
  const second = await start()
  const stopped = await local('stop')
  const again = await local('stop')

  expect([first, second, stopped, again].map(({exitCode}) => exitCode)).toEqual([0, 0, 0, 0])
  expect(JSON.parse(first.stdout)).toMatchObject({started: true})
  expect(JSON.parse(second.stdout)).toMatchObject({started: false, url: JSON.parse(first.stdout).url})
  expect(JSON.parse(stopped.stdout)).toEqual({stopped: true, stateFolder: folder})
  expect(JSON.parse(again.stdout)).toEqual({stopped: false, stateFolder: folder})
  expect((await readdir(folder)).sort()).toEqual(['clock', 'local.log', 'registry', 'state'])
})

test('makes one server of two starts at the same time', async () => {
  const starts = await Promise.all([start(), start()])

  const urls = starts.map(({stdout}) => JSON.parse(stdout).url)
  expect(starts.map(({exitCode}) => exitCode)).toEqual([0, 0])
  expect(urls[0]).toBe(urls[1])
})

test('names a port that is in use', async () => {
  blocker = createServer()
  await new Promise<void>((resolve) => blocker?.listen(0, '127.0.0.1', resolve))
  const address = blocker.address()
  const port = typeof address === 'object' ? address?.port : undefined

  const {exitCode, stdout} = await start('--port', String(port))

  expect(exitCode).toBe(3)
  expect(JSON.parse(stdout).error).toMatchObject({
    code: 'LOCAL_START_FAILED',
    message: expect.stringContaining(`port ${port} is in use`),
  })
})

test('forgets everything at a reset and keeps its port', async () => {
  await start('--speed', '50')
  const {url} = await description()
  await fargate('lb', 'create', 'web', '--port', '80')

  const reset = await local('reset')

  expect(JSON.parse(reset.stdout)).toEqual({url, stateFolder: folder})
  expect(JSON.parse((await fargate('lb', 'list')).stdout)).toMatchObject({loadBalancers: []})
})

test('lets nobody without the token change it, and answers to loopback names only', async () => {
  await start()
  const {url, token} = await description()

  const stop = await fetch(`${url}/_local/stop`, {method: 'POST', headers: {authorization: 'Bearer wrong'}})
  const status = await fetch(`${url}/_local/status`)

  expect(stop.status).toBe(403)
  expect(status.status).toBe(200)
  expect(await status.text()).not.toContain(token)
})
