import type {GetLogEventsCommandInput} from '@aws-sdk/client-cloudwatch-logs'
import {CreateLogStreamCommand, GetLogEventsCommand} from '@aws-sdk/client-cloudwatch-logs'
import {describe, expect, test} from 'vitest'
import type {Started} from './fixture.js'
import {start, startWithGroup, texts} from './fixture.js'

describe('GetLogEvents', () => {
  const get = ({client}: Started, input: Partial<GetLogEventsCommandInput> = {}) =>
    client.send(new GetLogEventsCommand({logGroupName: 'web', logStreamName: 's', ...input}))

  async function startWithFive() {
    const started = await startWithGroup()
    started.write('s', [1, 'a'], [2, 'b'], [3, 'c'], [4, 'd'], [5, 'e'])
    return started
  }

  test('reads the youngest events by default, in the order of time', async () => {
    const page = await get(await startWithFive(), {limit: 2})

    expect(texts(page.events)).toEqual(['d', 'e'])
    expect(page.nextForwardToken).toMatch(/^f\/\d{56}\/s$/)
    expect(page.nextBackwardToken).toMatch(/^b\/\d{56}\/s$/)
  })

  test('goes forward until the same token comes back, and on when there are new events', async () => {
    const started = await startWithFive()
    const next = (nextToken?: string) => get(started, {limit: 2, startFromHead: true, ...(nextToken && {nextToken})})

    const first = await next()
    const second = await next(first.nextForwardToken)
    const third = await next(second.nextForwardToken)
    const end = await next(third.nextForwardToken)

    expect([first, second, third, end].map(({events}) => texts(events))).toEqual([['a', 'b'], ['c', 'd'], ['e'], []])
    expect(end.nextForwardToken).toBe(third.nextForwardToken)
    started.write('s', [6, 'f'])
    expect(texts((await next(end.nextForwardToken)).events)).toEqual(['f'])
  })

  test('goes backward until the same token comes back', async () => {
    const started = await startWithFive()
    const next = (nextToken?: string) => get(started, {limit: 2, ...(nextToken && {nextToken})})

    const first = await next()
    const second = await next(first.nextBackwardToken)
    const third = await next(second.nextBackwardToken)
    const end = await next(third.nextBackwardToken)

    expect([first, second, third, end].map(({events}) => texts(events))).toEqual([['d', 'e'], ['b', 'c'], ['a'], []])
    expect(end.nextBackwardToken).toBe(third.nextBackwardToken)
  })

  test('turns round between two pages', async () => {
    const started = await startWithFive()

    const first = await get(started, {limit: 2, startFromHead: true})
    const second = await get(started, {limit: 2, nextToken: first.nextForwardToken ?? ''})
    const back = await get(started, {limit: 2, nextToken: second.nextBackwardToken ?? ''})

    expect(texts(back.events)).toEqual(['a', 'b'])
  })

  test('starts an empty stream with a token that leads to its first event', async () => {
    const started = await startWithGroup()
    await started.client.send(new CreateLogStreamCommand({logGroupName: 'web', logStreamName: 's'}))

    const {events, nextForwardToken} = await get(started)
    started.write('s', [0, 'first'])

    expect(events).toEqual([])
    expect(texts((await get(started, {nextToken: nextForwardToken ?? ''})).events)).toEqual(['first'])
  })

  test('tells events of one millisecond apart', async () => {
    const started = await startWithGroup()
    started.write('s', [0, 'a'], [0, 'b'], [0, 'c'])

    const first = await get(started, {limit: 2, startFromHead: true})
    const second = await get(started, {limit: 2, nextToken: first.nextForwardToken ?? ''})

    expect([...(texts(first.events) ?? []), ...(texts(second.events) ?? [])]).toEqual(['a', 'b', 'c'])
  })

  test.each([
    [{startTime: start + 2, endTime: start + 4}, ['b', 'c']],
    [{startTime: start + 5}, ['e']],
    [{endTime: start + 1}, []],
  ])('reads %j without the end', async (range, messages) => {
    expect(texts((await get(await startWithFive(), range)).events)).toEqual(messages)
  })

  test.each([
    [{nextToken: 'somebody-elses'}, 'The specified nextToken is invalid.'],
    [
      {limit: 10_001},
      "1 validation error detected: Value '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000",
    ],
  ])('refuses %j', async (input, message) => {
    await expect(get(await startWithFive(), input)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message,
    })
  })
})
