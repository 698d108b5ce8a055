import {afterAll, beforeAll, expect, test} from 'vitest'
import type {AwsProxy} from '../helpers/aws-proxy.js'
import {startAwsProxy} from '../helpers/aws-proxy.js'
import {stableState} from '../helpers/aws-state.js'
import type {LocalAccount, LocalServer} from '../helpers/local-account.js'
import {exampleImage, startLocalServer} from '../helpers/local-account.js'

let local: LocalServer
let proxy: AwsProxy

/** With a service behind a load balancer; no test of this file changes it. */
let account: LocalAccount
let before: unknown
let changesBefore: number

beforeAll(async () => {
  local = await startLocalServer()
  proxy = await startAwsProxy(local)
  account = proxy.account()
  await account.succeed(['lb', 'create', 'front', '--port', '80'])
  const create = ['service', 'create', 'web', '--port', '80', '--lb', 'front', '--rule', 'path=/a/*']
  await account.succeed([...create, '--image', exampleImage(local, 'v1')])
  before = stableState(await account.settledState())
  changesBefore = changesOf(account.id).length
})

afterAll(async () => {
  await proxy?.close()
  await local?.stop()
})

const looks = [
  ['service', 'list'],
  ['service', 'info', 'web'],
  ['service', 'ps', 'web'],
  ['service', 'logs', 'web'],
  ['lb', 'list'],
  ['lb', 'info', 'front'],
]

const changesOf = (id: string) => proxy.calls.filter(({account, changes}) => account === id && changes)

test('commands that look create nothing in an empty account', async () => {
  const other = proxy.account()
  const empty = stableState(await other.state())

  const results = await Promise.all(looks.map((args) => other.run(args)))

  expect(results.map(({exitCode}) => exitCode)).toEqual([0, 5, 5, 5, 0, 5])
  expect(results.map(({stdout}) => stdout)).toEqual(['No services found', '', '', '', 'No load balancers found', ''])
  expect(stableState(await other.state())).toEqual(empty)
  expect(changesOf(other.id)).toEqual([])
  expect(proxy.calls.filter((call) => call.account === other.id).length).toBeGreaterThan(5)
})

test('commands that look change nothing of a service that is there', async () => {
  const results = await Promise.all(looks.map((args) => account.run(args)))

  expect(results.map(({exitCode, stderr}) => ({exitCode, stderr}))).toEqual(
    looks.map(() => ({exitCode: 0, stderr: ''})),
  )
  for (const {stdout} of results) expect(stdout).toMatch(/web|front|version 1|fargate-examples:v1/)
  expect(stableState(await account.state())).toEqual(before)
  expect(changesOf(account.id)).toHaveLength(changesBefore)
})

test.each<{what: string; args: readonly string[]; lines: readonly RegExp[]}>([
  {
    what: 'lb create',
    args: ['lb', 'create', 'other', '--port', '80'],
    lines: [/create security group fargate\/lb\/other \(TCP 80 from 0\.0\.0\.0\/0\)/, /create load balancer other/],
  },
  {
    what: 'service create',
    args: ['service', 'create', 'api', '--port', '80', '--lb', 'front', '--rule', 'path=/api/*', '--image', 'nginx'],
    lines: [
      /create log group \/fargate\/service\/api/,
      /create target group fargate-api/,
      /create listener rules \(.*\/api\/\*/,
      /create task definition service_api/,
      /create service api/,
    ],
  },
  {
    what: 'service deploy',
    args: ['service', 'deploy', 'web', '--image', 'nginx:2'],
    lines: [/create task definition \(image .*v1 → nginx:2\)/, /update service web/],
  },
  {what: 'service scale', args: ['service', 'scale', 'web', '+4'], lines: [/from 1 to 5/]},
  {what: 'service restart', args: ['service', 'restart', 'web'], lines: [/web/]},
  {
    what: 'service destroy',
    args: ['service', 'destroy', 'web', '--force', '--yes'],
    lines: [
      /delete service web/,
      /delete listener rules \(1 rule\)/,
      /delete target group \(fargate-web\)/,
      /delete security group fargate\/service\/fargate\/web/,
      /delete task definitions service_web/,
      /delete log group \/fargate\/service\/web/,
    ],
  },
  {
    what: 'lb destroy',
    args: ['lb', 'destroy', 'front', '--force', '--yes'],
    lines: [
      /delete load balancer front/,
      /delete target group front-default/,
      /delete security group fargate\/lb\/front/,
    ],
  },
])('$what --dry-run says what would change, and changes nothing', async ({args, lines}) => {
  const [text, json] = await Promise.all([
    account.run([...args, '--dry-run']),
    account.run([...args, '--dry-run', '--json']),
  ])

  for (const line of lines) expect(text.stdout).toMatch(line)
  expect([text.exitCode, json.exitCode]).toEqual([0, 0])
  expect(JSON.parse(json.stdout)).toMatchObject({dryRun: true})
  expect(stableState(await account.state())).toEqual(before)
  expect(changesOf(account.id)).toHaveLength(changesBefore)
})
