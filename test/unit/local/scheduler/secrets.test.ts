import {CreateServiceCommand} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import type {TaskRuntime, TaskSpec} from '../../../../src/local/task-runtime.js'
import type {World} from '../services/ecs/world.js'
import {
  container,
  createWorld,
  describeTasks,
  EXECUTION_ROLE,
  eventsOf,
  prepare,
  serviceRequest,
} from '../services/ecs/world.js'

const SECRET = 'not-for-anyone-to-see'

/** Keeps what it is asked to run, and runs none of it. */
function recordingRuntime(kind: TaskRuntime['kind']) {
  const specs: TaskSpec[] = []
  const runtime: TaskRuntime = {
    kind,
    run(task, events) {
      specs.push(task)
      for (const {name} of task.containers) events.started(name)
      return {stop: () => undefined, dispose: () => undefined}
    },
    connect: () => undefined,
  }
  return {specs, runtime}
}

async function start(world: World, overrides = {}): Promise<void> {
  await prepare(world, {
    executionRoleArn: EXECUTION_ROLE,
    containerDefinitions: [container({secrets: [{name: 'TOKEN', valueFrom: '/prod/token'}], ...overrides})],
  })
  await world.send(new CreateServiceCommand(serviceRequest({desiredCount: 1})))
  await world.clock.advance(40_000)
}

describe('secrets of a task', () => {
  test('that are missing stop it before a container starts, with the reason in the service events', async () => {
    const {runtime, specs} = recordingRuntime('simulated')
    const world = createWorld({runtime})
    await start(world)
    const [task] = await describeTasks(world)
    expect(task).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: 'ResourceInitializationError: no /prod/token',
      containers: [{name: 'web'}],
    })
    expect(task?.containers?.[0]).not.toHaveProperty('exitCode')
    expect(specs).toEqual([])
    expect(await eventsOf(world)).toContain(
      '(service web) was unable to place a task. Reason: ResourceInitializationError: no /prod/token.',
    )
  })

  test('of a log driver are needed too', async () => {
    const world = createWorld()
    world.secrets.set('/prod/token', SECRET)
    await start(world, {
      logConfiguration: {logDriver: 'splunk', secretOptions: [{name: 'splunk-token', valueFrom: '/prod/splunk'}]},
    })
    const [task] = await describeTasks(world)
    expect(task?.stoppedReason).toBe('ResourceInitializationError: no /prod/splunk')
  })

  test.each([
    ['docker', SECRET],
    ['simulated', undefined],
  ] as const)('become environment variables of real containers only: %s', async (kind, value) => {
    const {runtime, specs} = recordingRuntime(kind)
    const world = createWorld({runtime})
    world.secrets.set('/prod/token', SECRET)
    await start(world)
    expect(specs).toHaveLength(1)
    expect(specs[0]?.containers[0]?.environment.TOKEN).toBe(value)
  })

  test('are in nothing that the local AWS shows or keeps', async () => {
    const world = createWorld({runtime: recordingRuntime('docker').runtime})
    world.secrets.set('/prod/token', SECRET)
    await start(world)
    const [task] = await describeTasks(world)
    expect(task?.lastStatus).toBe('RUNNING')
    expect(JSON.stringify([task, await eventsOf(world), world.ecs.snapshot()])).not.toContain(SECRET)
  })
})
