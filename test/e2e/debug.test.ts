import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest'
import type {LocalAccount, LocalServer} from '../helpers/local-account.js'
import {exampleImage, startLocalServer} from '../helpers/local-account.js'

let local: LocalServer
/** With a service `web` on Fargate, and a capacity provider of EC2 instances. */
let account: LocalAccount

const group = (id: string) =>
  `arn:aws:autoscaling:us-east-1:${id}:autoScalingGroup:11111111-2222-3333-4444-555555555555:autoScalingGroupName/debugging`

beforeAll(async () => {
  local = await startLocalServer()
})

beforeEach(async () => {
  account = local.account()
  await account.succeed(['service', 'create', 'web', '--num', '2', '--image', exampleImage(local, 'v1')])
  const {ecs} = account.sdk
  const autoScalingGroupArn = group(account.id)
  await ecs.createCapacityProvider({name: 'debugging', autoScalingGroupProvider: {autoScalingGroupArn}})
  const capacityProviders = ['debugging', 'FARGATE', 'FARGATE_SPOT']
  await ecs.putClusterCapacityProviders({cluster: 'fargate', capacityProviders, defaultCapacityProviderStrategy: []})
})

afterAll(() => local?.stop())

/** What a service is, apart from what each deployment has for itself. */
async function service() {
  const [found] = (await account.settledState()).services
  const {launchType, capacityProviderStrategy, taskDefinition, platformVersion, networkConfiguration, tags} =
    found ?? {}
  return {launchType, capacityProviderStrategy, taskDefinition, platformVersion, networkConfiguration, tags}
}

/** All that a command could have changed, without counts and events, which go on. */
async function layout() {
  const {clusters, services, taskDefinitions, logGroups, securityGroups} = await account.settledState()
  return {
    clusters: clusters.map(({clusterName, capacityProviders}) => ({clusterName, capacityProviders})),
    services: services.map(({events: _, runningCount: _running, pendingCount: _pending, ...each}) => ({
      ...each,
      deployments: each.deployments?.map(({id}) => id),
    })),
    ...{taskDefinitions, logGroups, securityGroups},
  }
}

const json = async (...args: string[]) => JSON.parse((await account.succeed([...args, '--json'])).stdout)

test('a service moves to EC2 and back to exactly what it was', async () => {
  const before = await service()

  const moved = await account.run(['service', 'debug', 'web', '--capacity-provider', 'debugging'])

  expect(moved.exitCode, moved.stderr).toBe(0)
  expect(moved.stdout).toContain('Service web runs on debugging=1\nTo go back: fargate service debug web --back')
  const there = await service()
  expect(there).toMatchObject({
    launchType: undefined,
    capacityProviderStrategy: [{capacityProvider: 'debugging', weight: 1, base: 0}],
    taskDefinition: expect.stringMatching(/service_web:2$/),
    networkConfiguration: {awsvpcConfiguration: {assignPublicIp: 'DISABLED'}},
  })
  const {tasks} = await json('service', 'ps', 'web')
  expect(tasks).toMatchObject([{status: 'RUNNING'}, {status: 'RUNNING'}])

  expect(await json('service', 'debug', 'web', '--capacity-provider', 'debugging')).toMatchObject({changes: []})
  expect(await service()).toEqual(there)

  const back = await account.run(['service', 'debug', 'web', '--back'])
  expect(back.exitCode, back.stderr).toBe(0)
  expect(back.stdout).toContain('Service web is back on FARGATE')
  expect(back.stderr).not.toContain('deployed meanwhile')
  expect(await service()).toEqual(before)
  expect(await json('service', 'debug', 'web', '--back')).toMatchObject({changes: []})
})

test('a strategy comes back with its weights, and what was deployed meanwhile is named', async () => {
  const spot = ['--capacity-provider', 'FARGATE=1,1', '--capacity-provider', 'FARGATE_SPOT=3']
  await account.succeed(['service', 'update', 'web', ...spot])
  const before = await service()
  await account.succeed(['service', 'debug', 'web', '--capacity-provider', 'debugging'])
  await account.succeed(['service', 'env', 'set', 'web', '--env', 'A=1'])

  const {stderr} = await account.succeed(['service', 'debug', 'web', '--back'])

  expect(await service()).toEqual(before)
  expect(stderr).toMatch(/service_web:\d+ was deployed meanwhile \(variables A\): fargate service rollback web \d+/)
})

test.each([
  [
    ['service', 'debug', 'web', '--capacity-provider', 'nope'],
    5,
    'does not have capacity provider nope: it has debugging',
  ],
  [['service', 'debug', 'web', '--capacity-provider', 'FARGATE'], 2, 'is Fargate: name one of EC2'],
  [['service', 'debug', 'web'], 2, 'exactly one of'],
  [['service', 'debug', 'nope', '--back'], 5, 'service nope does not exist'],
  [['service', 'update', 'web', '--capacity-provider', 'debugging=1', '--assign-public-ip'], 2, 'no public address'],
  [
    ['service', 'update', 'web', '--capacity-provider', 'debugging=1', '--capacity-provider', 'FARGATE=1'],
    2,
    'do not go',
  ],
  [
    ['service', 'create', 'x', '--cluster', 'empty', '--image', 'nginx', '--launch-type', 'EC2'],
    5,
    'no container instance',
  ],
  [
    ['service', 'create', 'x', '--image', 'nginx', '--capacity-provider', 'debugging=x'],
    2,
    'the weight is from 0 to 1000',
  ],
])('%j is refused before anything changes', async (args, exitCode, message) => {
  const before = await layout()

  const result = await account.run(args)

  expect(result.exitCode, result.stderr).toBe(exitCode)
  expect(result.stderr).toContain(message)
  expect(await layout()).toEqual(before)
})

test('services and tasks start on EC2 when they are told to', async () => {
  const image = ['--image', exampleImage(local, 'v1')]
  await account.succeed(['service', 'create', 'inside', '--capacity-provider', 'debugging', ...image])
  await account.succeed(['task', 'run', 'once', '--capacity-provider', 'debugging', ...image])

  const {services, taskDefinitions} = await account.settledState()

  expect(services.find(({serviceName}) => serviceName === 'inside')?.capacityProviderStrategy).toMatchObject([
    {capacityProvider: 'debugging'},
  ])
  expect(
    taskDefinitions
      .filter(({family}) => family === 'service_inside' || family === 'task_once')
      .map(({requiresCompatibilities}) => requiresCompatibilities),
  ).toEqual([
    ['EC2', 'FARGATE'],
    ['EC2', 'FARGATE'],
  ])
})
