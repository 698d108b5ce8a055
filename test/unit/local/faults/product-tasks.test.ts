import {afterEach, beforeEach, expect, test} from 'vitest'
import type {FaultyAccount} from '../../../helpers/faulty-account.js'
import {faultyAccount} from '../../../helpers/faulty-account.js'
import {createFront, createWeb, deployWeb, failureOf} from './product-scenes.js'

let account: FaultyAccount

beforeEach(async () => {
  account = await faultyAccount()
  await createFront(account)
})

afterEach(() => account.close())

test('no capacity fails the first deployment with exit code 6 and says so', async () => {
  account.add({kind: 'no-capacity', serviceName: 'web'})
  const failure = await failureOf(createWeb(account))

  expect(failure).toMatchObject({exitCode: 6, code: 'DEPLOYMENT_FAILED'})
  expect(failure.message).toContain(
    'ECS was unable to place a task. Reason: Capacity is unavailable at this time.' +
      ' Please try again later or in a different availability zone.',
  )
  expect(failure.hints[0]).toContain('no Fargate capacity in these subnets')
})

test('no capacity rolls a deployment back, and what ran before goes on', async () => {
  await createWeb(account)
  account.add({kind: 'no-capacity', serviceName: 'web', for: '2m'})

  expect(await failureOf(deployWeb(account))).toMatchObject({
    exitCode: 6,
    code: 'DEPLOYMENT_ROLLED_BACK',
    message: expect.stringContaining('Capacity is unavailable at this time'),
  })
  await account.pass(120)
  expect(await deployWeb(account)).toMatchObject({rollout: {runningCount: 2}})
})

test('capacity that comes back in time is waited for', async () => {
  account.add({kind: 'no-capacity', serviceName: 'web', count: 2})

  expect(await createWeb(account)).toMatchObject({rollout: {runningCount: 2, stoppedTasks: []}})
})

test.each<[cause: string | undefined, reason: string, hint: string]>([
  [undefined, ': not found', 'the image is not in the registry'],
  ['timeout', 'i/o timeout', 'the task cannot reach AWS'],
  ['forbidden', '403 Forbidden', 'the execution role may not pull'],
  ['platform', "descriptor matching platform 'linux/amd64'", 'built for another CPU architecture'],
])('an unpullable image (%s) rolls the deployment back and is explained', async (cause, reason, hint) => {
  await createWeb(account)
  account.add({kind: 'unpullable-image', image: 'fargate-examples:v2', ...(cause !== undefined && {cause})})
  const failure = await failureOf(deployWeb(account))

  expect(failure).toMatchObject({exitCode: 6, code: 'DEPLOYMENT_ROLLED_BACK'})
  expect(failure.message).toContain('CannotPullContainerError: pull image manifest has been retried')
  expect(failure.message).toContain(reason)
  expect(failure.hints[0]).toContain(hint)
})

test('an image that cannot be pulled once is pulled by the task that takes its place', async () => {
  account.add({kind: 'unpullable-image', count: 1})
  const {rollout} = await createWeb(account)

  expect(rollout).toMatchObject({
    runningCount: 2,
    stoppedTasks: [{reason: expect.stringContaining('CannotPullContainerError')}],
  })
})

test('a slow pull is waited for', async () => {
  const quick = await createWeb(account)
  account.add({kind: 'slow-pull', delay: '3m'})
  const slow = await deployWeb(account)

  expect(quick.rollout?.seconds).toBeLessThan(60)
  expect(slow.rollout?.seconds).toBeGreaterThanOrEqual(180)
})

test('network interfaces that come late are waited for', async () => {
  account.add({kind: 'eni-delay', delay: '90s', serviceName: 'web'})
  const {rollout} = await createWeb(account)

  expect(rollout?.seconds).toBeGreaterThanOrEqual(90)
})

test.each<[fault: object, found: string]>([
  [{}, 'Health checks failed with these codes: [503]'],
  [{status: 502}, 'Health checks failed with these codes: [502]'],
  [{cause: 'timeout'}, 'Request timed out'],
])('failing health checks %o roll the deployment back with what they found', async (fault, found) => {
  await createWeb(account)
  account.add({kind: 'failing-health-checks', serviceName: 'web', ...fault})
  const failure = await failureOf(deployWeb(account))

  expect(failure).toMatchObject({exitCode: 6, code: 'DEPLOYMENT_ROLLED_BACK'})
  expect(failure.message).toContain('Task failed ELB health checks in (target-group ')
  expect(failure.message).toContain(found)
})

test('one task that fails its health checks is replaced', async () => {
  account.add({kind: 'failing-health-checks', targetGroup: 'fargate-web', count: 1})
  const {rollout} = await createWeb(account)
  const events = account.context.output.texts('log').filter((line) => /unhealthy in|unhealthy status/.test(line))

  expect(rollout).toMatchObject({runningCount: 2})
  expect(events).toEqual([
    expect.stringContaining('Amazon ECS replaced 1 tasks due to an unhealthy status.'),
    expect.stringContaining('due to (reason Health checks failed with these codes: [503])'),
  ])
})

test('a task of Fargate Spot that is taken back during a deployment is replaced', async () => {
  await createWeb(account)
  const {ecs} = account.context.aws
  const capacityProviders = ['FARGATE', 'FARGATE_SPOT']
  await account.run(async () => {
    await ecs('PutClusterCapacityProviders', {
      cluster: 'fargate',
      capacityProviders,
      defaultCapacityProviderStrategy: [],
    })
    await ecs('UpdateService', {
      cluster: 'fargate',
      service: 'web',
      capacityProviderStrategy: [{capacityProvider: 'FARGATE_SPOT', weight: 1}],
      forceNewDeployment: true,
    })
  })
  await account.pass(120)
  account.add({kind: 'spot-interruption', serviceName: 'web', count: 1, skip: 2})
  const {rollout} = await deployWeb(account)

  expect(rollout).toMatchObject({
    runningCount: 2,
    stoppedTasks: [{reason: expect.stringContaining('Your Spot Task was interrupted.')}],
  })
})
