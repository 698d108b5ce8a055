import {expect, test} from 'vitest'
import {withFailedHealthCheck} from '../../../src/rollout/failed-health-check.js'
import type {StoppedTask} from '../../../src/rollout/stopped-task.js'

const group = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/1'
const stopped = (reason: string): StoppedTask => ({
  taskId: 'a1',
  reason,
  hint: undefined,
  stopCode: undefined,
  containers: [],
})
const unhealthy = (task: string, found: string) => ({
  message: `(service web) (task ${task}) (port 80) is unhealthy in (target-group ${group}) due to (reason ${found}).`,
})

test.each([
  ['Health checks failed with these codes: [503]', 'port 80: Health checks failed with these codes: [503]'],
  ['Request timed out', 'port 80: Request timed out'],
])('a task that failed its target group is told with what the check found: %s', (found, added) => {
  const reason = `Task failed ELB health checks in (target-group ${group})`
  const events = [unhealthy('b2', 'Health checks failed'), unhealthy('a1', found), unhealthy('a1', 'an older one')]

  expect(withFailedHealthCheck(stopped(reason), events).reason).toBe(`${reason}; ${added}`)
})

test('without such an event the reason stays', () => {
  const task = stopped(`Task failed ELB health checks in (target-group ${group})`)

  expect(withFailedHealthCheck(task, [unhealthy('b2', 'Request timed out')])).toBe(task)
})

test('a task that stopped for another reason is left alone', () => {
  const task = stopped('Essential container in task exited')

  expect(withFailedHealthCheck(task, [unhealthy('a1', 'Request timed out')])).toBe(task)
})
