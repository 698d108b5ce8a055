import {expect, test} from 'vitest'
import type {OnLogEvents, ReadLogRequest} from '../../../../src/actions/logs/log-reading.js'
import {followLogs, readLogs} from '../../../../src/actions/logs/log-reading.js'
import type {ServiceLogsOptions} from '../../../../src/actions/service/service-logs.js'
import {findServiceLogs} from '../../../../src/actions/service/service-logs.js'
import {createMemoryOutput} from '../../../../src/output/memory.js'
import {sdkService, sdkTaskDefinition, serviceArn} from '../../../helpers/aws-shapes.js'
import type {AwsTable} from '../../../helpers/aws-table.js'
import {awsTable} from '../../../helpers/aws-table.js'
import type {WrittenEvent} from '../../../helpers/fake-log-group.js'
import {fakeLogGroup} from '../../../helpers/fake-log-group.js'
import {createInstantClock} from '../../../helpers/instant-clock.js'

const now = Date.UTC(2026, 10, 23)
const ownGroup = '/fargate/service/web'
type Options = ServiceLogsOptions & ReadLogRequest

const everything: Options = {
  cluster: 'fargate',
  name: 'web',
  tasks: [],
  filter: undefined,
  startMs: undefined,
  endMs: undefined,
  tail: undefined,
}

interface Scene {
  readonly events?: readonly WrittenEvent[]
  /** The group that exists. */
  readonly group?: string
  readonly logConfiguration?: object
  readonly status?: string
  readonly ecs?: AwsTable['ecs']
}

function account({events = [], group = ownGroup, logConfiguration = awslogs(ownGroup, 'fargate'), status, ecs}: Scene) {
  const service = sdkService('web', status === undefined ? {} : {status})
  return awsTable({
    ecs: {
      DescribeServices: () => ({services: [service]}),
      DescribeTaskDefinition: ({taskDefinition = ''}) => sdkTaskDefinition(taskDefinition, {}, {logConfiguration}),
      ListServices: () => ({serviceArns: [serviceArn('web')]}),
      ...ecs,
    },
    logs: fakeLogGroup({name: group, events, now: () => now}),
  })
}

const awslogs = (group: string, prefix: string) => ({
  logDriver: 'awslogs',
  options: {'awslogs-group': group, 'awslogs-stream-prefix': prefix},
})

const line = (secondsAgo: number, message: string, stream = 'fargate/web/a'): WrittenEvent => ({
  stream,
  message,
  timestamp: now - secondsAgo * 1000,
})

const noService: AwsTable['ecs'] = {DescribeServices: () => ({failures: [{reason: 'MISSING'}]})}

async function read(scene: Scene, options: Partial<Options> = {}) {
  const {aws, inputs} = account(scene)
  const output = createMemoryOutput()
  const pages: string[][] = []
  const asked = {...everything, ...options}
  const context = {aws, output, clock: createInstantClock(now)}
  const count = await readLogs(context, await findServiceLogs(context, asked), asked, (events) =>
    pages.push(events.map(({message}) => message)),
  )
  return {pages, lines: pages.flat(), count, warnings: output.texts('warn'), queries: inputs('FilterLogEvents')}
}

test('passes on the whole history as its pages arrive', async () => {
  const {pages, count} = await read({events: [line(9e6, 'one'), line(5, 'two'), line(4, 'three')]})

  expect(pages).toEqual([['one', 'two'], ['three']])
  expect(count).toBe(3)
})

test('asks for a range of time and a pattern', async () => {
  const {queries} = await read({}, {startMs: 1, endMs: 2, filter: 'ERROR'})

  expect(queries).toEqual([{logGroupName: ownGroup, startTime: 1, endTime: 2, filterPattern: 'ERROR'}])
})

test('reads where the task definition logs', async () => {
  const {lines, queries} = await read({
    group: '/ecs/shared',
    logConfiguration: awslogs('/ecs/shared', 'prod'),
    events: [line(2, 'ours', 'prod/web/a'), line(1, 'theirs', 'prod/other/a')],
  })

  expect(lines).toEqual(['ours'])
  expect(queries).toEqual([{logGroupName: '/ecs/shared', logStreamNamePrefix: 'prod/web/'}])
})

test('reads chosen tasks by id or ARN, and names those without a log', async () => {
  const {lines, warnings} = await read(
    {events: [line(3, 'a'), line(2, 'b', 'fargate/web/b'), line(1, 'c', 'fargate/web/c')]},
    {tasks: ['a', 'arn:aws:ecs:us-east-1:123456789012:task/fargate/b', 'typo']},
  )

  expect(lines).toEqual(['a', 'b'])
  expect(warnings).toEqual(['task typo has no log so far: fargate service ps web --all lists the tasks'])
})

test('has no lines for a service whose log group does not exist yet', async () => {
  expect(await read({group: 'another'})).toMatchObject({lines: [], count: 0, warnings: []})
})

test('reads the log that a deleted service has left', async () => {
  const {lines} = await read({ecs: noService, events: [line(1, 'last words')]})

  expect(lines).toEqual(['last words'])
})

test.each<[Partial<Options>, string]>([
  [{}, 'and there is no log group /fargate/service/wbe'],
  [{tasks: ['a']}, 'and there is nothing of its tasks in log group /fargate/service/wbe'],
])('refuses a service that is unknown to ECS and to the logs', async (options, ending) => {
  const reading = read({ecs: noService}, {...options, name: 'wbe'})

  await expect(reading).rejects.toMatchObject({
    code: 'LOG_GROUP_NOT_FOUND',
    exitCode: 5,
    message: `service wbe does not exist in cluster fargate, ${ending}; did you mean web?`,
    hints: ['see what there is: fargate service list --cluster fargate'],
  })
})

test('refuses a service that logs elsewhere, and says where', async () => {
  await expect(read({logConfiguration: {logDriver: 'awsfirelens'}})).rejects.toMatchObject({
    code: 'NO_LOG_GROUP',
    message: 'service web logs with awsfirelens, so CloudWatch Logs has nothing of it',
  })
})

async function follow(
  context: Parameters<typeof findServiceLogs>[0] & Parameters<typeof followLogs>[0],
  onEvents: OnLogEvents,
) {
  await followLogs(context, await findServiceLogs(context, everything), everything, onEvents)
}

function following(scene: Scene, polls: number) {
  const {aws, inputs} = account(scene)
  const interruption = new AbortController()
  const clock = createInstantClock(now, (sleeps) => {
    if (sleeps === polls) interruption.abort()
  })
  const context = {aws, clock, signal: interruption.signal, output: createMemoryOutput()}
  return {context, inputs}
}

test('follows from the last minute on until it is interrupted, which is no failure', async () => {
  const {context, inputs} = following({events: [line(90, 'old'), line(30, 'new')]}, 3)
  const lines: string[] = []

  await follow(context, (events) => lines.push(...events.map(({message}) => message)))

  expect(lines).toEqual(['new'])
  expect(inputs('FilterLogEvents')).toHaveLength(3)
})

test('does not follow a service that is unknown to ECS and to the logs', async () => {
  const {context} = following({ecs: noService, group: 'another'}, 3)

  await expect(follow(context, () => undefined)).rejects.toMatchObject({
    code: 'LOG_GROUP_NOT_FOUND',
  })
})

test('ends quietly when the interruption meets a call', async () => {
  const interruption = new AbortController()
  const {context} = following({}, 3)
  const {aws} = awsTable({
    ecs: {
      DescribeServices: () => ({services: [sdkService('web')]}),
      DescribeTaskDefinition: ({taskDefinition = ''}) =>
        sdkTaskDefinition(taskDefinition, {}, {logConfiguration: awslogs(ownGroup, 'fargate')}),
    },
    logs: {
      FilterLogEvents: () => {
        interruption.abort()
        throw new Error('aborted')
      },
    },
  })

  await expect(follow({...context, aws, signal: interruption.signal}, () => undefined)).resolves.toBeUndefined()
})
