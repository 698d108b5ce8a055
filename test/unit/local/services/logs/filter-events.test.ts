import type {FilterLogEventsCommandInput} from '@aws-sdk/client-cloudwatch-logs'
import {FilterLogEventsCommand} from '@aws-sdk/client-cloudwatch-logs'
import {describe, expect, test} from 'vitest'
import type {Started} from './fixture.js'
import {start, startWithGroup, texts} from './fixture.js'

describe('FilterLogEvents', () => {
  const filter = ({client}: Started, input: FilterLogEventsCommandInput = {}) =>
    client.send(new FilterLogEventsCommand({logGroupName: 'web', ...input}))

  async function startWithStreams() {
    const started = await startWithGroup()
    started.write('fargate/a', [1, 'a1'], [4, 'a4'])
    started.write('fargate/b', [3, 'b3'], [2, 'b2'])
    started.write('other', [5, 'o5'])
    return started
  }

  test('interleaves streams by time', async () => {
    const {events} = await filter(await startWithStreams())

    expect(texts(events)).toEqual(['a1', 'b2', 'b3', 'a4', 'o5'])
    expect(events?.[0]).toEqual({
      logStreamName: 'fargate/a',
      timestamp: start + 1,
      ingestionTime: start,
      message: 'a1',
      eventId: expect.stringMatching(/^\d{56}$/),
    })
    expect(new Set(events?.map(({eventId}) => eventId)).size).toBe(5)
  })

  test.each<[FilterLogEventsCommandInput, string[]]>([
    [{startTime: start + 2, endTime: start + 4}, ['b2', 'b3', 'a4']],
    [{logStreamNames: ['fargate/b', 'other']}, ['b2', 'b3', 'o5']],
    [{logStreamNamePrefix: 'fargate/'}, ['a1', 'b2', 'b3', 'a4']],
    [{filterPattern: 'a4'}, ['a4']],
    [{logGroupName: undefined, logGroupIdentifier: 'web', limit: 1}, ['a1']],
    [{startFromHead: false, startTime: start + 2}, ['o5', 'a4', 'b3', 'b2']],
  ])('finds %j', async (input, messages) => {
    expect(texts((await filter(await startWithStreams(), input)).events)).toEqual(messages)
  })

  test.each<[FilterLogEventsCommandInput, (string | undefined)[][]]>([
    [{limit: 2}, [['a1', 'b2'], ['b3', 'a4'], ['o5']]],
    [{limit: 2, startFromHead: false, startTime: start}, [['o5', 'a4'], ['b3', 'b2'], ['a1']]],
    [{limit: 1, logStreamNamePrefix: 'fargate/b'}, [['b2'], ['b3']]],
  ])('goes through %j page by page', async (input, pages) => {
    const started = await startWithStreams()
    const seen: unknown[] = []
    let nextToken: string | undefined
    do {
      const page = await filter(started, {...input, nextToken})
      seen.push(texts(page.events))
      nextToken = page.nextToken
    } while (nextToken !== undefined)

    expect(seen).toEqual(pages)
  })

  test('answers at most 1 MB of events, and always one', async () => {
    const started = await startWithGroup()
    started.write('s', [0, 'x'.repeat(700_000)], [1, 'y'.repeat(700_000)], [2, 'z'.repeat(1_100_000)])

    const sizes: (number | undefined)[] = []
    let nextToken: string | undefined
    do {
      const page = await filter(started, {nextToken})
      sizes.push(page.events?.length)
      nextToken = page.nextToken
    } while (nextToken !== undefined)

    expect(sizes).toEqual([1, 1, 1])
  })

  test('shows each of 100,000 events of 50 streams once, in order', async () => {
    const started = await startWithGroup()
    for (let line = 0; line < 2000; line++) {
      for (let stream = 0; stream < 50; stream++) {
        // Every stream lags behind the one before it, so that most events arrive late.
        started.write(`s${stream}`, [line * 100 - stream, `${stream} says ${line}`])
      }
    }
    const ids: string[] = []
    let pages = 0
    let nextToken: string | undefined
    do {
      const page = await filter(started, {nextToken})
      for (const {eventId = ''} of page.events ?? []) ids.push(eventId)
      pages++
      nextToken = page.nextToken
    } while (nextToken !== undefined)

    expect(pages).toBe(10)
    expect(new Set(ids).size).toBe(100_000)
    expect(ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? ''))).toBe(true)
  })

  test.each<[FilterLogEventsCommandInput, string, string]>([
    [{logGroupName: 'no'}, 'ResourceNotFoundException', 'The specified log group does not exist.'],
    [{logStreamNames: ['no']}, 'ResourceNotFoundException', 'The specified log stream does not exist.'],
    [{nextToken: 'somebody-elses'}, 'InvalidParameterException', 'The specified nextToken is invalid.'],
    [{filterPattern: 'a/b'}, 'InvalidParameterException', 'Invalid filter pattern'],
    [
      {logStreamNames: ['other'], logStreamNamePrefix: 'o'},
      'InvalidParameterException',
      'LogStream names and LogStream name prefix are mutually exclusive parameters.',
    ],
    [
      {startFromHead: false},
      'InvalidParameterException',
      'startFromHead can be false only with a startTime on or after Jan 1, 2024 00:00:00 UTC.',
    ],
  ])('refuses %j', async (input, name, message) => {
    await expect(filter(await startWithStreams(), input)).rejects.toMatchObject({name, message})
  })
})
