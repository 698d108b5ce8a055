import {describe, expect, test} from 'vitest'
import type {WorkloadOptions} from '../../../../src/actions/infrastructure/workload.js'
import {startTasks} from '../../../../src/actions/task/run/start-tasks.js'
import {fakeAws} from '../../../helpers/fake-aws.js'

const options: WorkloadOptions = {
  cluster: 'fargate',
  name: 'migrate',
  image: 'migrate:1',
  cpu: 256,
  memory: 512,
  architecture: 'x86_64',
  environment: [],
  secrets: [],
  count: 1,
  subnetIds: [],
  securityGroupIds: [],
  assignPublicIp: true,
  compatibility: 'fargate',
  capacity: {launchType: 'FARGATE'},
  tags: {},
  dryRun: false,
}
const around = {
  cluster: 'fargate',
  taskDefinition: 'task_migrate:1',
  network: {vpcId: 'vpc-1', subnets: [{id: 'subnet-a', vpcId: 'vpc-1', zone: 'a'} as never]},
  securityGroups: ['sg-1'],
}

/** Starts as many tasks of each call as `started` says, all where it says nothing. */
function world(started: readonly number[] = []) {
  let calls = 0
  return fakeAws({
    ecs: {
      RunTask: ({count = 1}) => {
        const call = calls++
        const size = started[call] ?? count
        return {
          tasks: Array.from({length: size}, (_, index) => ({taskArn: `arn:aws:ecs:x:1:task/fargate/${call}-${index}`})),
          failures: size < count ? [{reason: 'RESOURCE:ENI', detail: 'no address is left'}] : [],
        }
      },
    },
  })
}

describe('the calls', () => {
  test.each([
    [1, [1]],
    [10, [10]],
    [11, [10, 1]],
    [25, [10, 10, 5]],
  ])('for %i tasks ask for at most ten each', async (count, sizes) => {
    const aws = world()
    const tasks = await startTasks(aws.ecs, {...options, count}, around)

    expect(tasks).toHaveLength(count)
    expect(aws.log.inputs('RunTask').map((input) => (input as {count: number}).count)).toEqual(sizes)
  })

  test('bear the mark of the group, and ask for Fargate', async () => {
    const aws = world()
    await startTasks(aws.ecs, {...options, assignPublicIp: false}, around)

    expect(aws.log.inputs('RunTask')).toMatchObject([
      {
        startedBy: 'fargate:migrate',
        launchType: 'FARGATE',
        networkConfiguration: {
          awsvpcConfiguration: {subnets: ['subnet-a'], securityGroups: ['sg-1'], assignPublicIp: 'DISABLED'},
        },
      },
    ])
  })

  test('name Spot as a capacity provider, which excludes a launch type', async () => {
    const aws = world()
    await startTasks(
      aws.ecs,
      {...options, capacity: {strategy: [{capacityProvider: 'FARGATE_SPOT', weight: 1, base: 0}]}},
      around,
    )

    const [input] = aws.log.inputs('RunTask')
    expect(input).toMatchObject({capacityProviderStrategy: [{capacityProvider: 'FARGATE_SPOT', weight: 1}]})
    expect(input).not.toHaveProperty('launchType')
  })
})

describe('what RunTask could not start', () => {
  test('is an error though the call succeeds', async () => {
    await expect(startTasks(world([0]).ecs, options, around)).rejects.toMatchObject({
      code: 'TASKS_NOT_STARTED',
      exitCode: 5,
      message: 'ECS does not start 1 of 1 task: RESOURCE:ENI (no address is left)',
      details: {started: []},
    })
  })

  test('is told with the tasks that run, and how to stop them', async () => {
    await expect(startTasks(world([10, 1]).ecs, {...options, count: 12}, around)).rejects.toMatchObject({
      message: 'ECS does not start 1 of 12 tasks: RESOURCE:ENI (no address is left); 11 tasks of migrate started',
      details: {started: expect.arrayContaining(['0-0', '1-0'])},
      hints: ['fargate task ps migrate', 'fargate task stop migrate'],
    })
  })
})
