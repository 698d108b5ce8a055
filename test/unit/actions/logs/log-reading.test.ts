import {expect, test} from 'vitest'
import type {LogRequest} from '../../../../src/actions/logs/log-reading.js'
import {followLogs, readLogs} from '../../../../src/actions/logs/log-reading.js'
import {awsTable} from '../../../helpers/aws-table.js'
import type {WrittenEvent} from '../../../helpers/fake-log-group.js'
import {fakeLogGroup} from '../../../helpers/fake-log-group.js'
import {createInstantClock} from '../../../helpers/instant-clock.js'

const now = Date.UTC(2026, 10, 23)
const day = 86_400

const place = {sources: [{group: 'group'}], explainMissing: async () => undefined}
const nothing: LogRequest = {filter: undefined, startMs: undefined, tail: undefined}

const ago = (seconds: number, message: string, stream = 'fargate/web/a'): WrittenEvent => ({
  stream,
  message,
  timestamp: now - seconds * 1000,
})

function account(events: readonly WrittenEvent[], polls = 1) {
  const interruption = new AbortController()
  const clock = createInstantClock(now, (sleeps) => {
    if (sleeps >= polls) interruption.abort()
  })
  const {aws, inputs} = awsTable({logs: fakeLogGroup({name: 'group', events, now: clock.now, pageSize: 50})})
  return {context: {aws, clock, signal: interruption.signal}, queries: () => inputs('FilterLogEvents')}
}

async function read(events: readonly WrittenEvent[], request: Partial<LogRequest> & {endMs?: number}) {
  const {context, queries} = account(events)
  const lines: string[] = []
  const count = await readLogs(context, place, {...nothing, endMs: undefined, ...request}, (page) =>
    lines.push(...page.map(({message}) => message)),
  )
  expect(count).toBe(lines.length)
  return {lines, queries: queries()}
}

const history = [ago(90 * day, 'first'), ago(3 * day, 'second'), ago(100, 'third', 'fargate/web/b'), ago(5, 'fourth')]

test.each([
  [1, ['fourth']],
  [2, ['third', 'fourth']],
  [3, ['second', 'third', 'fourth']],
  [10, ['first', 'second', 'third', 'fourth']],
])('the last %i events of all streams, oldest first', async (tail, expected) => {
  expect((await read(history, {tail})).lines).toEqual(expected)
})

test('reads back only as far as it must', async () => {
  const {queries} = await read(history, {tail: 1})

  expect(queries).toEqual([{logGroupName: 'group', startTime: now - 60_000}])
})

test('holds the last events of a long page alone', async () => {
  const many = Array.from({length: 500}, (_, index) => ago(50 - index / 20, `line ${index}`))

  expect((await read(many, {tail: 3})).lines).toEqual(['line 497', 'line 498', 'line 499'])
})

test('the last events of a range of time', async () => {
  const range = {startMs: now - 4 * day * 1000, endMs: now - 10_000}

  expect((await read(history, {...range, tail: 2})).lines).toEqual(['second', 'third'])
  expect((await read(history, {...range, tail: 9})).lines).toEqual(['second', 'third'])
})

test('no window lies over another, and none before the start', async () => {
  const {queries} = await read([], {tail: 1, startMs: now - 3_600_000})

  const windows = queries.map(({startTime, endTime}) => [startTime, endTime].map((time) => time && Number(time) - now))
  expect(windows).toEqual([
    [-60_000, undefined],
    [-540_001, -60_001],
    [-3_600_000, -540_002],
  ])
})

async function follow(events: readonly WrittenEvent[], request: Partial<LogRequest>, polls = 20) {
  const {context} = account(events, polls)
  const lines: string[] = []
  await followLogs(context, place, {...nothing, ...request}, (page) => lines.push(...page.map(({message}) => message)))
  return lines
}

test.each([
  [0, ['new']],
  [1, ['fourth', 'new']],
  [3, ['second', 'third', 'fourth', 'new']],
  [9, ['first', 'second', 'third', 'fourth', 'new']],
])('with --tail %i it goes on after the last events, each once', async (tail, expected) => {
  expect(await follow([...history, ago(-3, 'new')], {tail})).toEqual(expected)
})

test('of lines of one millisecond those before the last ones stay left out', async () => {
  const alike = ['one', 'two', 'three'].map((message) => ago(5, message))

  expect(await follow(alike, {tail: 2})).toEqual(['two', 'three'])
})

test('an event that comes late after the last ones is shown, too', async () => {
  const late: WrittenEvent = {...ago(2, 'late'), readableAt: now + 6_000}

  expect(await follow([...history, late], {tail: 1})).toEqual(['fourth', 'late'])
})
