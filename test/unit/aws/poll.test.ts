import {expect, test} from 'vitest'
import {pollUntil} from '../../../src/aws/poll.js'
import {AwsError, MachineError} from '../../../src/errors/errors.js'
import {createVirtualClock} from '../../helpers/product-clock.js'

const throttle = () => new AwsError('THROTTLED', 'AWS throttles ecs:DescribeServices')

/** Asks a list of answers, one for each look. */
function polling(answers: readonly (string | undefined | Error)[], timeoutMs = 600_000) {
  const clock = createVirtualClock()
  const abort = new AbortController()
  let looks = 0
  const running = pollUntil({clock, signal: abort.signal, everyMs: 2000, timeoutMs, what: 'service web'}, async () => {
    const answer = answers[looks]
    looks += 1
    if (answer instanceof Error) throw answer
    return answer
  })
  return {clock, abort, running, looks: () => looks}
}

test('answers at once what is there at the first look', async () => {
  const {clock, running} = polling(['there'])

  expect(await running).toBe('there')
  expect(clock.sleeps).toEqual([])
})

test('looks every so often until there is an answer', async () => {
  const {clock, running} = polling([undefined, undefined, 'there'])

  expect(await running).toBe('there')
  expect(clock.sleeps).toEqual([2000, 2000])
})

test('looks more slowly while AWS throttles, up to once a minute, and as before afterwards', async () => {
  const throttles = Array.from({length: 7}, throttle)
  const {clock, running} = polling([...throttles, undefined, 'there'])

  expect(await running).toBe('there')
  expect(clock.sleeps).toEqual([4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 2000])
})

test('gives up when the time is over, after a last look', async () => {
  const {clock, looks, running} = polling([], 5000)

  await expect(running).rejects.toMatchObject({
    code: 'WAIT_TIMED_OUT',
    exitCode: 7,
    message: 'gave up waiting for service web after 5 s',
  })
  expect(clock.sleeps).toEqual([2000, 2000, 1000])
  expect(looks()).toBe(4)
})

test('gives up while AWS throttles, too', async () => {
  const {running} = polling(Array.from({length: 20}, throttle), 10_000)

  await expect(running).rejects.toMatchObject({code: 'WAIT_TIMED_OUT'})
})

test('ends a pause when it is cancelled', async () => {
  const {abort, clock, looks, running} = polling([])
  clock.at(3000, () => abort.abort())

  await expect(running).rejects.toMatchObject({code: 'CANCELLED', message: 'stopped waiting for service web'})
  expect(clock.elapsed()).toBe(3000)
  expect(looks()).toBe(2)
})

test('throws what a look throws', async () => {
  const {running} = polling([undefined, new AwsError('CLUSTER_NOT_FOUND', 'Cluster not found')])

  await expect(running).rejects.toMatchObject({code: 'CLUSTER_NOT_FOUND'})
})

const away = () => new MachineError('AWS_UNREACHABLE', 'cannot reach ecs')
const fault = () => new AwsError('SERVICE', 'ecs:DescribeServices failed', {details: {awsError: 'ServerException'}})

test.each([
  ['a network that is away for a moment', away],
  ['a fault on the side of AWS', fault],
])('goes on after %s', async (_what, failure) => {
  const {clock, running} = polling([undefined, failure(), failure(), 'there'])

  expect(await running).toBe('there')
  expect(clock.sleeps).toEqual([2000, 4000, 8000])
})

test('throws what a network says that stays away', async () => {
  const {clock, running} = polling(Array.from({length: 20}, away))

  await expect(running).rejects.toMatchObject({code: 'AWS_UNREACHABLE'})
  expect(clock.elapsed()).toBeGreaterThan(180_000)
})
