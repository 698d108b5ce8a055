import {CreateServiceCommand} from '@aws-sdk/client-ecs'
import {expect, test} from 'vitest'
import type {World} from '../services/ecs/world.js'
import {createWorld, describeService, EXECUTION_ROLE, eventsOf, prepare, serviceRequest} from '../services/ecs/world.js'

const REFUSAL =
  `service web failed to launch a task with (error ECS was unable to assume the role '${EXECUTION_ROLE}' that was` +
  ' provided for this task. Please verify that the role being passed has the proper trust relationship and' +
  ' permissions and that your IAM user has permissions to pass this role.).'

/** A service with a circuit breaker that ends at the first failure, and an execution role as told. */
async function createService(world: World, trustedServices: string[], createdAt: number): Promise<void> {
  world.roles.set(EXECUTION_ROLE, {roleArn: EXECUTION_ROLE, trustedServices, createdAt})
  await prepare(world, {executionRoleArn: EXECUTION_ROLE})
  const thresholdConfiguration = {type: 'COUNT' as const, value: 1}
  const deploymentCircuitBreaker = {enable: true, rollback: true, thresholdConfiguration}
  await world.send(new CreateServiceCommand(serviceRequest({deploymentConfiguration: {deploymentCircuitBreaker}})))
}

test('a role that was made just now delays the launch, which heals by itself and is no failed task', async () => {
  const world = createWorld()
  await createService(world, ['ecs-tasks.amazonaws.com'], world.clock.now())
  await world.clock.advance(4_000)
  expect(await eventsOf(world)).toEqual([REFUSAL])
  expect((await describeService(world)).deployments).toMatchObject([{rolloutState: 'IN_PROGRESS', failedTasks: 0}])
  await world.clock.advance(116_000)
  expect((await describeService(world)).deployments).toMatchObject([{rolloutState: 'COMPLETED', failedTasks: 0}])
  expect((await eventsOf(world)).at(-1)).toBe('(service web) has reached a steady state.')
})

test('a role that does not trust ECS is a failure, which trips the circuit breaker', async () => {
  const world = createWorld()
  await createService(world, ['ec2.amazonaws.com'], 0)
  await world.clock.advance(10_000)
  expect(await eventsOf(world)).toContain(REFUSAL)
  expect((await describeService(world)).deployments).toMatchObject([{rolloutState: 'FAILED', failedTasks: 1}])
})
