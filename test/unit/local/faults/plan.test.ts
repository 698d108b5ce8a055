import {expect, test} from 'vitest'
import {VirtualClock} from '../../../../src/local/clock.js'
import type {Fault} from '../../../../src/local/faults/fault.js'
import type {PlannedFault} from '../../../../src/local/faults/plan.js'
import {FaultPlan} from '../../../../src/local/faults/plan.js'

function planWith(fault: Partial<Fault> = {}, seed = 1) {
  const clock = new VirtualClock()
  const plan = new FaultPlan({clock, seed})
  plan.add([{kind: 'throttle', ...fault}])
  return {clock, plan}
}

const only = (plan: FaultPlan): PlannedFault => {
  const [planned] = plan.current('throttle')
  if (planned === undefined) throw new Error('the fault is gone')
  return planned
}

/** What a fault does on so many occasions: `x` where it strikes. */
const pattern = (plan: FaultPlan, occasions: number): string =>
  Array.from({length: occasions}, () => (plan.strikes(only(plan)) ? 'x' : '.')).join('')

test.each<[string, Partial<Fault>, string]>([
  ['without limits always', {}, 'xxxxxxxx'],
  ['as often as its count', {count: 3}, 'xxx.....'],
  ['every third time', {every: 3}, '..x..x..'],
  ['after those that it lets pass', {skip: 2}, '..xxxxxx'],
  ['every second time after those, twice', {skip: 1, every: 2, count: 2}, '..x.x...'],
])('strikes %s', (_, fault, expected) => {
  expect(pattern(planWith(fault).plan, 8)).toBe(expected)
})

test('gives the same faults for the same seed, and others for another', () => {
  const patterns = [7, 7, 8].map((seed) => pattern(planWith({probability: 0.5}, seed).plan, 40))

  expect(patterns[0]).toBe(patterns[1])
  expect(patterns[2]).not.toBe(patterns[0])
  expect(patterns[0]).toMatch(/x/)
  expect(patterns[0]).toMatch(/\./)
})

test('strikes as often as its probability says', () => {
  const struck = pattern(planWith({probability: 0.2}).plan, 2000).replaceAll('.', '').length

  expect(struck).toBeGreaterThan(320)
  expect(struck).toBeLessThan(480)
})

test('the chance of one fault does not depend on what others meet', () => {
  const {plan} = planWith({probability: 0.5})
  plan.add([{kind: 'throttle', probability: 0.5}])
  const [first, second] = plan.current('throttle')
  if (first === undefined || second === undefined) throw new Error('two faults are there')
  const mixed = Array.from({length: 20}, () => {
    plan.strikes(second)
    return plan.strikes(first) ? 'x' : '.'
  }).join('')

  expect(mixed).toBe(pattern(planWith({probability: 0.5}).plan, 20))
})

test('what was decided of a subject stays so and counts once', () => {
  const {plan} = planWith({count: 1})
  const asked = ['one', 'two', 'one', 'two'].map((subject) => plan.strikes(only(plan), subject))

  expect(asked).toEqual([true, false, true, false])
  expect(plan.list()).toMatchObject([{state: 'used-up', struck: 1}])
})

test('ends when its time is over, and tells so', async () => {
  const {clock, plan} = planWith({forMs: 60_000})
  const changes: string[] = []
  plan.onChange(() =>
    changes.push(
      plan
        .list()
        .map(({state}) => state)
        .join(),
    ),
  )

  await clock.advance(59_999)
  expect(plan.list()).toMatchObject([{state: 'in-force', endsAt: '2026-01-01T00:01:00.000Z'}])
  await clock.advance(1)

  expect(plan.current('throttle')).toEqual([])
  expect(changes).toEqual(['over'])
})

test('ids are never used again', () => {
  const {plan} = planWith()
  plan.remove('throttle-1')
  plan.add([{kind: 'drop'}])

  expect(plan.list().map(({id}) => id)).toEqual(['drop-2'])
  expect(plan.remove('throttle-1')).toBe(false)
})

test('a fault is shown as a plan file would have it, and in one line', () => {
  const {plan} = planWith({operation: 'ecs:UpdateService', delayMs: 1500, forMs: 120_000, count: 3})

  expect(plan.list()[0]).toMatchObject({
    summary: 'throttle operation ecs:UpdateService, count 3, delay 1500ms, for 2m',
    fault: {kind: 'throttle', operation: 'ecs:UpdateService', count: 3, delay: '1500ms', for: '2m'},
  })
})

test('goes on after a restart where it was: counts, subjects, seed and time limits', async () => {
  const before = planWith({probability: 0.5, forMs: 60_000, count: 9}, 7)
  pattern(before.plan, 10)
  before.plan.strikes(only(before.plan), 'task')
  const saved: unknown = JSON.parse(JSON.stringify(before.plan.snapshot()))
  const clock = new VirtualClock(before.clock.now() + 30_000)
  const after = new FaultPlan({clock, seed: 99})
  after.restore(saved)

  expect(after.seed).toBe(7)
  expect(after.list()).toEqual(before.plan.list())
  expect(pattern(after, 20)).toBe(pattern(before.plan, 20))
  expect(after.add([{kind: 'drop'}])).toMatchObject([{id: 'drop-2'}])
  await clock.advance(30_000)
  expect(after.list()[0]).toMatchObject({state: 'over'})
})

test('a restored plan is not changed through what it was restored from', () => {
  const {plan} = planWith()
  const saved = plan.snapshot()
  const after = new FaultPlan({clock: new VirtualClock(), seed: 1})
  after.restore(saved)
  after.strikes(only(after))

  expect(saved.faults[0]?.seen).toBe(0)
})
