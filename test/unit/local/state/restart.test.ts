import {expect, test} from 'vitest'
import {createService, deploy, outcome} from './rollout.js'
import type {World} from './world.js'
import {createWorld} from './world.js'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** The end of a rollout that is cut short at each of these times and goes on at once. */
async function endWithRestarts(start: (world: World) => Promise<void>, cuts: readonly number[], length: number) {
  const world = createWorld()
  await createService(world)
  await world.clock.advance(3 * MINUTE)
  await start(world)
  let time = 0
  for (const cut of cuts) {
    await world.clock.advance(cut - time)
    time = cut
    world.save()
    expect(world.saved()).toEqual(world.present())
    await world.restart()
  }
  await world.clock.advance(length - time)
  return outcome(world)
}

/** Every third second, from the first one on. */
const cutsFrom = (first: number) => Array.from({length: 40}, (_, index) => [first + index * 3 * SECOND])

test.each([
  ['a good one', 'v2', 'PRIMARY COMPLETED 2 web:2', cutsFrom(137)],
  ['one that the circuit breaker rolls back', 'crash', 'PRIMARY COMPLETED 2 web:1', cutsFrom(1637)],
] as const)(
  'a rollout that is cut short at any time ends like one that is not: %s',
  async (_title, tag, deployment, everyCut) => {
    const start = (world: World) => deploy(world, tag)
    const length = 10 * MINUTE
    const expected = await endWithRestarts(start, [], length)

    expect(expected.deployments).toEqual([deployment])
    for (const cuts of everyCut) {
      expect(await endWithRestarts(start, cuts, length), `cut at ${cuts} ms`).toEqual(expected)
    }
  },
)
