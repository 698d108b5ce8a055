import {afterAll, beforeAll, expect, test} from 'vitest'
import type {LocalAccount, LocalServer} from '../helpers/local-account.js'
import {exampleImage, startLocalServer} from '../helpers/local-account.js'
import {runProduct} from '../helpers/run-product.js'

let local: LocalServer
let account: LocalAccount

beforeAll(async () => {
  local = await startLocalServer()
  account = local.account()
  await account.succeed(['service', 'create', 'web', '--image', exampleImage(local, 'v1'), '--env', 'PASSWORD=hunter2'])
  await account.run(['service', 'info', 'nowhere'])
  await account.succeed(['lb', 'list'])
})

afterAll(() => local?.stop())

const logs = (...args: string[]) => runProduct(['local', 'logs', ...args], {env: account.env})
const documents = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

test('shows the latest requests, oldest first, with what they name and how they ended', async () => {
  const all = documents((await logs('--tail', '5000', '--json')).stdout)
  const last = await logs('--tail', '2')

  const created = all.find(({operation}) => operation === 'CreateService')
  expect(created).toEqual({
    number: expect.any(Number),
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    service: 'ecs',
    operation: 'CreateService',
    account: account.id,
    region: 'us-east-1',
    resource: 'fargate/web',
    status: 200,
    milliseconds: expect.any(Number),
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
  expect(all.map(({number}) => number)).toEqual(all.map((_, index) => index + 1))
  expect(last.stdout.trim().split('\n')).toHaveLength(2)
})

test('keeps nothing of what requests hold', async () => {
  const {stdout} = await logs('--tail', '5000', '--json')

  expect(stdout).toContain('RegisterTaskDefinition')
  expect(stdout).not.toContain('hunter2')
  expect(stdout).not.toContain('Credential')
})

test('shows what failed, and what one service was asked for', async () => {
  const failed = documents((await logs('--errors', '--json', '--tail', '5000')).stdout)
  const balancing = documents((await logs('--service', 'elbv2', '--json', '--tail', '5000')).stdout)
  const both = await logs('--errors', '--service', 'sts')

  expect(failed.length).toBeGreaterThan(0)
  for (const {status, errorCode} of failed) expect([status >= 400, errorCode]).toEqual([true, expect.any(String)])
  expect(new Set(balancing.map(({service}) => service))).toEqual(new Set(['elasticloadbalancing']))
  expect(both).toMatchObject({exitCode: 0, stdout: '', stderr: 'No requests found'})
})

test('follows until Ctrl-C, its normal end, and hears of what comes', async () => {
  const following = account.start(['local', 'logs', '--follow', '--tail', '0', '--json'])
  const seen: string[] = []
  following.stdout.on('data', (chunk) => seen.push(String(chunk)))
  await expect
    .poll(
      async () => {
        await account.run(['service', 'list'])
        return seen.join('')
      },
      {timeout: 20_000},
    )
    .toContain('ListServices')
  following.kill('SIGINT')

  expect((await following).exitCode).toBe(0)
  for (const document of documents(seen.join(''))) expect(document).toMatchObject({account: account.id})
})

test('follows until the local AWS stops, and says so', async () => {
  const other = await startLocalServer()
  const {env} = other.account()
  const following = other.account().start(['local', 'logs', '--follow'])
  const seen: string[] = []
  following.stdout.on('data', (chunk) => seen.push(String(chunk)))
  await expect
    .poll(
      async () => {
        await runProduct(['service', 'list'], {env})
        return seen.join('')
      },
      {timeout: 20_000},
    )
    .toContain('ListServices')
  await other.stop()

  expect(await following).toMatchObject({exitCode: 0, stderr: 'The local AWS has stopped'})
})

test('says that none runs', async () => {
  const {exitCode, stdout} = await logs('--json', '--state-dir', `${local.stateFolder}/none`)

  expect(exitCode).toBe(3)
  expect(documents(stdout)).toEqual([{error: expect.objectContaining({code: 'LOCAL_NOT_RUNNING'})}])
})
