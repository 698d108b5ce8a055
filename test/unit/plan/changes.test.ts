import {expect, test} from 'vitest'
import {createMemoryOutput} from '../../../src/output/memory.js'
import type {Change} from '../../../src/plan/run-plan.js'
import {runPlan} from '../../../src/plan/run-plan.js'
import {step} from '../../../src/plan/step.js'
import {recordedSteps, settled} from './recorded-steps.js'

const options = () => ({output: createMemoryOutput(), signal: new AbortController().signal})

test('makes what a step needs before the step, and the rest at the same time', async () => {
  const {happened, needsSeen, recorded} = recordedSteps()
  const slow = Promise.withResolvers<void>()
  const a = recorded('a', {applied: () => slow.promise})
  const b = recorded('b')
  const c = recorded('c', {needs: {a, b}})
  const running = runPlan([c], options())
  await settled()
  expect(happened.slice(3)).toEqual(['apply a', 'apply b', 'applied b'])

  slow.resolve()
  const report = await running
  expect(happened.slice(6)).toEqual(['applied a', 'apply c', 'applied c'])
  expect(needsSeen.get('apply c')).toEqual({a: 'a made', b: 'b made'})
  expect(report.value(c)).toBe('c made')
})

test('gives a change the values of what was there already', async () => {
  const {needsSeen, recorded} = recordedSteps()
  const present = recorded('present', {found: {state: 'present', value: 'there'}})
  const report = await runPlan([recorded('made', {needs: {present}})], options())

  expect(needsSeen.get('apply made')).toEqual({present: 'there'})
  expect(report.changes.map(({step: id}) => id)).toEqual(['made'])
})

test('starts no further change after one has failed, and lets those under way end', async () => {
  const {happened, recorded} = recordedSteps()
  const slow = Promise.withResolvers<void>()
  const failing = recorded('failing', {applied: () => Promise.reject(new Error('limit reached'))})
  const under = recorded('under-way', {applied: () => slow.promise})
  const after = recorded('after', {needs: {under}})
  let isOver = false
  const running = runPlan([failing, after], options()).finally(() => {
    isOver = true
  })
  running.catch(() => undefined)
  await settled()
  expect(isOver).toBe(false)

  slow.resolve()
  await expect(running).rejects.toThrow('limit reached')
  expect(happened).toContain('applied under-way')
  expect(happened).not.toContain('apply after')
})

test('throws the error that came first, not the first in the order of the plan', async () => {
  const {recorded} = recordedSteps()
  const later = Promise.withResolvers<void>()
  const a = recorded('a', {applied: () => later.promise})
  const b = recorded('b', {applied: () => Promise.reject(new Error('first'))})
  const running = runPlan([a, b], options())
  running.catch(() => undefined)
  await settled()
  later.reject(new Error('second'))

  await expect(running).rejects.toThrow('first')
})

test('tells the steps under way to stop when one fails', async () => {
  const {recorded} = recordedSteps()
  let stopped = false
  const waiting = recorded('waiting', {
    applied: (run) =>
      new Promise<void>((resolve) => {
        run.signal.addEventListener('abort', () => {
          stopped = true
          resolve()
        })
      }),
  })
  const failing = recorded('failing', {applied: () => Promise.reject(new Error('limit reached'))})

  await expect(runPlan([waiting, failing], options())).rejects.toThrow('limit reached')
  expect(stopped).toBe(true)
})

test('shows each change with what it does, and its progress', async () => {
  const output = createMemoryOutput()
  const shown = (id: string, change: 'update' | 'delete' | undefined, doing?: string) =>
    step<string>({
      id,
      title: `the ${id}`,
      ...(doing !== undefined && {doing}),
      look: async () => (change === undefined ? {state: 'absent'} : {state: 'differs', value: '', detail: '', change}),
      apply: async (_needs, _found, run) => {
        run.update(`${id} 1 of 2`)
        run.log(`${id} line`)
        return id
      },
    })
  const steps = [shown('a', undefined), shown('b', 'update'), shown('c', 'delete'), shown('d', undefined, 'Building')]
  await runPlan(steps, {...options(), output})

  expect(output.texts('done')).toEqual(['Creating the a', 'Updating the b', 'Deleting the c', 'Building the d'])
  expect(output.texts('update')[0]).toBe('a 1 of 2')
  expect(output.texts('log')[0]).toBe('a line')
})

test('starts no further change once it is cancelled', async () => {
  const {happened, recorded} = recordedSteps()
  const abort = new AbortController()
  const slow = Promise.withResolvers<void>()
  const a = recorded('a', {applied: () => slow.promise})
  const running = runPlan([recorded('b', {needs: {a}})], {output: createMemoryOutput(), signal: abort.signal})
  running.catch(() => undefined)
  await settled()
  abort.abort()
  slow.resolve()

  await expect(running).rejects.toMatchObject({code: 'CANCELLED'})
  expect(happened).toEqual(['look a', 'look b', 'apply a', 'applied a'])
})

test('asks once before the first change, with all changes', async () => {
  const {happened, recorded} = recordedSteps()
  const asked: (readonly Change[])[] = []
  const a = recorded('a')
  await runPlan([recorded('b', {needs: {a}})], {
    ...options(),
    beforeChanges: async (changes) => {
      asked.push(changes)
      happened.push('asked')
    },
  })

  expect(asked.map((changes) => changes.map(({step: id}) => id))).toEqual([['a', 'b']])
  expect(happened.slice(0, 4)).toEqual(['look a', 'look b', 'asked', 'apply a'])
})

test('changes nothing when the question before the changes is answered with an error', async () => {
  const {happened, recorded} = recordedSteps()
  const beforeChanges = () => Promise.reject(new Error('declined'))

  await expect(runPlan([recorded('a')], {...options(), beforeChanges})).rejects.toThrow('declined')
  expect(happened).toEqual(['look a'])
})
