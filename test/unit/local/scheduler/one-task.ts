import type {RegisterTaskDefinitionCommandInput, RunTaskCommandInput, Task} from '@aws-sdk/client-ecs'
import {RunTaskCommand} from '@aws-sdk/client-ecs'
import {expect} from 'vitest'
import type {World} from '../services/ecs/world.js'
import {describeTasks, network, prepare} from '../services/ecs/world.js'

/** The image of the task's container. */
export const IMAGE = 'registry.example/web:1'

/** Runs one task of a definition that `overrides` changes. */
export async function run(
  world: World,
  overrides: Partial<RegisterTaskDefinitionCommandInput> = {},
  request: Partial<RunTaskCommandInput> = {},
): Promise<void> {
  await prepare(world, overrides)
  await world.send(
    new RunTaskCommand({
      cluster: 'fargate',
      taskDefinition: 'web',
      launchType: 'FARGATE',
      networkConfiguration: network,
      ...request,
    }),
  )
}

/** The task of a world that has one. */
export async function onlyTask(world: World): Promise<Task> {
  const tasks = await describeTasks(world)
  expect(tasks).toHaveLength(1)
  return tasks[0] ?? {}
}

/** Every state that a task shows within so many seconds, and how many it took to come to the last. */
export async function statesOf(world: World, seconds: number): Promise<{states: string[]; lastAfter: number}> {
  const states: string[] = []
  let lastAfter = 0
  for (let second = 0; second <= seconds; second++) {
    const {lastStatus = ''} = await onlyTask(world)
    if (states.at(-1) !== lastStatus) {
      states.push(lastStatus)
      lastAfter = second
    }
    await world.clock.advance(1_000)
  }
  return {states, lastAfter}
}
