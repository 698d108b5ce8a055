import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import ServiceLogs from '../../../../commands/service/logs.js'
import * as contexts from '../../../../src/cli/context.js'
import {sdkService, sdkTaskDefinition} from '../../../helpers/aws-shapes.js'
import {AwsFailure, awsTable} from '../../../helpers/aws-table.js'
import {contextOver} from '../../../helpers/command-context.js'
import {fakeLogGroup} from '../../../helpers/fake-log-group.js'
import {createInstantClock} from '../../../helpers/instant-clock.js'
import {runCommand} from '../../../helpers/run-command.js'

vi.mock('../../../../src/cli/context.js')

const now = Date.UTC(2026, 10, 23, 4, 5, 6)
const group = '/fargate/service/web'

/** A service with two lines of the last minute and one of yesterday; Ctrl-C comes after two polls. */
function prepare({isDenied = false} = {}) {
  const interruption = new AbortController()
  const clock = createInstantClock(now, (sleeps) => {
    if (sleeps === 2) interruption.abort()
  })
  const line = (ago: number, message: string) => ({stream: 'fargate/web/a', message, timestamp: now - ago})
  const logs = fakeLogGroup({
    name: group,
    events: [line(86_400_000, 'old'), line(2000, 'one'), line(1000, 'two')],
    now: clock.now,
  })
  const logConfiguration = {
    logDriver: 'awslogs',
    options: {'awslogs-group': group, 'awslogs-stream-prefix': 'fargate'},
  }
  const {aws, inputs, calls} = awsTable({
    ecs: {
      DescribeServices: () => ({services: [sdkService('web')]}),
      DescribeTaskDefinition: ({taskDefinition = ''}) => sdkTaskDefinition(taskDefinition, {}, {logConfiguration}),
    },
    logs: {
      FilterLogEvents: (query) => {
        if (isDenied) throw new AwsFailure('AccessDeniedException')
        return logs.FilterLogEvents?.(query) ?? {}
      },
    },
  })
  vi.mocked(contexts.createContext).mockImplementation(contextOver({aws, clock, signal: interruption.signal}))
  return {inputs, calls}
}

let {inputs, calls} = prepare()

beforeEach(() => {
  ;({inputs, calls} = prepare())
})

afterEach(() => {
  vi.unstubAllEnvs()
})

test('prints all lines behind their streams', async () => {
  const {stdout, error} = await runCommand(ServiceLogs, ['web'])

  expect(stdout).toBe('fargate/web/a old\nfargate/web/a one\nfargate/web/a two\n')
  expect(error).toBeUndefined()
})

test('prints one event a line with --json, and no document at its end', async () => {
  const {stdout} = await runCommand(ServiceLogs, ['web', '--start', '1h', '--json'])

  const lines = stdout.trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {timestamp: '2026-11-23T04:05:04.000Z', stream: 'fargate/web/a', message: 'one'},
    {timestamp: '2026-11-23T04:05:05.000Z', message: 'two'},
  ])
})

test('prints one event a line with --follow --json, and no document at its end', async () => {
  const {stdout, error} = await runCommand(ServiceLogs, ['web', '--follow', '--json'])

  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).message),
  ).toEqual(['one', 'two'])
  expect(error).toBeUndefined()
})

test('prints a failure in one line with --follow --json', async () => {
  prepare({isDenied: true})
  const {stdout, error} = await runCommand(ServiceLogs, ['web', '--follow', '--json'])

  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([{error: {code: 'ACCESS_DENIED'}}])
  expect(error).toMatchObject({exitCode: 4})
})

test('starts lines with their times where it is asked for', async () => {
  const {stdout} = await runCommand(ServiceLogs, ['web', '--start', '1h', '--timestamps'])

  expect(stdout.split('\n')[0]).toBe('2026-11-23T04:05:04.000Z fargate/web/a one')
})

test('colors streams where color is wanted', async () => {
  vi.stubEnv('FORCE_COLOR', '1')
  const {stdout} = await runCommand(ServiceLogs, ['web', '--start', '1h'])

  expect(stdout).toContain('fargate/web/a\u001b[39m one\n')
})

test('says on standard error that there are no lines', async () => {
  const {stdout, stderr} = await runCommand(ServiceLogs, ['web', '--end', '2020-01-01'])

  expect({stdout, stderr}).toEqual({stdout: '', stderr: 'No log lines found\n'})
})

test('takes tasks one by one and with commas', async () => {
  await runCommand(ServiceLogs, ['web', '-t', 'a,b', '-t', 'c'])

  expect(inputs('FilterLogEvents')[0]).toMatchObject({
    logStreamNames: ['fargate/web/a', 'fargate/web/b', 'fargate/web/c'],
  })
})

test.each([
  [['--follow', '--end', '1h'], '--follow goes on without an end'],
  [['--start', 'yesterday'], '--start: time yesterday is not valid'],
  [['--start', '1h', '--end', '2h'], '--start and --end: start 1h is not before end 2h'],
  [['--task', ''], '--task: a value is empty'],
])('refuses %j before any call', async (flags, message) => {
  const {error, stderr} = await runCommand(ServiceLogs, ['web', ...flags])

  expect(error).toMatchObject({exitCode: 2})
  expect(stderr).toContain(message)
  expect(calls).toEqual([])
})
