import {mkdtemp, readdir, realpath, rm, stat, utimes, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {cachedNames, giveUp, writeNames} from '../../../../src/cli/completion/names-cache.js'

let top: string
let file: string
let laterMs: number
let slept: number
const clock = {
  now: () => Date.now() + laterMs,
  sleep: async (milliseconds: number) => {
    laterMs += milliseconds
    slept += milliseconds
  },
}

beforeEach(async () => {
  laterMs = 0
  slept = 0
  top = await mkdtemp(join(await realpath(tmpdir()), 'fargate-names-'))
  file = join(top, 'fargate', 'completion', 'names.json')
})

afterEach(() => rm(top, {force: true, recursive: true}))

/** A refresher that is never heard of again. */
const unanswered = () => Promise.resolve()

/** Has the cache filled as a first question does. */
const fill = (names: readonly string[]) => cachedNames({file, clock, refresh: () => writeNames(file, names, clock)})

test('answers the first names as soon as they are there', async () => {
  expect(await fill(['api', 'web'])).toEqual(['api', 'web'])
  expect(slept).toBe(0)
})

test('answers nothing after 400 ms without an answer', async () => {
  expect(await cachedNames({file, clock, refresh: unanswered})).toEqual([])
  expect(slept).toBeGreaterThan(0)
  expect(slept).toBeLessThanOrEqual(400)
})

test('does not ask again within a minute', async () => {
  await fill(['web'])
  laterMs = 50_000
  const refresh = vi.fn(unanswered)

  expect(await cachedNames({file, clock, refresh})).toEqual(['web'])
  expect(refresh).not.toHaveBeenCalled()
})

test('answers old names without waiting while they are made new', async () => {
  await fill(['web'])
  laterMs = 70_000
  const refresh = vi.fn(unanswered)

  expect(await cachedNames({file, clock, refresh})).toEqual(['web'])
  expect(refresh).toHaveBeenCalledOnce()
  expect(slept).toBe(0)
})

test('starts one refresher for two questions at a time', async () => {
  const refresh = vi.fn(unanswered)
  await cachedNames({file, clock, refresh})
  await cachedNames({file, clock, refresh})

  expect(refresh).toHaveBeenCalledOnce()
})

test('does not wait for a refresher that has failed, and tries again later', async () => {
  const refresh = vi.fn(() => giveUp(file))
  expect(await cachedNames({file, clock, refresh})).toEqual([])
  expect(await cachedNames({file, clock, refresh})).toEqual([])
  expect({calls: refresh.mock.calls.length, slept}).toEqual({calls: 1, slept: 0})

  laterMs = 20_000
  expect(await fill(['web'])).toEqual(['web'])
})

test('keeps former names when a refresher fails', async () => {
  await fill(['web'])
  laterMs = 70_000

  expect(await cachedNames({file, clock, refresh: () => giveUp(file)})).toEqual(['web'])
})

test('lets only the user read the names, and forgets files of another day', async () => {
  await fill(['web'])
  const folder = join(top, 'fargate', 'completion')
  await writeFile(join(folder, 'old.json'), '[]')
  const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 60 * 60
  await utimes(join(folder, 'old.json'), twoDaysAgo, twoDaysAgo)
  await writeNames(file, ['web'], clock)

  expect(await readdir(folder)).toEqual(['names.json'])
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
})

test.runIf(process.platform === 'linux')('ends where nobody can make its folder', async () => {
  const refresh = vi.fn(unanswered)

  await expect(cachedNames({file: '/proc/nobody-makes-this/completion/names.json', clock, refresh})).rejects.toThrow(
    'ENOENT',
  )
  expect(refresh).not.toHaveBeenCalled()
})
