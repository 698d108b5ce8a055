import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest'
import type {LocalAccount, LocalServer} from '../helpers/local-account.js'
import {exampleImage, startLocalServer} from '../helpers/local-account.js'

let local: LocalServer
/** With a service `web` that was deployed once. */
let account: LocalAccount

beforeAll(async () => {
  local = await startLocalServer()
})

beforeEach(async () => {
  account = local.account()
  await account.succeed(['service', 'create', 'web', '--image', exampleImage(local, 'v1')])
  await account.succeed(['service', 'deploy', 'web', '--image', exampleImage(local, 'v2')])
})

afterAll(() => local?.stop())

const json = async (...args: string[]) => JSON.parse((await account.succeed([...args, '--json'])).stdout)
const running = async () => (await account.settledState()).services[0]?.taskDefinition?.split('/')[1]

test('a service goes back to what it ran before, and to a revision by number', async () => {
  const {exitCode, stdout} = await account.run(['service', 'rollback', 'web'])

  expect(exitCode).toBe(0)
  expect(stdout).toContain('Rolled back service web: service_web:2 → service_web:1')
  expect(stdout).toMatch(/image .*:v2 → .*:v1/)
  expect(await running()).toBe('service_web:1')

  const again = await json('service', 'rollback', 'web', '2')
  expect(again).toMatchObject({changes: [{change: 'update'}], rollout: {runningCount: 1}})
  expect(await json('service', 'rollback', 'web', '2')).toMatchObject({changes: []})
  expect(await running()).toBe('service_web:2')
})

test('where ECS has gone back by itself nothing changes', async () => {
  const crash = exampleImage(local, 'crash')
  expect((await account.run(['service', 'deploy', 'web', '--image', crash])).exitCode).toBe(6)
  const before = await account.settledState()

  const {exitCode, stdout} = await account.run(['service', 'rollback', 'web'])

  expect(exitCode).toBe(0)
  expect(stdout).toContain('Nothing has changed: ECS has gone back from service_web:3 to service_web:2 by itself')
  expect((await account.settledState()).services[0]?.deployments).toEqual(before.services[0]?.deployments)
  const {revisions} = await json('service', 'revisions', 'web')
  expect(revisions).toMatchObject([
    {revision: 3, deployments: [{status: 'ROLLBACK_SUCCESSFUL'}]},
    {revision: 2, role: 'running', registeredBy: 'root'},
    {revision: 1, deployments: [{status: 'SUCCESSFUL'}]},
  ])
})

test.each([
  [['nope'], 5, 'service nope does not exist'],
  [['web', '99'], 5, 'task definition service_web:99 does not exist'],
  [['web', 'other:1'], 2, 'is of the family other'],
  [['web', '-1'], 2, ''],
  [['web', 'x'], 2, 'REVISION: "x" is no revision'],
])('rollback %j is refused', async (args, exitCode, message) => {
  const result = await account.run(['service', 'rollback', ...args])

  expect(result.exitCode, result.stderr).toBe(exitCode)
  expect(result.stderr).toContain(message)
})
