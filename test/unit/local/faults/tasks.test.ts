import {DeleteSecurityGroupCommand, EC2Client} from '@aws-sdk/client-ec2'
import type {Task} from '@aws-sdk/client-ecs'
import {CreateServiceCommand, DescribeServicesCommand, StopTaskCommand} from '@aws-sdk/client-ecs'
import {expect, test} from 'vitest'
import {failureOf} from './faulty-world.js'
import type {TaskScene} from './task-scene.js'
import {taskScene} from './task-scene.js'

const spot = {launchType: undefined, capacityProviderStrategy: [{capacityProvider: 'FARGATE_SPOT', weight: 1}]}
const NO_CAPACITY = 'Capacity is unavailable at this time. Please try again later or in a different availability zone'

/** Seconds until a task is RUNNING. */
async function secondsToRun({clock, look}: TaskScene, task: Task | undefined): Promise<number> {
  const start = clock.now()
  while ((await look(task)).lastStatus !== 'RUNNING') {
    if (clock.now() - start > 600_000) throw new Error('the task does not run')
    await clock.advance(500)
  }
  return (clock.now() - start) / 1000
}

test('RunTask answers what there is no room for, with HTTP 200', async () => {
  const scene = await taskScene()
  scene.add({kind: 'no-capacity', count: 2})
  const {tasks, reasons} = await scene.run({count: 3})

  expect(reasons).toEqual([NO_CAPACITY, NO_CAPACITY])
  expect(tasks).toHaveLength(1)
})

test.each([
  ['tasks', "You've reached the limit on the number of tasks you can run concurrently"],
  ['vcpus', "You've reached the limit on the number of vCPUs you can run concurrently"],
])('a quota of %s is reached in RunTask and in the events of a service', async (cause, reason) => {
  const scene = await taskScene()
  scene.add({kind: 'no-capacity', cause})
  const {ecs, networkConfiguration, clock} = scene

  expect((await scene.run()).reasons).toEqual([reason])
  const service = {serviceName: 'web', taskDefinition: 'job', launchType: 'FARGATE', desiredCount: 1} as const
  await ecs.send(new CreateServiceCommand({cluster: 'fargate', networkConfiguration, ...service}))
  await clock.advance(2000)
  const {services} = await ecs.send(new DescribeServicesCommand({cluster: 'fargate', services: ['web']}))
  expect(services?.[0]?.events?.map(({message}) => message)).toEqual([
    `(service web) was unable to place a task. Reason: ${reason}.`,
  ])
})

test.each<[selector: object, onFargate: boolean, onSpot: boolean]>([
  [{}, false, false],
  [{capacityProvider: 'FARGATE'}, false, true],
  [{capacityProvider: 'FARGATE_SPOT'}, true, false],
  [{serviceName: 'job'}, true, true],
  [{family: 'job'}, false, false],
  [{cluster: 'fargate'}, false, false],
  [{cluster: 'other'}, true, true],
])('no capacity is about %o', async (selector, onFargate, onSpot) => {
  const scene = await taskScene()
  scene.add({kind: 'no-capacity', ...selector})

  expect((await scene.run()).reasons).toHaveLength(onFargate ? 0 : 1)
  expect((await scene.run(spot)).reasons).toHaveLength(onSpot ? 0 : 1)
})

test('a service gets the tasks that there is room for, and the others later', async () => {
  const scene = await taskScene()
  scene.add({kind: 'no-capacity', serviceName: 'web', skip: 1, count: 1})
  const {ecs, networkConfiguration, clock} = scene
  await ecs.send(
    new CreateServiceCommand({
      cluster: 'fargate',
      serviceName: 'web',
      taskDefinition: 'job',
      launchType: 'FARGATE',
      desiredCount: 3,
      networkConfiguration,
    }),
  )
  await clock.advance(2000)
  expect(await scene.tasks()).toHaveLength(1)
  await clock.advance(60_000)
  expect(await scene.tasks()).toHaveLength(3)
})

test.each<[cause: string, reason: string]>([
  ['not-found', 'failed to resolve ref registry.example.com/job:1: registry.example.com/job:1: not found'],
  ['timeout', 'failed to do request: Head "https://registry.example.com/v2/job/manifests/1": dial tcp: i/o timeout'],
  [
    'forbidden',
    'unexpected status from HEAD request to https://registry.example.com/v2/job/manifests/1: 403 Forbidden',
  ],
  ['platform', "image Manifest does not contain descriptor matching platform 'linux/amd64'"],
])('an image that cannot be pulled: %s', async (cause, reason) => {
  const scene = await taskScene()
  scene.add({kind: 'unpullable-image', image: 'job', cause})
  const {tasks} = await scene.run()
  await scene.clock.advance(60_000)
  const stopped = await scene.look(tasks[0])

  expect(stopped).toMatchObject({lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart'})
  expect(stopped.stoppedReason).toMatch(
    /^CannotPullContainerError: pull image manifest has been retried \d time\(s\): /,
  )
  expect(stopped.stoppedReason).toContain(reason)
  expect(stopped.containers?.[0]).not.toHaveProperty('exitCode')
})

test('a short name of Docker Hub is spelt out', async () => {
  const scene = await taskScene({image: 'busybox'})
  scene.add({kind: 'unpullable-image'})
  const {tasks} = await scene.run()
  await scene.clock.advance(60_000)

  expect((await scene.look(tasks[0])).stoppedReason).toContain(
    'failed to resolve ref docker.io/library/busybox:latest: docker.io/library/busybox:latest: not found',
  )
})

test.each(['job', 'job:1', 'registry.example.com/job:1', 'registry.example.com/job'])(
  'an image is meant by %s',
  async (image) => {
    const scene = await taskScene()
    scene.add({kind: 'unpullable-image', image})
    const {tasks} = await scene.run()
    await scene.clock.advance(60_000)

    expect(await scene.look(tasks[0])).toMatchObject({stopCode: 'TaskFailedToStart'})
  },
)

test.each(['ob', 'job:2', 'example.com/job'])('an image is not meant by %s', async (image) => {
  const scene = await taskScene()
  scene.add({kind: 'unpullable-image', image})
  const {tasks} = await scene.run()
  await scene.clock.advance(60_000)

  expect(await scene.look(tasks[0])).toMatchObject({lastStatus: 'RUNNING'})
})

test.each<[fault: object]>([[{kind: 'slow-pull', delay: '2m'}], [{kind: 'eni-delay', delay: '2m'}]])(
  '%o makes a start longer by its delay',
  async (fault) => {
    const scene = await taskScene()
    const usual = await secondsToRun(scene, (await scene.run()).tasks[0])
    scene.add(fault)
    const slow = await secondsToRun(scene, (await scene.run()).tasks[0])

    expect(slow - usual).toBe(120)
  },
)

test('an interface that is late is not attached, and its task waits PROVISIONING', async () => {
  const scene = await taskScene()
  scene.add({kind: 'eni-delay', delay: '1m'})
  const {tasks} = await scene.run()
  await scene.clock.advance(60_000)

  expect(await scene.look(tasks[0])).toMatchObject({lastStatus: 'PROVISIONING', attachments: [{status: 'PRECREATED'}]})
})

test('an interface that goes late keeps its security group in use', async () => {
  const scene = await taskScene()
  scene.add({kind: 'eni-delay', phase: 'detach', delay: '2m'})
  const {tasks} = await scene.run()
  await scene.clock.advance(60_000)
  await scene.ecs.send(new StopTaskCommand({cluster: 'fargate', task: tasks[0]?.taskArn}))
  await scene.clock.advance(60_000)
  const GroupId = scene.networkConfiguration.awsvpcConfiguration?.securityGroups?.[0]
  const remove = () => scene.client(EC2Client).send(new DeleteSecurityGroupCommand({GroupId}))

  expect((await failureOf(remove()))[0]).toBe('DependencyViolation')
  expect(await scene.look(tasks[0])).toMatchObject({lastStatus: 'DEPROVISIONING'})
  await scene.clock.advance(120_000)
  await expect(remove()).resolves.toBeDefined()
})

test('Spot takes tasks back with its own stop code, and leaves those on Fargate', async () => {
  const scene = await taskScene()
  const [onSpot] = (await scene.run(spot)).tasks
  const [onFargate] = (await scene.run()).tasks
  await scene.clock.advance(60_000)
  scene.add({kind: 'spot-interruption', delay: '90s'})

  await scene.clock.advance(45_000)
  expect(await scene.look(onSpot)).toMatchObject({lastStatus: 'RUNNING', desiredStatus: 'RUNNING'})
  await scene.clock.advance(60_000)
  expect(await scene.look(onSpot)).toMatchObject({
    lastStatus: 'STOPPED',
    stopCode: 'SpotInterruption',
    stoppedReason: 'Your Spot Task was interrupted.',
    containers: [{exitCode: 143}],
  })
  expect(await scene.look(onFargate)).toMatchObject({lastStatus: 'RUNNING'})
})

test('an interruption that is called off in time does not happen', async () => {
  const scene = await taskScene()
  const [task] = (await scene.run(spot)).tasks
  await scene.clock.advance(30_000)
  scene.add({kind: 'spot-interruption', delay: '5m'})
  await scene.clock.advance(60_000)
  scene.aws.faults.clear()
  await scene.clock.advance(600_000)

  expect(await scene.look(task)).toMatchObject({lastStatus: 'RUNNING'})
})

const healthCheck = {command: ['CMD', 'true'], interval: 10, retries: 3}

test('a container becomes unhealthy after its retries, and healthy again when the fault is over', async () => {
  const scene = await taskScene({healthCheck})
  const [task] = (await scene.run()).tasks
  await scene.clock.advance(60_000)
  expect(await scene.look(task)).toMatchObject({healthStatus: 'HEALTHY'})
  scene.add({kind: 'failing-health-checks', container: 'main', for: '1m'})

  await scene.clock.advance(19_000)
  expect(await scene.look(task)).toMatchObject({healthStatus: 'HEALTHY'})
  await scene.clock.advance(2000)
  expect(await scene.look(task)).toMatchObject({healthStatus: 'UNHEALTHY', containers: [{healthStatus: 'UNHEALTHY'}]})
  await scene.clock.advance(40_000)
  expect(await scene.look(task)).toMatchObject({healthStatus: 'HEALTHY'})
})

test('a task of a service that fails its container health check is replaced', async () => {
  const scene = await taskScene({healthCheck})
  const {ecs, networkConfiguration, clock} = scene
  scene.add({kind: 'failing-health-checks', serviceName: 'web', count: 1})
  await ecs.send(
    new CreateServiceCommand({
      cluster: 'fargate',
      serviceName: 'web',
      taskDefinition: 'job',
      launchType: 'FARGATE',
      desiredCount: 1,
      networkConfiguration,
    }),
  )
  await clock.advance(180_000)

  expect(await scene.tasks()).toMatchObject([
    {lastStatus: 'STOPPED', stoppedReason: 'Task failed container health checks'},
    {lastStatus: 'RUNNING', healthStatus: 'HEALTHY'},
  ])
})

test('faults of one container or target group leave the others alone', async () => {
  const scene = await taskScene({healthCheck})
  scene.add({kind: 'failing-health-checks', container: 'other'}, {kind: 'failing-health-checks', targetGroup: 'web'})
  const [task] = (await scene.run()).tasks
  await scene.clock.advance(120_000)

  expect(await scene.look(task)).toMatchObject({healthStatus: 'HEALTHY'})
})
