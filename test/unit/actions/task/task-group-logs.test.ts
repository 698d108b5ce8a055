import {expect, test} from 'vitest'
import {readLogs} from '../../../../src/actions/logs/log-reading.js'
import {findTaskGroupLogs} from '../../../../src/actions/task/task-group-logs.js'
import {createMemoryOutput} from '../../../../src/output/memory.js'
import {sdkTaskDefinition} from '../../../helpers/aws-shapes.js'
import type {AwsTable} from '../../../helpers/aws-table.js'
import {AwsFailure, awsTable} from '../../../helpers/aws-table.js'
import type {WrittenEvent} from '../../../helpers/fake-log-group.js'
import {fakeLogGroup} from '../../../helpers/fake-log-group.js'
import {createInstantClock} from '../../../helpers/instant-clock.js'

const now = Date.UTC(2026, 10, 23)
const ownGroup = '/fargate/task/report'

interface Scene {
  readonly events?: readonly WrittenEvent[]
  readonly group?: string
  readonly tasks?: readonly string[]
  readonly ecs?: AwsTable['ecs']
}

const line = (message: string, stream: string): WrittenEvent => ({message, stream, timestamp: now - 1000})

const logConfiguration = (group: string) => ({
  logDriver: 'awslogs' as const,
  options: {'awslogs-group': group, 'awslogs-stream-prefix': 'fargate'},
})

async function read({events = [], group = ownGroup, tasks = [], ecs}: Scene) {
  const {aws, inputs} = awsTable({
    ecs: {
      DescribeTaskDefinition: ({taskDefinition = ''}) =>
        sdkTaskDefinition(taskDefinition, {}, {name: 'report', logConfiguration: logConfiguration(group)}),
      ListTasks: () => ({taskArns: []}),
      ...ecs,
    },
    logs: fakeLogGroup({name: group, events, now: () => now}),
  })
  const output = createMemoryOutput()
  const context = {aws, output, clock: createInstantClock(now)}
  const place = await findTaskGroupLogs(context, {cluster: 'fargate', name: 'report', tasks})
  const lines: string[] = []
  await readLogs(context, place, {filter: undefined, startMs: undefined, endMs: undefined, tail: undefined}, (page) =>
    lines.push(...page.map(({message}) => message)),
  )
  return {
    lines,
    warnings: output.texts('warn'),
    queries: inputs('FilterLogEvents'),
    revisions: inputs('DescribeTaskDefinition'),
  }
}

test('reads what all tasks of the group wrote, the ended ones too', async () => {
  const {lines, revisions} = await read({events: [line('a', 'fargate/report/a'), line('b', 'fargate/report/b')]})

  expect(lines).toEqual(['a', 'b'])
  expect(revisions).toMatchObject([{taskDefinition: 'task_report'}])
})

test('reads where the task definition logs', async () => {
  const {queries} = await read({group: '/ecs/shared', events: [line('a', 'fargate/report/a')]})

  expect(queries).toEqual([{logGroupName: '/ecs/shared', logStreamNamePrefix: 'fargate/report/'}])
})

test('reads chosen tasks by id or ARN, and names those without a log', async () => {
  const {lines, warnings} = await read({
    events: [line('a', 'fargate/report/a'), line('b', 'fargate/report/b')],
    tasks: ['arn:aws:ecs:us-east-1:123456789012:task/fargate/a', 'typo'],
  })

  expect(lines).toEqual(['a'])
  expect(warnings).toEqual(['task typo has no log so far: fargate task ps report --all lists the tasks'])
})

test('has no lines while the first task of the group is still starting', async () => {
  const taskArn = 'arn:aws:ecs:us-east-1:123456789012:task/fargate/a'
  const ecs: AwsTable['ecs'] = {
    ListTasks: () => ({taskArns: [taskArn]}),
    DescribeTasks: () => ({tasks: [{taskArn, startedBy: 'fargate:report', lastStatus: 'PROVISIONING'}]}),
  }

  expect((await read({group: ownGroup.toUpperCase(), ecs: {...ecs, DescribeTaskDefinition: gone}})).lines).toEqual([])
})

const gone = () => {
  throw new AwsFailure('ClientException', 'Unable to describe task definition.')
}

test('refuses a group of which nothing is known', async () => {
  await expect(read({group: 'another', ecs: {DescribeTaskDefinition: gone}})).rejects.toMatchObject({
    code: 'TASK_GROUP_NOT_FOUND',
    exitCode: 5,
    message: 'no task of group report runs in cluster fargate',
  })
})
