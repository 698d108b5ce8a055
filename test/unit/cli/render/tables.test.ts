import {expect, test} from 'vitest'
import type {TaskSummary} from '../../../../src/actions/task-summary.js'
import {renderLoadBalancerList} from '../../../../src/cli/render/load-balancer-list.js'
import {renderServiceList} from '../../../../src/cli/render/service-list.js'
import {renderTasks} from '../../../../src/cli/render/task-list.js'
import {addressOf} from '../../../../src/cli/render/task-table.js'
import {ageOf, formatTime, formatTimeAndAge} from '../../../../src/cli/render/times.js'
import {renderedTask} from './rendered-task.js'

const now = Date.UTC(2026, 10, 23, 5, 2, 5)

test('shows services in columns', () => {
  const service = {
    arn: 'arn',
    status: 'ACTIVE',
    taskDefinition: 'web:1',
    image: 'web:v1',
    cpu: '256',
    memory: '512',
    desiredCount: 2,
    runningCount: 1,
    pendingCount: 1,
  }
  const services = [
    {...service, name: 'api', loadBalancers: []},
    {...service, name: 'worker', image: undefined, cpu: undefined, memory: undefined, loadBalancers: ['front', 'back']},
  ]

  expect(renderServiceList({cluster: 'fargate', services})).toMatchInlineSnapshot(`
    "NAME    IMAGE   CPU  MEMORY  LOAD BALANCER  DESIRED  RUNNING  PENDING
    api     web:v1  256  512                    2        1        1
    worker                       front, back    2        1        1"
  `)
})

test('shows load balancers in columns', () => {
  const loadBalancer = {arn: 'arn', scheme: 'internal', dnsName: 'front.example.com', createdAt: undefined}
  const loadBalancers = [
    {
      ...loadBalancer,
      name: 'front',
      type: 'application' as const,
      state: 'active_impaired',
      ports: [
        {protocol: 'HTTP', port: 80, certificates: []},
        {protocol: 'HTTPS', port: 443, certificates: ['arn:1']},
      ],
    },
    {...loadBalancer, name: 'tcp', type: 'network' as const, state: 'provisioning', ports: []},
  ]

  expect(renderLoadBalancerList({loadBalancers})).toMatchInlineSnapshot(`
    "NAME   TYPE         STATUS           DNS NAME           PORTS
    front  Application  Active Impaired  front.example.com  HTTP:80, HTTPS:443
    tcp    Network      Provisioning     front.example.com"
  `)
})

test('shows tasks in columns, and reasons only where a task has stopped', () => {
  const stopped: TaskSummary = {
    ...renderedTask,
    id: 'b'.repeat(32),
    status: 'STOPPED',
    stoppedAt: new Date('2026-11-23T04:00:30Z'),
    stopped: {code: 'EssentialContainerExited', reason: 'Essential container in task exited', hint: undefined},
  }
  const pending: TaskSummary = {
    ...renderedTask,
    id: 'c'.repeat(32),
    status: 'PENDING',
    startedAt: undefined,
    publicIp: undefined,
  }
  const tasks = {service: 'web', cluster: 'fargate', tasks: [renderedTask, pending]}

  expect(renderTasks(tasks, now)).toMatchInlineSnapshot(`
    "ID                                IMAGE   STATUS             RUNNING  IP        CPU  MEMORY
    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa  web:v1  running (healthy)  1h2m5s   3.4.5.6   256  512
    cccccccccccccccccccccccccccccccc  web:v1  pending                     10.0.0.1  256  512"
  `)
  expect(renderTasks({...tasks, tasks: [renderedTask, stopped]}, now)).toMatchInlineSnapshot(`
    "ID                                IMAGE   STATUS             RUNNING  IP       CPU  MEMORY  REASON
    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa  web:v1  running (healthy)  1h2m5s   3.4.5.6  256  512
    bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb  web:v1  stopped            30s               256  512     Essential container in task exited"
  `)
})

test('says so where there is nothing', () => {
  expect(renderServiceList({cluster: 'fargate', services: []})).toBe('No services found')
  expect(renderTasks({tasks: []}, now)).toBe('No tasks found')
  expect(renderLoadBalancerList({loadBalancers: []})).toBe('No load balancers found')
})

test.each([
  [{publicIp: '3.4.5.6', privateIp: '10.0.0.1', ipv6: '2600::1'}, '3.4.5.6'],
  [{publicIp: undefined, privateIp: '10.0.0.1', ipv6: '2600::1'}, '10.0.0.1'],
  [{publicIp: undefined, privateIp: undefined, ipv6: '2600::1'}, '2600::1'],
  [{publicIp: undefined, privateIp: undefined, ipv6: undefined}, ''],
  [{publicIp: undefined, privateIp: '10.0.0.1', status: 'STOPPED'}, ''],
])('shows the address %o as %j', (addresses, shown) => {
  expect(addressOf({...renderedTask, ...addresses})).toBe(shown)
})

test('shows times in UTC, with their age in its two largest units', () => {
  expect(formatTime(new Date('2026-11-23T04:05:06.789Z'))).toBe('2026-11-23 04:05:06 UTC')
  expect(formatTime(undefined)).toBe('')
  expect(formatTimeAndAge(new Date('2026-11-23T04:05:06Z'), now)).toBe('2026-11-23 04:05:06 UTC (56m59s ago)')
})

test.each([
  [3 * 86_400 + 4 * 3600 + 5, '3d4h'],
  [2 * 3600 + 5 * 60 + 9, '2h5m'],
  [3600 + 9, '1h'],
  [90, '1m30s'],
  [0, '0s'],
  [-20, '0s'],
])('shows an age of %i seconds as %s', (seconds, shown) => {
  expect(ageOf(new Date(now - seconds * 1000), now)).toBe(shown)
})
