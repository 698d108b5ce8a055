import {expect, test} from 'vitest'
import {followSources} from '../../../../src/actions/logs/follow-sources.js'
import type {LogSource} from '../../../../src/actions/logs/log-sources.js'
import type {AwsTable} from '../../../helpers/aws-table.js'
import {AwsFailure, awsTable} from '../../../helpers/aws-table.js'
import type {WrittenEvent} from '../../../helpers/fake-log-group.js'
import {fakeLogGroup} from '../../../helpers/fake-log-group.js'
import {createInstantClock} from '../../../helpers/instant-clock.js'

const start = Date.UTC(2026, 10, 23)
const second = 1000

interface Scene {
  readonly events?: readonly WrittenEvent[]
  readonly polls: number
  readonly sources?: readonly LogSource[]
  /** Stands before the log group, and can refuse. */
  readonly before?: (poll: number) => void
}

/** Follows until a number of polls, and answers what was shown. */
async function follow({events = [], polls, sources = [{group: 'group'}], before = () => undefined}: Scene) {
  const interruption = new AbortController()
  const clock = createInstantClock(start, (sleeps) => {
    if (sleeps >= polls) interruption.abort()
  })
  const group = fakeLogGroup({name: 'group', events, now: clock.now})
  const logs: AwsTable['logs'] = {
    FilterLogEvents: (query) => {
      before(clock.sleeps.length)
      return group.FilterLogEvents?.(query) ?? {}
    },
  }
  const fake = awsTable({logs})
  const shown: string[] = []
  await followSources(
    {aws: fake.aws, clock, signal: interruption.signal},
    sources,
    {startMs: start - 60 * second, pattern: undefined},
    (page) => shown.push(...page.map(({message}) => message)),
    async () => undefined,
  )
  const starts = fake.inputs('FilterLogEvents').map(({startTime}) => Number(startTime) - start)
  return {shown, starts, sleeps: clock.sleeps}
}

const at = (seconds: number, message: string, readableAfter = 0, stream = 'fargate/web/a'): WrittenEvent => ({
  stream,
  message,
  timestamp: start + seconds * second,
  readableAt: start + (seconds + readableAfter) * second,
})

test('shows the last minute and what comes after, each event once', async () => {
  const events = [at(-90, 'too old'), at(-30, 'backlog'), at(1, 'one'), at(3, 'two'), at(3, 'three')]

  const {shown} = await follow({events, polls: 10})

  expect(shown).toEqual(['backlog', 'one', 'two', 'three'])
})

test.each([3, 20, 120, 240])('shows an event that can be read %i seconds late', async (late) => {
  const {shown} = await follow({events: [at(1, 'in time'), at(5, 'late', late), at(6, 'after')], polls: 200})

  expect(shown.toSorted()).toEqual(['after', 'in time', 'late'])
})

test('shows the lines of a task that starts later', async () => {
  const {shown} = await follow({events: [at(1, 'first task'), at(20, 'second task', 0, 'fargate/web/b')], polls: 20})

  expect(shown).toEqual(['first task', 'second task'])
})

test('waits for the stream of a chosen task', async () => {
  const sources = [{group: 'group', streams: ['fargate/web/a', 'fargate/web/b']}]
  const {shown} = await follow({
    events: [at(1, 'a'), at(20, 'b', 0, 'fargate/web/b'), at(21, 'c', 0, 'fargate/web/c')],
    polls: 20,
    sources,
  })

  expect(shown).toEqual(['a', 'b'])
})

test('waits for a log group that does not exist yet', async () => {
  const {shown} = await follow({
    events: [at(1, 'hello')],
    polls: 5,
    before: (poll) => {
      if (poll < 3) throw new AwsFailure('ResourceNotFoundException')
    },
  })

  expect(shown).toEqual(['hello'])
})

test('slows down while AWS throttles, loses nothing, and is as fast as before after it', async () => {
  const {shown, sleeps} = await follow({
    events: [at(1, 'before'), at(50, 'meanwhile'), at(600, 'after')],
    polls: 300,
    before: (poll) => {
      if (poll >= 3 && poll < 10) throw new AwsFailure('ThrottlingException', 'Rate exceeded')
    },
  })

  expect(shown).toEqual(['before', 'meanwhile', 'after'])
  expect(sleeps.slice(2, 11).map((sleep) => sleep / second)).toEqual([2, 4, 8, 16, 32, 60, 60, 60, 2])
})

test('goes on where it was when a later page is throttled', async () => {
  let calls = 0
  const events = Array.from({length: 8}, (_, index) => at(index - 50, `line ${index}`))
  const {shown} = await follow({
    events,
    polls: 4,
    before: () => {
      calls += 1
      if (calls === 3) throw new AwsFailure('ThrottlingException', 'Rate exceeded')
    },
  })

  expect(shown).toEqual(events.map(({message}) => message))
})

test('reads half a minute again mostly, and five minutes from time to time', async () => {
  const {starts} = await follow({polls: 400})
  const lookBacks = starts.map((from, poll) => ((poll - 1) * 2 * second - from) / second).slice(200)

  expect(new Set(lookBacks)).toEqual(new Set([30, 300]))
  expect(lookBacks.filter((seconds) => seconds === 300).length).toBeLessThan(lookBacks.length / 10)
})

test('ends with every other refusal', async () => {
  const denied = follow({
    polls: 5,
    before: () => {
      throw new AwsFailure('AccessDeniedException')
    },
  })

  await expect(denied).rejects.toMatchObject({code: 'ACCESS_DENIED'})
})
