import type {Task as SdkTask} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import {StoppedTaskWatch} from '../../../src/rollout/stopped-tasks.js'
import type {FakeHandlers} from '../../helpers/fake-aws.js'
import {fails, fakeAws} from '../../helpers/fake-aws.js'

const arn = (id: string) => `arn:aws:ecs:us-east-1:123456789012:task/fargate/${id}`
const options = {
  'awslogs-group': '/fargate/service/web',
  'awslogs-region': 'us-east-1',
  'awslogs-stream-prefix': 'fargate',
}
const logged = {logDriver: 'awslogs' as const, options}

const exited = (id: string, overrides: Partial<SdkTask> = {}): SdkTask => ({
  taskArn: arn(id),
  taskDefinitionArn: 'arn:definition',
  startedBy: 'ecs-svc/2',
  lastStatus: 'STOPPED',
  stopCode: 'EssentialContainerExited',
  stoppedReason: 'Essential container in task exited',
  containers: [{name: 'web', exitCode: 1}],
  ...overrides,
})

/** What ECS says of the tasks changes between two looks. */
function watchOf(tasks: SdkTask[], overrides: FakeHandlers = {}, logConfiguration: object = logged) {
  const aws = fakeAws({
    ecs: {
      ListTasks: () => ({taskArns: tasks.map(({taskArn = ''}) => taskArn)}),
      DescribeTasks: ({tasks: asked}) => ({tasks: tasks.filter(({taskArn}) => asked?.includes(taskArn ?? ''))}),
      DescribeTaskDefinition: () => ({
        taskDefinition: {containerDefinitions: [{name: 'web', logConfiguration: logConfiguration as typeof logged}]},
      }),
      ...overrides.ecs,
    },
    logs: {GetLogEvents: () => ({events: [{message: 'starting'}, {message: 'boom'}]}), ...overrides.logs},
  })
  return {aws, watch: new StoppedTaskWatch(aws, {cluster: 'fargate', service: 'web', deploymentId: 'ecs-svc/2'})}
}

test('tells a task that stopped once, with exit codes and the end of its log', async () => {
  const {aws, watch} = watchOf([exited('a')])
  const first = await watch.look()

  expect(first).toEqual([
    {
      taskId: 'a',
      reason: 'Essential container in task exited; container web: exit code 1',
      hint: undefined,
      stopCode: 'EssentialContainerExited',
      containers: [{name: 'web', exitCode: 1, reason: undefined, logLines: ['starting', 'boom']}],
    },
  ])
  expect(await watch.look()).toEqual([])
  expect(watch.all).toEqual(first)
  expect(aws.log.inputs('DescribeTasks')).toHaveLength(1)
  expect(aws.log.inputs('ListTasks')[0]).toEqual({
    cluster: 'fargate',
    serviceName: 'web',
    desiredStatus: 'STOPPED',
  })
  expect(aws.log.inputs('GetLogEvents')).toEqual([
    {logGroupName: '/fargate/service/web', logStreamName: 'fargate/web/a', limit: 10, startFromHead: false},
  ])
})

test('asks for no details where no task stops', async () => {
  const {aws, watch} = watchOf([])

  expect(await watch.look()).toEqual([])
  expect(aws.log.names()).toEqual(['ecs:ListTasks'])
})

test.each(['DEACTIVATING', 'STOPPING'])('waits for the exit codes of a task that is %s', async (lastStatus) => {
  const tasks = [exited('a', {lastStatus, containers: [{name: 'web'}]})]
  const {watch} = watchOf(tasks)
  expect(await watch.look()).toEqual([])

  tasks[0] = exited('a')
  expect((await watch.look()).map(({containers}) => containers[0]?.exitCode)).toEqual([1])
})

test('says nothing of tasks that stop because fewer are wanted', async () => {
  const scaled = 'Scaling activity initiated by (deployment ecs-svc/8646900195280463695)'
  const {aws, watch} = watchOf([
    exited('a', {stopCode: 'ServiceSchedulerInitiated', stoppedReason: scaled}),
    exited('b', {stopCode: 'UserInitiated', stoppedReason: 'Task stopped by user'}),
  ])

  expect(await watch.look()).toEqual([])
  expect(aws.log.inputs('GetLogEvents')).toEqual([])
})

test('leaves out a task that ECS has forgotten in the meantime', async () => {
  const {watch} = watchOf([exited('a')], {
    ecs: {DescribeTasks: () => ({tasks: [], failures: [{arn: arn('a'), reason: 'MISSING'}]})},
  })

  expect(await watch.look()).toEqual([])
})

describe('the log', () => {
  const linesOf = async (...world: Parameters<typeof watchOf>) => {
    const [task] = await watchOf(...world).watch.look()
    return task?.containers.map(({logLines}) => logLines)
  }

  test('is not asked for where the container never ran', async () => {
    const neverRan = exited('a', {stoppedReason: 'CannotPullContainerError: x', containers: [{name: 'web'}]})

    expect(await linesOf([neverRan], {logs: {GetLogEvents: fails('AccessDeniedException')}})).toEqual([[]])
  })

  test('is told to be unreadable where it cannot be read, and the reason stands', async () => {
    const {watch} = watchOf([exited('a')], {logs: {GetLogEvents: fails('AccessDeniedException', 'no logs for you')}})
    const [task] = await watch.look()

    expect(task?.reason).toContain('exit code 1')
    expect(task?.containers[0]?.logLines).toEqual([
      '(its log cannot be read: AWS denies logs:GetLogEvents: no logs for you)',
    ])
  })

  test.each([
    ['goes elsewhere', {logDriver: 'splunk', options: {}}],
    ['is not kept', {}],
    ['has streams without a prefix', {logDriver: 'awslogs', options: {'awslogs-group': 'g'}}],
  ])('is empty where it %s', async (_what, logConfiguration) => {
    expect(await linesOf([exited('a')], {}, logConfiguration)).toEqual([[]])
  })

  test('is empty where its stream was never made', async () => {
    expect(await linesOf([exited('a')], {logs: {GetLogEvents: fails('ResourceNotFoundException')}})).toEqual([[]])
  })
})

test('passes over stopped tasks of other deployments, and describes them once', async () => {
  const {aws, watch} = watchOf([exited('a', {startedBy: 'ecs-svc/1'}), exited('b')])

  expect((await watch.look()).map(({taskId}) => taskId)).toEqual(['b'])
  expect(await watch.look()).toEqual([])
  expect(aws.log.inputs('DescribeTasks')).toHaveLength(1)
})
