import type {Deployment, Service} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import {createMemoryOutput} from '../../../src/output/memory.js'
import {followDeployment} from '../../../src/rollout/follow-deployment.js'
import type {FakeHandlers} from '../../helpers/fake-aws.js'
import {awsFailure, fakeAws} from '../../helpers/fake-aws.js'
import {createVirtualClock} from '../../helpers/product-clock.js'
import {deployment, oldDeployment, taskDefinition} from './shapes.js'

type Seen = Partial<Service> | 'missing' | Error

const sdk = (each: ReturnType<typeof deployment>): Deployment => ({...each, rolloutState: each.rolloutState as never})
const inProgress: Seen = {deployments: [sdk(deployment()), sdk(oldDeployment())]}
const completed: Seen = {deployments: [sdk(deployment({rolloutState: 'COMPLETED', runningCount: 2}))]}
const before: Seen = {deployments: [sdk(oldDeployment({status: 'PRIMARY'}))]}
const breaker = 'ECS deployment circuit breaker: tasks failed to start.'
const rolledBack: Seen = {
  deployments: [
    sdk(oldDeployment({id: 'ecs-svc/3', status: 'PRIMARY'})),
    sdk(deployment({status: 'ACTIVE', rolloutState: 'FAILED', rolloutStateReason: breaker})),
  ],
}
const crashed = {
  taskArn: 'arn:aws:ecs:us-east-1:123456789012:task/fargate/0f1e',
  startedBy: 'ecs-svc/2',
  taskDefinitionArn: taskDefinition(2),
  lastStatus: 'STOPPED',
  stoppedReason: 'CannotPullContainerError: image web:2: not found',
  containers: [{name: 'web'}],
}

/** Follows deployment ecs-svc/2; `seen` is what each look sees, the last one from then on. */
function following(
  seen: readonly Seen[],
  {
    stopped = [] as object[],
    timeoutMs = 600_000,
    ...handlers
  }: FakeHandlers & {stopped?: object[]; timeoutMs?: number} = {},
) {
  let looks = 0
  const clock = createVirtualClock()
  const abort = new AbortController()
  const aws = fakeAws({
    ecs: {
      DescribeServices: () => {
        const now = seen[Math.min(looks, seen.length - 1)] ?? 'missing'
        looks += 1
        if (now instanceof Error) throw now
        if (now === 'missing') return {failures: [{arn: 'arn:web', reason: 'MISSING'}]}
        return {services: [{serviceName: 'web', status: 'ACTIVE', ...now}]}
      },
      ListTasks: () => ({taskArns: stopped.map((task) => (task as {taskArn: string}).taskArn)}),
      DescribeTasks: () => ({tasks: stopped}),
      ...handlers.ecs,
    },
    ...(handlers.elbv2 && {elbv2: handlers.elbv2}),
  })
  const output = createMemoryOutput()
  const options = {cluster: 'fargate', service: 'web', deploymentId: 'ecs-svc/2', timeoutMs}
  const result = output.step('Waiting', (progress) =>
    followDeployment({aws, clock, signal: abort.signal}, options, progress),
  )
  result.catch(() => undefined)
  return {result, aws, clock, abort, output}
}

test('ends when ECS calls the deployment completed', async () => {
  const {result, output, clock} = following([inProgress, inProgress, completed])

  expect(await result).toEqual({
    deploymentId: 'ecs-svc/2',
    taskDefinition: taskDefinition(2),
    runningCount: 2,
    seconds: 4,
    stoppedTasks: [],
  })
  expect(clock.sleeps).toEqual([2000, 2000])
  expect(output.texts('update')).toContain('0 of 2 tasks running, 2 of the old version')
})

test('tells the tasks that failed on the way of one that is completed in the end', async () => {
  const {result, output} = following([inProgress, completed], {stopped: [crashed]})

  expect((await result).stoppedTasks.map(({taskId}) => taskId)).toEqual(['0f1e'])
  expect(output.texts('log')).toEqual([
    'task 0f1e stopped: CannotPullContainerError: image web:2: not found',
    '  the image is not in the registry: check the tag, or push it',
  ])
})

test('a rollback is a failure with its reason, the last task and what helps', async () => {
  const {result} = following([inProgress, rolledBack], {stopped: [crashed]})

  await expect(result).rejects.toMatchObject({
    code: 'DEPLOYMENT_ROLLED_BACK',
    exitCode: 6,
    message: `service web is rolled back to service_web:1: ${breaker}\n  last task 0f1e: ${crashed.stoppedReason}`,
    hints: ['the image is not in the registry: check the tag, or push it', 'fargate service logs web'],
    details: {outcome: 'rolled-back', rolledBackTo: taskDefinition(1), stoppedTasks: [{taskId: '0f1e'}]},
  })
})

test('a rollback is still a failure when the service is steady again with another deployment', async () => {
  const message = '(service web) (deployment ecs-svc/2) deployment failed: tasks failed to start.'
  const steady: Seen = {
    runningCount: 2,
    desiredCount: 2,
    deployments: [sdk(oldDeployment({id: 'ecs-svc/3', status: 'PRIMARY'}))],
    events: [{id: 'e', createdAt: new Date(), message}],
  }
  const {result} = following([inProgress, steady], {stopped: [crashed]})

  await expect(result).rejects.toMatchObject({code: 'DEPLOYMENT_ROLLED_BACK', exitCode: 6})
})

test('the first deployment of a service fails with nothing to go back to', async () => {
  const failed: Seen = {deployments: [sdk(deployment({rolloutState: 'FAILED', rolloutStateReason: breaker}))]}
  const {result} = following([inProgress, failed], {stopped: [crashed]})

  await expect(result).rejects.toMatchObject({code: 'DEPLOYMENT_FAILED', exitCode: 6, details: {outcome: 'failed'}})
})

describe('a failure without a stopped task', () => {
  const failed: Seen = {deployments: [sdk(deployment({rolloutState: 'FAILED', rolloutStateReason: breaker}))]}

  test('waits a while for the reason of one', async () => {
    const stopped: object[] = []
    const {result, clock} = following([failed], {stopped})
    clock.at(5000, () => stopped.push(crashed))

    await expect(result).rejects.toMatchObject({details: {stoppedTasks: [{taskId: '0f1e'}]}})
    expect(clock.elapsed()).toBe(6000)
  })

  test('is told without a reason after half a minute', async () => {
    const {result, clock} = following([failed])

    await expect(result).rejects.toMatchObject({code: 'DEPLOYMENT_FAILED', details: {stoppedTasks: []}})
    expect(clock.elapsed()).toBe(30_000)
  })

  test('is a failure, not a timeout, when the time is over first', async () => {
    const {result} = following([failed], {timeoutMs: 10_000})

    await expect(result).rejects.toMatchObject({code: 'DEPLOYMENT_FAILED', exitCode: 6})
  })
})

test('another deployment in its place ends the wait', async () => {
  const newer: Seen = {deployments: [sdk(deployment({id: 'ecs-svc/9'})), sdk(deployment({status: 'ACTIVE'}))]}
  const {result} = following([inProgress, newer])

  await expect(result).rejects.toMatchObject({code: 'DEPLOYMENT_SUPERSEDED', exitCode: 6})
})

test('a service that is deleted ends the wait', async () => {
  await expect(following([inProgress, {...before, status: 'DRAINING'}]).result).rejects.toMatchObject({
    code: 'SERVICE_DELETED',
  })
  await expect(following([inProgress, 'missing']).result).rejects.toMatchObject({code: 'SERVICE_NOT_FOUND'})
})

describe('reads that are older than the deployment', () => {
  test.each([
    ['the service of before', before],
    ['no service', 'missing' as const],
    ['one of that name that was deleted', {status: 'INACTIVE', deployments: []}],
  ])('show %s, and are waited out', async (_what, stale) => {
    expect((await following([stale, stale, inProgress, completed]).result).seconds).toBe(6)
  })

  test('are believed after half a minute', async () => {
    const {result, clock} = following([before])

    await expect(result).rejects.toMatchObject({code: 'DEPLOYMENT_SUPERSEDED'})
    expect(clock.elapsed()).toBe(30_000)
  })
})

test('gives up after the timeout with all that is known, and says that AWS goes on', async () => {
  const {result} = following([{...inProgress, desiredCount: 2}], {stopped: [crashed], timeoutMs: 60_000})

  await expect(result).rejects.toMatchObject({
    code: 'WAIT_TIMED_OUT',
    exitCode: 7,
    message: `gave up waiting for service web after 60 s; deployment ecs-svc/2 goes on at AWS\n  last task 0f1e: ${crashed.stoppedReason}`,
    details: {desiredCount: 2, stoppedTasks: [{taskId: '0f1e'}]},
  })
})

test('a throttled look slows the looks down and fails nothing', async () => {
  const throttle = awsFailure('ThrottlingException', 'Rate exceeded')
  const {result, clock} = following([inProgress, throttle, throttle, completed])

  expect((await result).deploymentId).toBe('ecs-svc/2')
  expect(clock.sleeps).toEqual([2000, 4000, 8000])
})

test('other errors end the wait', async () => {
  await expect(following([awsFailure('AccessDeniedException')]).result).rejects.toMatchObject({code: 'ACCESS_DENIED'})
})

test('ends when it is cancelled', async () => {
  const {result, abort, clock} = following([inProgress])
  clock.at(3000, () => abort.abort())

  await expect(result).rejects.toMatchObject({code: 'CANCELLED', exitCode: 130})
})

test('asks for service and stopped tasks at the same time', async () => {
  const {result, aws} = following([completed])
  await result

  expect(aws.log.longestChain()).toHaveLength(1)
})
