import {afterAll, beforeAll, expect, test} from 'vitest'
import {countsOf, stableState} from '../helpers/aws-state.js'
import type {LocalServer} from '../helpers/local-account.js'
import {exampleImage, startLocalServer} from '../helpers/local-account.js'

let local: LocalServer

beforeAll(async () => {
  local = await startLocalServer()
})

afterAll(() => local?.stop())

const image = (tag: 'v1' | 'v2') => ['--image', exampleImage(local, tag)]
const createLb = ['lb', 'create', 'front', '--port', '80']
const behindRules = ['--port', '80', '--lb', 'front', '--rule', 'path=/a/*', '--rule', 'host=x.example.com']
const createService = (...flags: string[]) => ['service', 'create', 'web', ...flags, ...image('v1')]

interface Case {
  readonly what: string
  readonly before: () => readonly (readonly string[])[]
  readonly twice: () => readonly string[]
}

const cases: readonly Case[] = [
  {what: 'lb create', before: () => [], twice: () => createLb},
  {what: 'lb create for TCP', before: () => [], twice: () => ['lb', 'create', 'db', '--port', 'TCP:5432']},
  {what: 'service create', before: () => [], twice: () => createService()},
  {what: 'service create with rules', before: () => [createLb], twice: () => createService(...behindRules)},
  {
    what: 'service create on the default action',
    before: () => [createLb],
    twice: () => createService('--port', '80', '--lb', 'front'),
  },
  {
    what: 'service create behind a network load balancer',
    before: () => [['lb', 'create', 'db', '--port', 'TCP:5432']],
    twice: () => createService('--port', 'TCP:5432', '--lb', 'db'),
  },
  {
    what: 'service create with everything',
    before: () => [createLb],
    twice: () =>
      createService(
        ...behindRules,
        ...['--cpu', '512', '--memory', '1GB', '--env', 'A=1', '--env', 'B=2', '--num', '2', '--tag', 'team=blue'],
        ...['--secret', 'TOKEN=/web/token', '--command', 'sleep 1000000', '--ephemeral-storage', '30'],
        ...['--log-retention', '7', '--health-check-path', '/health', '--health-check-codes', '200-299'],
        ...['--health-check-interval', '20', '--deregistration-delay', '5s', '--health-check-grace-period', '2m'],
        ...['--no-assign-public-ip', '--no-circuit-breaker'],
      ),
  },
  {
    what: 'service deploy',
    before: () => [createService()],
    twice: () => ['service', 'deploy', 'web', ...image('v2')],
  },
  {
    what: 'service update of everything',
    before: () => [createLb, createService(...behindRules)],
    twice: () => [
      ...['service', 'update', 'web', '--cpu', '512', '--memory', '1GB'],
      ...['--command', 'sleep 1000000', '--tag', 'team=blue'],
      ...['--ephemeral-storage', '30', '--log-retention', 'never', '--no-circuit-breaker', '--no-assign-public-ip'],
      ...['--health-check-path', '/health', '--health-check-codes', '200-299', '--health-check-interval', '20'],
      ...['--health-check-grace-period', '2m', '--deregistration-delay', '5s'],
    ],
  },
  {what: 'service scale', before: () => [createService()], twice: () => ['service', 'scale', 'web', '3']},
]

test.concurrent.each(cases)('a second $what changes nothing, and says so', async ({before, twice}) => {
  const account = local.account()
  await account.parameter('/web/token')
  for (const args of [...before(), twice()]) await account.succeed(args)
  const first = await account.settledState()

  const {exitCode, stdout} = await account.run(twice())

  const second = await account.state()
  expect(stdout).toMatch(/nothing has changed/)
  expect(exitCode).toBe(0)
  expect(countsOf(second)).toEqual(countsOf(first))
  expect(stableState(second)).toEqual(stableState(first))
})

test.concurrent.each([
  ['service', ['service', 'destroy', 'web', '--force', '--yes']],
  ['lb', ['lb', 'destroy', 'front', '--force', '--yes']],
])('a second %s destroy changes nothing, and says that it is gone', async (noun, args) => {
  const account = local.account()
  for (const each of [createLb, createService(...behindRules), args]) await account.succeed(each)
  const first = await account.state()

  const {exitCode, stdout, stderr} = await account.run(args)

  expect(stableState(await account.state())).toEqual(stableState(first))
  expect(`${stdout}${stderr}`).toMatch(noun === 'service' ? /web/ : /front/)
  expect(exitCode).toBe(0)
})

test.concurrent('a service whose load balancer is destroyed can still be looked at and destroyed', async () => {
  const account = local.account()
  for (const args of [createLb, createService(...behindRules)]) await account.succeed(args)
  const refused = await account.run(['lb', 'destroy', 'front', '--yes'])
  await account.succeed(['lb', 'destroy', 'front', '--yes', '--force'])

  const info = await account.run(['service', 'info', 'web'])
  await account.succeed(['service', 'destroy', 'web', '--force', '--yes'])

  expect(refused).toMatchObject({exitCode: 5, stderr: expect.stringContaining('sends requests to fargate-web')})
  expect(info).toMatchObject({exitCode: 0, stderr: ''})
  const {loadBalancers, targetGroups, services, securityGroups} = await account.state()
  expect({loadBalancers, targetGroups, services}).toEqual({loadBalancers: [], targetGroups: [], services: []})
  expect(securityGroups.map(({GroupName}) => GroupName)).toEqual(['default'])
})

test.concurrent('a restart is a new deployment of the same task definition each time', async () => {
  const account = local.account()
  await account.succeed(createService())
  const ids = async () => {
    const {services, taskDefinitions, tasks} = await account.state()
    return {deployment: services[0]?.deployments?.[0]?.id, revisions: taskDefinitions.length, tasks}
  }
  const first = await ids()
  await account.succeed(['service', 'restart', 'web'])
  const second = await ids()
  await account.succeed(['service', 'restart', 'web'])
  const third = await ids()

  expect(new Set([first.deployment, second.deployment, third.deployment]).size).toBe(3)
  expect(new Set([...first.tasks, ...second.tasks, ...third.tasks]).size).toBe(3)
  expect([first.revisions, second.revisions, third.revisions]).toEqual([1, 1, 1])
})
