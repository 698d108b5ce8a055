import {afterAll, beforeAll, expect, test} from 'vitest'
import type {AwsProxy} from '../helpers/aws-proxy.js'
import {startAwsProxy} from '../helpers/aws-proxy.js'
import type {AwsState} from '../helpers/aws-state.js'
import type {LocalAccount, LocalServer} from '../helpers/local-account.js'
import {exampleImage, startLocalServer} from '../helpers/local-account.js'

let local: LocalServer
let proxy: AwsProxy
/** By account: how many changes are let through before the program is killed, and the program. */
const killers = new Map<string, () => void>()

beforeAll(async () => {
  local = await startLocalServer()
  proxy = await startAwsProxy(local)
  proxy.onAnswer = ({account, changes}) => {
    if (changes) killers.get(account)?.()
  }
})

afterAll(async () => {
  await proxy?.close()
  await local?.stop()
})

const createLb = ['lb', 'create', 'front', '--port', '80']
const rules = ['--rule', 'path=/a/*', '--rule', 'host=x.example.com']
const image = (tag: 'v1' | 'v2') => ['--image', exampleImage(local, tag)]
const createService = () => [
  ...['service', 'create', 'web', '--port', '80', '--lb', 'front', ...rules],
  ...['--secret', 'TOKEN=/web/token', '--log-retention', '7', ...image('v1')],
]

/**
 * Kills a command when AWS has done its n-th change, before it hears of that.
 *
 * @returns whether it came that far
 */
async function killAfter(changes: number, account: LocalAccount, args: readonly string[]): Promise<boolean> {
  let seen = 0
  const product = account.start(args)
  killers.set(account.id, () => {
    seen += 1
    if (seen === changes) product.kill('SIGKILL')
  })
  const {signal} = await product
  killers.delete(account.id)
  return signal === 'SIGKILL'
}

/** What the account holds, by names in place of the ids that AWS makes up. */
function shapeOf(state: AwsState): unknown {
  const nameOfGroup = new Map(state.targetGroups.map((group) => [group.TargetGroupArn, group.TargetGroupName]))
  const actions = (list: AwsState['rules'][number]['Actions'] = []) =>
    list.map(({Type, TargetGroupArn}) => `${Type} ${nameOfGroup.get(TargetGroupArn)}`)
  const nameOf = new Map(state.securityGroups.map(({GroupId, GroupName}) => [GroupId, GroupName]))
  return {
    clusters: state.clusters.map(({clusterName, status}) => `${clusterName} ${status}`),
    services: state.services.map((each) => ({
      name: each.serviceName,
      counts: [each.desiredCount, each.runningCount],
      image: state.taskDefinitions.find(({taskDefinitionArn}) => taskDefinitionArn === each.taskDefinition)
        ?.containerDefinitions?.[0]?.image,
      targetGroups: each.loadBalancers?.map(({targetGroupArn}) => nameOfGroup.get(targetGroupArn)),
      securityGroups: each.networkConfiguration?.awsvpcConfiguration?.securityGroups?.map((id) => nameOf.get(id)),
      deployments: each.deployments?.length,
    })),
    tasks: state.tasks.length,
    revisions: state.taskDefinitions.map(({family, revision, status}) => `${family}:${revision} ${status}`),
    logGroups: state.logGroups.map(({logGroupName, retentionInDays}) => `${logGroupName} ${retentionInDays}`),
    roles: state.roles.map(({name, attached, inline}) => ({name, attached, inline: Object.keys(inline)})),
    securityGroups: state.securityGroups.map(({GroupName, IpPermissions = [], tags}) => ({
      name: GroupName,
      tags,
      ingress: IpPermissions.map((each) => [
        each.FromPort,
        each.IpRanges?.map(({CidrIp}) => CidrIp),
        each.UserIdGroupPairs?.map(({GroupId}) => nameOf.get(GroupId)),
      ]),
    })),
    loadBalancers: state.loadBalancers.map(({LoadBalancerName}) => LoadBalancerName),
    listeners: state.listeners.map(({Port, DefaultActions}) => [Port, actions(DefaultActions)]),
    rules: state.rules
      .toSorted((one, other) => Number(one.Priority) - Number(other.Priority))
      .map(({Conditions, Actions, Priority}) => [Priority, Conditions?.[0]?.Values, actions(Actions)]),
    targetGroups: state.targetGroups.map((group) => [group.TargetGroupName, group.attributes, group.tags]),
  }
}

interface Case {
  readonly what: string
  /** Commands that run first, unharmed. */
  readonly before: () => readonly (readonly string[])[]
  readonly killed: () => readonly string[]
  /** Of the changes that the command makes, those after which it is killed. */
  readonly moments: readonly number[]
}

const upTo = (last: number) => Array.from({length: last}, (_, index) => index + 1)

const cases: readonly Case[] = [
  {what: 'lb create', before: () => [], killed: () => createLb, moments: upTo(5)},
  {what: 'service create', before: () => [createLb], killed: createService, moments: [1, 3, 5, 7, 9, 11, 13, 14, 15]},
  {
    what: 'service deploy',
    before: () => [createLb, createService()],
    killed: () => ['service', 'deploy', 'web', ...image('v2')],
    moments: upTo(2),
  },
  {
    what: 'service destroy',
    before: () => [createLb, createService()],
    killed: () => ['service', 'destroy', 'web', '--force', '--yes'],
    moments: [1, 3, 5, 6, 8],
  },
  {
    what: 'lb destroy',
    before: () => [createLb],
    killed: () => ['lb', 'destroy', 'front', '--yes'],
    moments: upTo(3),
  },
]

const moments = cases.flatMap((each) => each.moments.map((moment) => ({...each, moment})))
const unharmed = new Map<string, Promise<unknown>>()

/** What the command leaves behind when it runs to its end. */
function shapeAfter({what, before, killed}: Case): Promise<unknown> {
  const running =
    unharmed.get(what) ??
    (async () => {
      const account = local.account()
      await account.parameter('/web/token')
      for (const args of [...before(), killed()]) await account.succeed(args)
      return shapeOf(await account.settledState())
    })()
  unharmed.set(what, running)
  return running
}

test.concurrent.each(moments)(
  '$what killed at its change $moment and run again leaves what it leaves unharmed',
  async ({moment, ...each}) => {
    const account = proxy.account()
    await account.parameter('/web/token')
    for (const args of each.before()) await account.succeed(args)

    const wasKilled = await killAfter(moment, account, each.killed())
    await account.succeed(each.killed())

    expect(wasKilled).toBe(true)
    expect(shapeOf(await account.settledState())).toEqual(await shapeAfter(each))
  },
)

test.concurrent('two creates of one service at once leave one service and one of everything', async () => {
  const account = local.account()
  await account.parameter('/web/token')
  await account.succeed(createLb)

  const both = await Promise.all([account.run(createService()), account.run(createService())])
  const again = await account.run(createService())

  for (const {exitCode, stderr} of both) {
    if (exitCode !== 0) expect(stderr).toMatch(/^Error: .*\n(Try: .*\n?)+$/m)
  }
  expect(both.some(({exitCode}) => exitCode === 0)).toBe(true)
  expect(again).toMatchObject({exitCode: 0, stdout: expect.stringContaining('nothing has changed')})
  const {services, securityGroups, targetGroups, rules: found, logGroups} = await account.settledState()
  expect([services, logGroups, found].map(({length}) => length)).toEqual([1, 1, 2])
  expect(targetGroups.map(({TargetGroupName}) => TargetGroupName)).toEqual(['fargate-web', 'front-default'])
  expect(securityGroups.filter(({GroupName}) => GroupName === 'fargate/service/fargate/web')).toHaveLength(1)
})
