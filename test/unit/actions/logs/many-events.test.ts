import {setFlagsFromString} from 'node:v8'
import {runInNewContext} from 'node:vm'
import {expect, test} from 'vitest'
import {followLogs} from '../../../../src/actions/logs/log-reading.js'
import {AwsFailure, awsTable} from '../../../helpers/aws-table.js'
import {createInstantClock} from '../../../helpers/instant-clock.js'

const EVENTS = 100_000
const STREAMS = 50
const PAGE = 10_000
/** Milliseconds between two events: 100 a second, for 1000 seconds. */
const EVERY = 10
const start = Date.UTC(2026, 10, 23)

const timeOf = (number: number): number => start + number * EVERY
/** One in a hundred can be read four minutes late, the others up to 20 seconds. */
const readableAt = (number: number): number => timeOf(number) + (number % 100 === 7 ? 240_000 : (number * 37) % 20_000)

interface Query {
  readonly startTime?: number | undefined
  readonly nextToken?: string | undefined
}

/** FilterLogEvents over events that are made when they are asked for, so that nobody holds them. */
function page({startTime = 0, nextToken}: Query, now: number) {
  const first = Number(nextToken ?? Math.max(0, Math.ceil((startTime - start) / EVERY)))
  const end = Math.min(EVENTS, first + PAGE)
  const events = []
  for (let number = first; number < end && timeOf(number) <= now; number++) {
    if (readableAt(number) > now) continue
    const logStreamName = `fargate/web/${number % STREAMS}`
    events.push({eventId: `event-${number}`, logStreamName, timestamp: timeOf(number), message: String(number)})
  }
  return {events, ...(end < EVENTS && timeOf(end) <= now && {nextToken: String(end)})}
}

/** Bytes in use after everything is collected that nobody needs. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().heapUsed
}

test('of 100,000 events in 50 streams none is lost or shown twice, while memory stays flat', async () => {
  const interruption = new AbortController()
  const clock = createInstantClock(start, () => {
    if (clock.now() > timeOf(EVENTS) + 400_000) interruption.abort()
  })
  let calls = 0
  const {aws} = awsTable({
    logs: {
      FilterLogEvents: (query) => {
        calls++
        if (calls % 10 === 0) throw new AwsFailure('ThrottlingException', 'Rate exceeded')
        return page(query, clock.now())
      },
    },
  })
  const shown = new Uint8Array(EVENTS)
  const streams = new Set<string>()
  const heap: number[] = []
  let count = 0
  let nextLook = 40_000
  const place = {sources: [{group: 'group'}], explainMissing: async () => undefined}
  const request = {filter: undefined, startMs: start, tail: undefined}

  await followLogs({aws: {...aws}, clock, signal: interruption.signal}, place, request, (events) => {
    for (const {message, stream} of events) {
      const number = Number(message)
      shown[number] = (shown[number] ?? 0) + 1
      streams.add(stream)
    }
    count += events.length
    if (count < nextLook) return
    nextLook += 30_000
    heap.push(heapInUse())
  })

  expect(count).toBe(EVENTS)
  expect(shown.every((times) => times === 1)).toBe(true)
  expect(streams.size).toBe(STREAMS)
  expect(heap).toHaveLength(3)
  expect(Math.max(...heap) - (heap[0] ?? 0)).toBeLessThan(8 * 1024 * 1024)
}, 60_000)
