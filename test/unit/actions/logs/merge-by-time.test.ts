import fc from 'fast-check'
import {expect, test} from 'vitest'
import {mergeByTime} from '../../../../src/actions/logs/merge-by-time.js'

interface Event {
  readonly timestamp: number
  readonly from: string
}

async function* pagesOf(from: string, pages: readonly (readonly number[])[], onRead?: () => void) {
  for (const page of pages) {
    onRead?.()
    yield page.map((timestamp): Event => ({timestamp, from}))
  }
}

async function all(pages: AsyncGenerator<Event[]>): Promise<Event[]> {
  const events: Event[] = []
  for await (const page of pages) events.push(...page)
  return events
}

test('joins sources in order of time', async () => {
  const merged = await all(mergeByTime([pagesOf('a', [[1, 4], [9]]), pagesOf('b', [[2], [3, 5]])]))

  expect(merged.map(({timestamp, from}) => `${timestamp}${from}`)).toEqual(['1a', '2b', '3b', '4a', '5b', '9a'])
})

test('passes over empty pages, and never yields one', async () => {
  const pages: Event[][] = []
  for await (const page of mergeByTime([pagesOf('a', [[], [1], [], [2], []]), pagesOf('b', [[]])])) pages.push(page)

  expect(pages.map((page) => page.length)).toEqual([1, 1])
})

test('reads no further ahead than one page of each source', async () => {
  let reads = 0
  const merged = mergeByTime([pagesOf('a', [[1], [2], [3], [4]], () => reads++), pagesOf('b', [[10]])])

  await merged.next()

  expect(reads).toBe(1)
})

test('loses nothing and keeps the order, however events are paged', async () => {
  const source = fc.array(fc.array(fc.nat(50), {maxLength: 4}), {maxLength: 6}).map((pages) => {
    const sorted = pages.flat().sort((one, other) => one - other)
    return pages.map((page) => sorted.splice(0, page.length))
  })
  await fc.assert(
    fc.asyncProperty(fc.array(source, {maxLength: 4}), async (sources) => {
      const merged = await all(mergeByTime(sources.map((pages, index) => pagesOf(String(index), pages))))

      const times = merged.map(({timestamp}) => timestamp)
      expect(times).toEqual(sources.flat(2).sort((one, other) => one - other))
    }),
  )
})
