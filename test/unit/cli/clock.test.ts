import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {createSystemClock} from '../../../src/cli/clock.js'

beforeEach(() => {
  vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'Date']})
})

afterEach(() => {
  vi.useRealTimers()
})

test('sleeps as long as it is asked to', async () => {
  const woken = vi.fn()
  const slept = createSystemClock().sleep(5_000).then(woken)

  await vi.advanceTimersByTimeAsync(4_999)
  expect(woken).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  await slept
  expect(woken).toHaveBeenCalledOnce()
})

test.each([
  [60, 6_000, 100],
  [60, 600, 20],
])('at speed %i shortens %i ms to %i ms', async (speed, asked, expected) => {
  const woken = vi.fn()
  const slept = createSystemClock({speed, origin: {local: 0, machine: 0}})
    .sleep(asked)
    .then(woken)

  await vi.advanceTimersByTimeAsync(expected - 1)
  expect(woken).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  await slept
  expect(woken).toHaveBeenCalledOnce()
})

test('wakes up without an error when it is interrupted', async () => {
  const abort = new AbortController()
  const slept = createSystemClock().sleep(60_000, abort.signal)

  abort.abort()

  await expect(slept).resolves.toBeUndefined()
  await expect(createSystemClock().sleep(60_000, abort.signal)).resolves.toBeUndefined()
})
