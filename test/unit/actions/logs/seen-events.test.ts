import {expect, test} from 'vitest'
import {SeenEvents} from '../../../../src/actions/logs/seen-events.js'

const event = (timestamp: number, id = String(timestamp)) => ({id, timestamp})

test('takes each event once', () => {
  const seen = new SeenEvents(10)

  expect([seen.add(event(1)), seen.add(event(1)), seen.add(event(1, 'other'))]).toEqual([true, false, true])
})

test('never takes an event twice, also when its memory is full', () => {
  const seen = new SeenEvents(3)
  for (let timestamp = 1; timestamp <= 10; timestamp++) seen.add(event(timestamp))

  expect(seen.floor).toBe(8)
  for (let timestamp = 1; timestamp <= 10; timestamp++) expect(seen.add(event(timestamp))).toBe(false)
})

test('has room for as many as its limit after forgetting old ones', () => {
  const seen = new SeenEvents(2)
  seen.add(event(1))
  seen.add(event(2))
  seen.forgetBefore(3)
  seen.add(event(3))
  seen.add(event(4))

  expect(seen.floor).toBe(0)
})
