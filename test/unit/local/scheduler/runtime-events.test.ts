import type {ContainerDefinition} from '@aws-sdk/client-ecs'
import {RunTaskCommand} from '@aws-sdk/client-ecs'
import {expect, test} from 'vitest'
import type {TaskEvents, TaskRuntime, TaskSpec} from '../../../../src/local/task-runtime.js'
import type {World} from '../services/ecs/world.js'
import {container, createWorld, describeTasks, image, network, prepare} from '../services/ecs/world.js'

interface Scene {
  readonly world: World
  readonly spec: TaskSpec
  readonly events: TaskEvents
  readonly stops: number[]
}

/** A task that a runtime runs which does only what the test says. */
async function startedTask(
  containers: ContainerDefinition[],
  {checksHealth = false, source}: {checksHealth?: boolean; source?: string} = {},
): Promise<Scene> {
  const runs: {spec: TaskSpec; events: TaskEvents}[] = []
  const stops: number[] = []
  const runtime: TaskRuntime = {
    kind: 'docker',
    checksHealth,
    run(spec, events) {
      runs.push({spec, events})
      return {stop: () => stops.push(world.clock.now()), dispose: () => undefined}
    },
    connect: () => undefined,
  }
  const world: World = createWorld({runtime})
  if (source !== undefined) world.images.set('registry.example/web:1', {...image(), source} as ReturnType<typeof image>)
  await prepare(world, {containerDefinitions: containers, volumes: [{name: 'scratch'}]})
  await world.send(
    new RunTaskCommand({
      cluster: 'fargate',
      taskDefinition: 'web',
      launchType: 'FARGATE',
      networkConfiguration: network,
      overrides: {containerOverrides: [{name: 'web', memory: 128}]},
    }),
  )
  await world.clock.advance(20_000)
  const [run] = runs
  if (run === undefined) throw new Error('nothing runs')
  return {world, stops, ...run}
}

test('a container that cannot start stops the task with the reason, without an exit code', async () => {
  const {world, events} = await startedTask([container()])

  events.failed?.('CannotStartContainerError: no such file', 'web')
  await world.clock.advance(20_000)

  const [task] = await describeTasks(world)
  expect(task).toMatchObject({
    lastStatus: 'STOPPED',
    stopCode: 'TaskFailedToStart',
    stoppedReason: 'CannotStartContainerError: no such file',
    containers: [{lastStatus: 'STOPPED', reason: 'CannotStartContainerError: no such file'}],
  })
  expect(task?.containers?.[0]?.exitCode).toBeUndefined()
})

test('the other containers of a task that cannot start are stopped, and the first cause stays', async () => {
  const {world, events, stops} = await startedTask([container(), container({name: 'side', portMappings: []})])
  events.started('side')

  events.failed?.('CannotPullContainerError: gone', 'web')
  await world.clock.advance(1_000)
  expect(stops).toHaveLength(1)
  events.failed?.('CannotStartContainerError: too late')
  events.exited('side', {exitCode: 143})
  await world.clock.advance(20_000)

  expect((await describeTasks(world))[0]).toMatchObject({
    lastStatus: 'STOPPED',
    stoppedReason: 'CannotPullContainerError: gone',
    containers: [{name: 'web'}, {name: 'side', exitCode: 143}],
  })
})

test('a container that never ran has no exit code', async () => {
  const {world, events} = await startedTask([container()])

  events.exited('web', {reason: 'dependency graph: failed'})

  const [task] = await describeTasks(world)
  expect(task?.containers?.[0]).toMatchObject({lastStatus: 'STOPPED', reason: 'dependency graph: failed'})
  expect(task?.containers?.[0]?.exitCode).toBeUndefined()
})

test.each([
  [undefined, 30],
  [2, 2],
  [120, 120],
  [600, 120],
])('with a stop timeout of %s the runtime waits %i seconds on Fargate', async (stopTimeout, seconds) => {
  const {spec} = await startedTask([container(stopTimeout === undefined ? {} : {stopTimeout})])

  expect(spec.containers[0]?.stopTimeoutSeconds).toBe(seconds)
})

test('a container has a runtime id once it was started', async () => {
  const {world} = await startedTask([container()])

  const [task] = await describeTasks(world)

  const id = task?.taskArn?.split('/').at(-1)
  expect(task?.containers?.[0]?.runtimeId).toMatch(new RegExp(`^${id}-\\d{10}$`))
})

test.each([
  {checksHealth: true, healthStatus: 'UNKNOWN'},
  {checksHealth: false, healthStatus: 'HEALTHY'},
])('a container without a verdict is $healthStatus where the runtime checks health: $checksHealth', async (each) => {
  const healthCheck = {command: ['CMD', 'true']}
  const {world, events} = await startedTask([container({healthCheck})], each)

  events.started('web')
  await world.clock.advance(60_000)

  expect((await describeTasks(world))[0]).toMatchObject({healthStatus: each.healthStatus})
})

test('the runtime is told all that a container definition says of its process', async () => {
  const {spec} = await startedTask(
    [
      container({
        cpu: 128,
        memory: 256,
        memoryReservation: 64,
        user: '1000:1000',
        workingDirectory: '/app',
        ulimits: [{name: 'nofile', softLimit: 1, hardLimit: 2}],
        readonlyRootFilesystem: true,
        dependsOn: [{containerName: 'init', condition: 'SUCCESS'}],
        mountPoints: [{sourceVolume: 'scratch', containerPath: '/scratch', readOnly: true}],
        volumesFrom: [{sourceContainer: 'init'}],
        dockerLabels: {team: 'x'},
        linuxParameters: {initProcessEnabled: true, capabilities: {add: ['SYS_PTRACE'], drop: ['NET_RAW']}},
        pseudoTerminal: true,
        interactive: true,
      }),
      container({name: 'init', essential: false, portMappings: []}),
    ],
    {source: '127.0.0.1:4566/1/us-east-1/web@sha256:1'},
  )

  expect(spec).toMatchObject({
    platform: {os: 'linux', architecture: 'amd64'},
    hostname: 'ip-10-0-0-1.ec2.internal',
    volumes: ['scratch'],
  })
  expect(spec.containers[0]).toMatchObject({
    imageSource: '127.0.0.1:4566/1/us-east-1/web@sha256:1',
    cpu: 128,
    memoryMib: 128,
    memoryReservationMib: 64,
    user: '1000:1000',
    workingDirectory: '/app',
    ulimits: [{name: 'nofile', soft: 1, hard: 2}],
    readonlyRootFilesystem: true,
    dependsOn: [{container: 'init', condition: 'SUCCESS'}],
    mounts: [{volume: 'scratch', path: '/scratch', readOnly: true}],
    volumesFrom: [{container: 'init', readOnly: false}],
    labels: {team: 'x'},
    init: true,
    addedCapabilities: ['SYS_PTRACE'],
    droppedCapabilities: ['NET_RAW'],
    terminal: true,
    interactive: true,
  })
  expect(spec.containers[1]).toMatchObject({name: 'init', mounts: []})
  expect(spec.containers[1]).not.toHaveProperty('user')
})
