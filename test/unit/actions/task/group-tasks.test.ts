import type {Task} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import {findGroupTasks} from '../../../../src/actions/task/group-tasks.js'
import {listTaskGroups} from '../../../../src/actions/task/list-task-groups.js'
import {stopTasks} from '../../../../src/actions/task/stop-tasks.js'
import {sdkTask} from '../../../helpers/aws-shapes.js'
import {fakeContext} from '../../../helpers/fake-context.js'

const tasks: readonly Task[] = [
  sdkTask('a', {startedBy: 'fargate:migrate'}),
  sdkTask('b', {startedBy: 'fargate:migrate'}),
  sdkTask('c', {startedBy: 'fargate:report'}),
  sdkTask('d', {startedBy: 'x/fargate:migrate'}),
  sdkTask('e', {startedBy: 'ecs-svc/1'}),
]
const ended: readonly Task[] = [
  sdkTask('f', {startedBy: 'fargate:migrate', desiredStatus: 'STOPPED', lastStatus: 'STOPPED'}),
  sdkTask('g', {startedBy: 'somebody', desiredStatus: 'STOPPED', lastStatus: 'STOPPED'}),
]

const world = () =>
  fakeContext({
    ecs: {
      ListTasks: ({startedBy, desiredStatus, family} = {}) => {
        if (startedBy !== undefined && family !== undefined) throw new Error('startedBy excludes other filters')
        const list = desiredStatus === 'STOPPED' ? ended : tasks
        const found = list.filter((task) => startedBy === undefined || task.startedBy === startedBy)
        return {taskArns: found.map(({taskArn = ''}) => taskArn)}
      },
      DescribeTasks: ({tasks: asked = []}) => ({
        tasks: [...tasks, ...ended].filter(({taskArn = ''}) => asked.includes(taskArn)),
      }),
      StopTask: () => ({}),
    },
  })

const ids = (found: readonly {readonly id: string}[]) => found.map(({id}) => id)
const group = {cluster: 'fargate', name: 'migrate', stopped: false}

describe('the tasks of a group', () => {
  test('are those that bear exactly its mark', async () => {
    expect(ids(await findGroupTasks(world().aws, group))).toEqual(['a', 'b'])
  })

  test('include those that have ended, on request', async () => {
    expect(ids(await findGroupTasks(world().aws, {...group, stopped: true}))).toEqual(['a', 'b', 'f'])
  })

  test('are found by id, and a task of another group is not', async () => {
    expect(ids(await findGroupTasks(world().aws, {...group, taskIds: ['b', 'f']}))).toEqual(['b', 'f'])
    await expect(findGroupTasks(world().aws, {...group, taskIds: ['c']})).rejects.toMatchObject({
      code: 'TASK_NOT_FOUND',
      exitCode: 5,
    })
  })
})

test('groups are listed by name with the number of their tasks', async () => {
  expect((await listTaskGroups(world(), 'fargate')).taskGroups).toEqual([
    {taskGroup: 'migrate', instances: 2},
    {taskGroup: 'report', instances: 1},
  ])
})

describe('stopping', () => {
  const options = {...group, taskIds: [] as string[], wait: false, timeoutMs: 1000, dryRun: false}

  test('stops the running tasks of the group, each with a reason', async () => {
    const context = world()

    expect(await stopTasks(context, options)).toMatchObject({stopped: ['a', 'b']})
    expect(context.aws.log.inputs('StopTask')).toEqual([
      {cluster: 'fargate', task: 'a', reason: 'Stopped by fargate task stop'},
      {cluster: 'fargate', task: 'b', reason: 'Stopped by fargate task stop'},
    ])
  })

  test('stops nothing where one of the ids is not of the group', async () => {
    const context = world()

    await expect(stopTasks(context, {...options, taskIds: ['a', 'c']})).rejects.toMatchObject({code: 'TASK_NOT_FOUND'})
    expect(context.aws.log.changes()).toEqual([])
  })

  test('leaves a task that has ended as it is', async () => {
    expect(await stopTasks(world(), {...options, taskIds: ['f']})).toMatchObject({stopped: []})
  })

  test('shows what it would do in a dry run', async () => {
    const context = world()

    expect(await stopTasks(context, {...options, dryRun: true})).toMatchObject({stopped: ['a', 'b'], dryRun: true})
    expect(context.aws.log.changes()).toEqual([])
  })
})
