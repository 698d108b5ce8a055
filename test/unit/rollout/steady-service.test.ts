import type {Deployment, Service} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import {createMemoryOutput} from '../../../src/output/memory.js'
import type {StepProgress} from '../../../src/output/output.js'
import {waitForCount, waitUntilGone} from '../../../src/rollout/steady-service.js'
import type {FakeHandlers} from '../../helpers/fake-aws.js'
import {fakeAws} from '../../helpers/fake-aws.js'
import {createVirtualClock} from '../../helpers/product-clock.js'

const primary: Deployment = {id: 'ecs-svc/1', status: 'PRIMARY', rolloutState: 'COMPLETED', desiredCount: 3}
const failed: Deployment = {...primary, rolloutState: 'FAILED', rolloutStateReason: 'tasks failed to start.'}

function world(states: readonly Partial<Service>[], ecs: FakeHandlers['ecs'] = {}) {
  let looks = 0
  const clock = createVirtualClock()
  const aws = fakeAws({
    ecs: {
      DescribeServices: () => {
        const now = states[Math.min(looks, states.length - 1)]
        looks += 1
        return {
          services: now === undefined ? [] : [{serviceName: 'web', status: 'ACTIVE', deployments: [primary], ...now}],
        }
      },
      ListTasks: () => ({taskArns: []}),
      ...ecs,
    },
  })
  const output = createMemoryOutput()
  const context = {aws, clock, signal: new AbortController().signal}
  const run = <Value>(wait: (progress: StepProgress) => Promise<Value>) => output.step('Waiting', wait)
  return {context, clock, output, run}
}

const options = {cluster: 'fargate', service: 'web', timeoutMs: 600_000}

describe('waitForCount', () => {
  const scaled = (states: readonly Partial<Service>[], desiredCount: number) => {
    const {context, run, ...rest} = world(states)
    return {...rest, result: run((progress) => waitForCount(context, {...options, desiredCount}, progress))}
  }

  test('ends when as many tasks run as are wanted, and none is pending', async () => {
    const {result, clock} = scaled([{runningCount: 2}, {runningCount: 3, pendingCount: 1}, {runningCount: 3}], 3)

    expect(await result).toMatchObject({runningCount: 3})
    expect(clock.sleeps).toEqual([2000, 2000])
  })

  test('fails where the deployment has failed and no task will start', async () => {
    const {result} = scaled([{runningCount: 0, deployments: [failed]}], 3)

    await expect(result).rejects.toMatchObject({
      code: 'DEPLOYMENT_FAILED',
      exitCode: 6,
      message: 'service web cannot start tasks: tasks failed to start.',
    })
  })

  test('scales down a service whose deployment has failed', async () => {
    const {result} = scaled(
      [
        {runningCount: 2, deployments: [failed]},
        {runningCount: 0, deployments: [failed]},
      ],
      0,
    )

    expect(await result).toMatchObject({runningCount: 0})
  })

  test('fails where the service is deleted', async () => {
    await expect(scaled([{status: 'DRAINING'}], 3).result).rejects.toMatchObject({code: 'SERVICE_NOT_FOUND'})
  })
})

describe('waitUntilGone', () => {
  const tasks = (running: string[], stopping: string[]): FakeHandlers['ecs'] => ({
    ListTasks: (input) => ({
      taskArns: input?.desiredStatus === 'RUNNING' ? running : stopping,
    }),
    DescribeTasks: () => ({tasks: stopping.map((taskArn) => ({taskArn, lastStatus: taskArn}))}),
  })
  const gone = (states: readonly Partial<Service>[], ecs: FakeHandlers['ecs']) => {
    const {context, run, ...rest} = world(states, ecs)
    return {...rest, result: run((progress) => waitUntilGone(context, options, progress))}
  }

  test('waits until the service is inactive', async () => {
    const {result, clock} = gone([{status: 'DRAINING'}, {status: 'INACTIVE'}], tasks([], []))
    await result

    expect(clock.sleeps).toEqual([2000])
  })

  test('waits until the last task is stopped, not only told to stop', async () => {
    const running = ['task']
    const stopping = ['DEPROVISIONING', 'STOPPED']
    const {result, clock, output} = gone([{status: 'INACTIVE'}], tasks(running, stopping))
    clock.at(3000, () => running.pop())
    clock.at(5000, () => {
      stopping[0] = 'STOPPED'
    })
    await result

    expect(clock.elapsed()).toBe(6000)
    expect(output.texts('update')).toEqual(['2 tasks left', '2 tasks left', '1 tasks left', '0 tasks left'])
  })

  test('ends where ECS has forgotten the service', async () => {
    await gone([], tasks([], [])).result
  })
})

test('tells why tasks stop while it waits, but not what stopped before', async () => {
  const states = [...Array.from({length: 3}, () => ({runningCount: 1})), {runningCount: 3}]
  const task = (id: string) => ({
    taskArn: `arn:aws:ecs:us-east-1:123456789012:task/fargate/${id}`,
    startedBy: 'ecs-svc/1',
    lastStatus: 'STOPPED',
    stoppedReason: 'CannotPullContainerError: not found',
  })
  let stopped = [task('before')]
  const {context, output, run} = world(states, {
    ListTasks: () => ({taskArns: stopped.map(({taskArn}) => taskArn)}),
    DescribeTasks: ({tasks}) => {
      const found = stopped.filter(({taskArn}) => tasks?.includes(taskArn))
      stopped = [task('before'), task('after')]
      return {tasks: found}
    },
  })

  await run((progress) => waitForCount(context, {...options, desiredCount: 3}, progress))

  const lines = output.texts('log').join('\n')
  expect(lines).toContain('task after stopped: CannotPullContainerError: not found')
  expect(lines).not.toContain('task before')
})
