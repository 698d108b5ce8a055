import {describe, expect, test} from 'vitest'
import {describeProgress} from '../../../src/rollout/progress.js'
import {ServiceEventLog} from '../../../src/rollout/service-events.js'
import type {StoppedTask} from '../../../src/rollout/stopped-task.js'
import {reportStoppedTasks} from '../../../src/rollout/stopped-task-report.js'
import {fails, fakeAws} from '../../helpers/fake-aws.js'
import {deployment, oldDeployment, service, startedAt} from './shapes.js'

describe('events of a service', () => {
  const event = (id: string, seconds: number, message: string) => ({
    id,
    createdAt: new Date(startedAt.getTime() + seconds * 1000),
    message,
  })
  const old = event('0', -3600, '(service web) has reached a steady state.')
  const started = event('1', 5, '(service web) has started 2 tasks: (task a) (task b).')
  const draining = event('2', 9, '(service web, taskSet ecs-svc/1) has begun draining connections on 1 tasks.')
  const role = event('3', 9, 'service web failed to launch a task with (error ECS was unable to assume the role)')

  test('are told once, oldest first, without the name of the service', () => {
    const log = new ServiceEventLog('ecs-svc/2')

    expect(log.fresh(service({events: [started, old]}))).toEqual(['has started 2 tasks: (task a) (task b).'])
    expect(log.fresh(service({events: [role, draining, started, old]}))).toEqual([
      'has begun draining connections on 1 tasks.',
      'service web failed to launch a task with (error ECS was unable to assume the role)' +
        ' A role that was made just now takes up to half a minute; ECS tries again by itself.',
    ])
    expect(log.fresh(service({events: [role, draining, started, old]}))).toEqual([])
  })

  test('go on being told when the deployment has vanished', () => {
    const log = new ServiceEventLog('ecs-svc/2')
    log.fresh(service())

    expect(log.fresh(service({deployments: [oldDeployment()], events: [started]}))).toHaveLength(1)
  })

  test('wait until the deployment is seen', () => {
    const log = new ServiceEventLog('ecs-svc/2')

    expect(log.fresh(service({deployments: [oldDeployment()], events: [started]}))).toEqual([])
    expect(log.fresh(service({events: [started]}))).toHaveLength(1)
  })
})

describe('stopped tasks', () => {
  const task = (taskId: string, reason: string, logLines: readonly string[] = []): StoppedTask => ({
    taskId,
    reason,
    hint: 'do this',
    stopCode: undefined,
    containers: [{name: 'web', exitCode: 1, reason: undefined, logLines}],
  })
  const reported = (stopped: readonly StoppedTask[], all: readonly StoppedTask[]) => {
    const lines: string[] = []
    reportStoppedTasks(stopped, all, {log: (line) => lines.push(line)})
    return lines
  }

  test('are told with what helps and their last log lines', () => {
    const first = task('a', 'exit code 1', ['starting', 'boom'])

    expect(reported([first], [first])).toEqual([
      'task a stopped: exit code 1',
      '  do this',
      '  last log lines of container web:',
      '    starting',
      '    boom',
    ])
  })

  test('of one reason are told in full once, whatever ids they have', () => {
    const all = [
      task('a', 'failed health checks in (target-group x/73e2d6bc24d8a067) after 12 s'),
      task('b', 'failed health checks in (target-group x/99e2d6bc24d8a099) after 7 s'),
      task('c', 'exit code 1'),
    ]

    expect(reported(all, all).filter((line) => line.startsWith('task'))).toEqual([
      'task a stopped: failed health checks in (target-group x/73e2d6bc24d8a067) after 12 s',
      'task b stopped for the same reason (2 so far)',
      'task c stopped: exit code 1',
    ])
  })
})

describe('progress', () => {
  test('tells tasks of the new and of the old version', async () => {
    const {elbv2} = fakeAws({})
    const own = deployment({pendingCount: 1, failedTasks: 3})

    expect(await describeProgress(elbv2, service({deployments: [own, oldDeployment()]}), own)).toBe(
      '0 of 2 tasks running, 1 pending, 3 failed, 2 of the old version',
    )
  })

  test('tells the targets by state once a task runs', async () => {
    const {elbv2} = fakeAws({
      elbv2: {
        DescribeTargetHealth: () => ({
          TargetHealthDescriptions: (['healthy', 'initial', 'healthy'] as const).map((State) => ({
            TargetHealth: {State},
          })),
        }),
      },
    })
    const own = deployment({runningCount: 1})
    const loadBalancers = [{targetGroupArn: 'arn:group'}, {loadBalancerName: 'classic'}]

    expect(await describeProgress(elbv2, service({deployments: [own], loadBalancers}), own)).toBe(
      '1 of 2 tasks running, 2 targets healthy, 1 target initial',
    )
  })

  test('says nothing of a target group that is gone', async () => {
    const {elbv2} = fakeAws({elbv2: {DescribeTargetHealth: fails('TargetGroupNotFoundException')}})
    const own = deployment({runningCount: 1})
    const balanced = service({deployments: [own], loadBalancers: [{targetGroupArn: 'arn:group'}]})

    expect(await describeProgress(elbv2, balanced, own)).toBe('1 of 2 tasks running')
  })
})
