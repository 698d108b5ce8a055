import {describe, expect, test} from 'vitest'
import {afterTime, beforeTime, indexAfter, insertEvents} from '../../../../../src/local/services/logs/event-order.js'
import type {LogEvent} from '../../../../../src/local/services/logs/records.js'

/** Events of these timestamps; serials count from the given one. */
const eventsAt = (timestamps: number[], firstSerial = 1): LogEvent[] =>
  timestamps.map((timestamp, index) => ({
    logStreamName: 's',
    timestamp,
    ingestionTime: 0,
    serial: firstSerial + index,
    message: 'x',
  }))

describe('adding events', () => {
  test.each<[string, number[], number[], number[]]>([
    ['to none', [], [1, 2], [1, 2]],
    ['none', [1, 2], [], [1, 2]],
    ['at the end', [1, 2], [2, 3], [1, 2, 2, 3]],
    ['at the start', [5, 6], [1, 2], [1, 2, 5, 6]],
    ['in between', [1, 5, 9], [2, 6, 10], [1, 2, 5, 6, 9, 10]],
  ])('%s keeps them in order', (_case, present, added, timestamps) => {
    const events = eventsAt(present)

    insertEvents(events, eventsAt(added, 100))

    expect(events.map(({timestamp}) => timestamp)).toEqual(timestamps)
  })

  test('of a millisecond that has some puts the new ones behind', () => {
    const events = eventsAt([1, 1, 2])

    insertEvents(events, eventsAt([1, 2], 10))

    expect(events.map(({serial}) => serial)).toEqual([1, 2, 10, 3, 11])
  })
})

test.each([
  [beforeTime(1), 0],
  [afterTime(1), 1],
  [beforeTime(2), 1],
  [{timestamp: 2, serial: 2}, 2],
  [{timestamp: 2, serial: 3}, 3],
  [afterTime(2), 3],
  [afterTime(9), 4],
])('the first event after %j has index %i', (boundary, index) => {
  expect(indexAfter(eventsAt([1, 2, 2, 3]), boundary)).toBe(index)
})
