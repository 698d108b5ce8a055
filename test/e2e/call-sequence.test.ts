import {afterAll, beforeAll, expect, test} from 'vitest'
import type {AwsProxy, ProxiedCall} from '../helpers/aws-proxy.js'
import {longestChain, startAwsProxy} from '../helpers/aws-proxy.js'
import type {LocalAccount, LocalServer} from '../helpers/local-account.js'
import {exampleImage, startLocalServer} from '../helpers/local-account.js'

let local: LocalServer
let proxy: AwsProxy

beforeAll(async () => {
  local = await startLocalServer()
  proxy = await startAwsProxy(local)
})

afterAll(async () => {
  await proxy?.close()
  await local?.stop()
})

/** The calls of one command, each answered only when no other is still to come: what runs in parallel runs in one round. */
async function callsOf(account: LocalAccount, args: readonly string[]): Promise<readonly ProxiedCall[]> {
  const before = proxy.calls.length
  proxy.roundMs = 300
  try {
    await account.succeed(args)
  } finally {
    proxy.roundMs = undefined
  }
  return proxy.calls.slice(before)
}

test('deploy --image makes four calls that depend on each other before it waits', async () => {
  const account = proxy.account()
  await account.succeed(['service', 'create', 'web', '--image', exampleImage(local, 'v1')])

  const calls = await callsOf(account, ['service', 'deploy', 'web', '--image', exampleImage(local, 'v2'), '--no-wait'])

  expect(longestChain(calls)).toEqual([
    'DescribeServices',
    'DescribeTaskDefinition',
    'RegisterTaskDefinition',
    'UpdateService',
  ])
  expect(calls.map(({operation}) => operation).sort()).toEqual([
    'DescribeServices',
    'DescribeTaskDefinition',
    'DescribeTaskDefinition',
    'RegisterTaskDefinition',
    'UpdateService',
  ])
})

test('scale and restart make two calls that depend on each other before they wait', async () => {
  const account = proxy.account()
  await account.succeed(['service', 'create', 'web', '--image', exampleImage(local, 'v1')])

  for (const args of [
    ['service', 'scale', 'web', '2'],
    ['service', 'restart', 'web'],
  ]) {
    const calls = await callsOf(account, [...args, '--no-wait'])
    expect(calls.map(({operation}) => operation)).toEqual(['DescribeServices', 'UpdateService'])
  }
})

test('service create behind a load balancer waits for at most eleven answers in a row', async () => {
  const account = proxy.account()
  await account.succeed(['lb', 'create', 'front', '--port', '80'])
  const create = ['service', 'create', 'web', '--port', '80', '--lb', 'front', '--rule', 'path=/a/*', '--no-wait']

  const calls = await callsOf(account, [...create, '--image', exampleImage(local, 'v1')])

  const chain = longestChain(calls)
  expect(chain.length, chain.join(' → ')).toBeLessThanOrEqual(11)
  expect(calls.length).toBeGreaterThan(2 * chain.length)
})
