import {expect, test} from 'vitest'
import {createMemoryOutput} from '../../../src/output/memory.js'
import {runPlan} from '../../../src/plan/run-plan.js'
import {joined, known, lookUp, step} from '../../../src/plan/step.js'
import {recordedSteps, settled} from './recorded-steps.js'

const options = () => ({output: createMemoryOutput(), signal: new AbortController().signal})

test('looks at steps that do not need each other at the same time', async () => {
  const {happened, recorded} = recordedSteps()
  const look = Promise.withResolvers<void>()
  const running = runPlan([recorded('a', {looked: look.promise}), recorded('b', {looked: look.promise})], options())
  await settled()

  expect(happened).toEqual(['look a', 'look b'])
  look.resolve()
  await running
})

test('looks at a step once the looks that it needs have ended', async () => {
  const {happened, needsSeen, recorded} = recordedSteps()
  const look = Promise.withResolvers<void>()
  const a = recorded('a', {looked: look.promise, found: {state: 'present', value: 'a there'}})
  const running = runPlan([recorded('b', {needs: {a}})], options())
  await settled()
  expect(happened).toEqual(['look a'])

  look.resolve()
  await running
  expect(needsSeen.get('look b')).toEqual({a: 'a there'})
})

test('gives a look undefined for what is absent, and the present value of what differs', async () => {
  const {needsSeen, recorded} = recordedSteps()
  const needs = {
    absent: recorded('absent'),
    differs: recorded('differs', {found: {state: 'differs', value: 'old', detail: 'colour'}}),
  }
  await runPlan([recorded('last', {needs})], {...options(), dryRun: true})

  expect(needsSeen.get('look last')).toEqual({absent: undefined, differs: 'old'})
})

test('looks at a step once though several need it', async () => {
  const {happened, recorded} = recordedSteps()
  const shared = recorded('shared', {found: {state: 'present', value: 'there'}})
  await runPlan([recorded('a', {needs: {shared}}), recorded('b', {needs: {shared}})], {...options(), dryRun: true})

  expect(happened.filter((event) => event === 'look shared')).toHaveLength(1)
})

test('changes nothing when a look fails', async () => {
  const {happened, recorded} = recordedSteps()
  const failing = recorded('failing', {looked: Promise.reject(new Error('no permission'))})

  await expect(runPlan([recorded('a'), failing, recorded('c')], options())).rejects.toThrow('no permission')
  expect(happened).toEqual(['look a', 'look failing', 'look c'])
})

test('waits for the other looks before it tells that one has failed', async () => {
  const {recorded} = recordedSteps()
  const look = Promise.withResolvers<void>()
  let isOver = false
  const failing = recorded('failing', {looked: Promise.reject(new Error('no permission'))})
  const running = runPlan([failing, recorded('slow', {looked: look.promise})], options()).finally(() => {
    isOver = true
  })
  running.catch(() => undefined)
  await settled()
  expect(isOver).toBe(false)

  look.resolve()
  await expect(running).rejects.toThrow('no permission')
})

test('reports a look that throws before it answers a promise', async () => {
  const {happened, recorded} = recordedSteps()
  const sudden = step<string>({
    id: 'sudden',
    title: 'sudden',
    look: () => {
      throw new Error('at once')
    },
  })

  await expect(runPlan([recorded('a'), sudden], options())).rejects.toThrow('at once')
  expect(happened).toEqual(['look a'])
})

test('does not look further once it is cancelled', async () => {
  const {happened, recorded} = recordedSteps()
  const abort = new AbortController()
  const look = Promise.withResolvers<void>()
  const a = recorded('a', {looked: look.promise, found: {state: 'present', value: 'there'}})
  const running = runPlan([recorded('b', {needs: {a}})], {output: createMemoryOutput(), signal: abort.signal})
  await settled()
  abort.abort()
  look.resolve()

  await expect(running).rejects.toMatchObject({code: 'CANCELLED', exitCode: 130})
  expect(happened).toEqual(['look a'])
})

test('changes nothing in a dry run, and tells what it would change in the order of the plan', async () => {
  const {happened, recorded} = recordedSteps()
  const present = recorded('present', {found: {state: 'present', value: 'there'}})
  const absent = recorded('absent', {needs: {present}, found: {state: 'absent', detail: 'two tasks'}})
  const differs = recorded('differs', {needs: {absent}, found: {state: 'differs', value: 'old', detail: 'colour'}})
  const gone = recorded('gone', {
    needs: {differs},
    found: {state: 'differs', value: 'old', detail: 'x', change: 'delete'},
  })
  const local = recorded('local', {local: true})
  const report = await runPlan([gone, local], {
    ...options(),
    dryRun: true,
    beforeChanges: () => Promise.reject(new Error('asked in a dry run')),
  })

  expect(happened.filter((event) => event.startsWith('apply'))).toEqual([])
  expect(report.changes).toEqual([
    {step: 'absent', thing: 'absent', change: 'create', detail: 'two tasks'},
    {step: 'differs', thing: 'differs', change: 'update', detail: 'colour'},
    {step: 'gone', thing: 'gone', change: 'delete', detail: 'x'},
    {step: 'local', thing: 'local', change: 'create'},
  ])
  expect([present, absent, differs].map((each) => report.value(each))).toEqual(['there', undefined, 'old'])
})

test('changes nothing and asks nothing when all is as wanted', async () => {
  const {happened, recorded} = recordedSteps()
  const a = recorded('a', {found: {state: 'present', value: 'a there'}})
  const b = recorded('b', {local: true, needs: {a}, found: {state: 'present', value: 'b there'}})
  const report = await runPlan([b], {
    ...options(),
    beforeChanges: () => Promise.reject(new Error('asked for nothing')),
  })

  expect(happened).toEqual(['look a', 'look b'])
  expect(report.changes).toEqual([])
  expect(report.value(b)).toBe('b there')
})

test('look-ups, known values and joined steps are always present', async () => {
  const one = known('one', 1)
  const two = lookUp({id: 'two', title: 'two', needs: {one}, find: async (needs) => (needs.one ?? 0) + 1})
  const both = joined('both', [one, two])
  const report = await runPlan([both], options())

  expect([report.value(one), report.value(two), report.value(both)]).toEqual([1, 2, undefined])
  await expect(two.apply({}, {state: 'absent'}, {} as never)).rejects.toThrow('step two is a look-up')
})
