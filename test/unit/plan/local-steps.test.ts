import {afterEach, beforeEach, expect, test} from 'vitest'
import {createMemoryOutput} from '../../../src/output/memory.js'
import {runPlan} from '../../../src/plan/run-plan.js'
import {recordedSteps, settled, untilStopped} from './recorded-steps.js'

const options = () => ({output: createMemoryOutput(), signal: new AbortController().signal})
const unhandled: unknown[] = []
const keep = (reason: unknown) => unhandled.push(reason)

beforeEach(() => {
  unhandled.length = 0
  process.on('unhandledRejection', keep)
})

afterEach(async () => {
  await settled()
  process.off('unhandledRejection', keep)
  expect(unhandled).toEqual([])
})

test('starts local work while looks are under way', async () => {
  const {happened, recorded} = recordedSteps()
  const look = Promise.withResolvers<void>()
  const running = runPlan([recorded('slow', {looked: look.promise}), recorded('build', {local: true})], options())
  await settled()
  expect(happened).toEqual(['look slow', 'look build', 'apply build', 'applied build'])

  look.resolve()
  await running
  expect(happened.slice(4)).toEqual(['apply slow', 'applied slow'])
})

test('does local work once', async () => {
  const {happened, recorded} = recordedSteps()
  const build = recorded('build', {local: true})
  await runPlan([recorded('push', {needs: {build}})], options())

  expect(happened.filter((event) => event === 'apply build')).toHaveLength(1)
})

test('stops local work and waits for its end when a look fails', async () => {
  const {happened, recorded} = recordedSteps()
  const look = Promise.withResolvers<void>()
  const build = recorded('build', {
    local: true,
    applied: (run) => untilStopped(run).finally(() => happened.push('end')),
  })
  const running = runPlan([recorded('push', {needs: {build}, looked: look.promise})], options())
  running.catch(() => undefined)
  await settled()
  look.reject(new Error('no permission'))

  await expect(running).rejects.toThrow('no permission')
  expect(happened.at(-1)).toBe('end')
  expect(happened).not.toContain('apply push')
})

test('stops local work and waits for its end when the changes are refused', async () => {
  const {happened, recorded} = recordedSteps()
  const end = Promise.withResolvers<void>()
  const build = recorded('build', {
    local: true,
    applied: async (run) => {
      await untilStopped(run).catch(() => end.promise)
      happened.push('end')
    },
  })
  const beforeChanges = () => Promise.reject(new Error('declined'))
  const running = runPlan([recorded('push', {needs: {build}})], {...options(), beforeChanges})
  let isOver = false
  running.catch(() => {
    isOver = true
  })
  await settled()
  expect(isOver).toBe(false)

  end.resolve()
  await expect(running).rejects.toThrow('declined')
  expect(happened).toContain('end')
  expect(happened).not.toContain('apply push')
})

test('makes nothing for local work before the last look has ended', async () => {
  const {happened, recorded} = recordedSteps()
  const look = Promise.withResolvers<void>()
  const repository = recorded('repository')
  const build = recorded('build', {local: true, needs: {repository}})
  const running = runPlan([build, recorded('slow', {looked: look.promise})], options())
  await settled()
  expect(happened).toEqual(['look repository', 'look slow', 'look build'])

  look.resolve()
  await running
  expect(happened[3]).toBe('apply repository')
  expect(happened).toContain('applied build')
})

test('makes nothing for local work when a look fails', async () => {
  const {happened, recorded} = recordedSteps()
  const repository = recorded('repository')
  const build = recorded('build', {local: true, needs: {repository}})
  const failing = recorded('failing', {looked: Promise.reject(new Error('no permission'))})

  await expect(runPlan([build, failing], options())).rejects.toThrow('no permission')
  expect(happened.filter((event) => event.startsWith('apply'))).toEqual([])
})

test('changes nothing and asks nothing when local work fails during the looks', async () => {
  const {happened, recorded} = recordedSteps()
  const look = Promise.withResolvers<void>()
  const build = recorded('build', {local: true, applied: () => Promise.reject(new Error('no such file'))})
  const running = runPlan([recorded('slow', {looked: look.promise}), build], {
    ...options(),
    beforeChanges: async () => {
      happened.push('asked')
    },
  })
  running.catch(() => undefined)
  await settled()
  look.resolve()

  await expect(running).rejects.toThrow('no such file')
  expect(happened).toEqual(['look slow', 'look build', 'apply build'])
})

test('stops local work when it is cancelled', async () => {
  const {recorded} = recordedSteps()
  const abort = new AbortController()
  const build = recorded('build', {local: true, applied: untilStopped})
  const running = runPlan([build], {output: createMemoryOutput(), signal: abort.signal})
  running.catch(() => undefined)
  await settled()
  abort.abort()

  await expect(running).rejects.toThrow('stopped')
})

test('leaves no rejection unhandled when everything fails at once', async () => {
  const {recorded} = recordedSteps()
  const broken = () => Promise.reject(new Error('broken'))
  const looks = ['a', 'b'].map((id) => recorded(id, {looked: Promise.reject(new Error(`look ${id}`))}))
  const [a, b] = looks
  const build = recorded('build', {local: true, applied: broken})
  const needy = recorded('needy', {local: true, needs: {...(a && {a}), ...(b && {b})}, applied: broken})

  await expect(runPlan([build, needy, recorded('last', {needs: {build, needy}})], options())).rejects.toThrow('look a')
  const changes = ['c', 'd', 'e'].map((id) => recorded(id, {applied: broken}))
  const needs = Object.fromEntries(changes.map((each) => [each.id, each]))
  await expect(runPlan([recorded('last', {needs}), build], options())).rejects.toThrow('broken')
})
