import {describe, expect, test} from 'vitest'
import {inBatches, inParallel} from '../../../src/aws/batching.js'
import {collect, pages} from '../../../src/aws/paging.js'
import {partitionOf} from '../../../src/aws/partition.js'

interface Page {
  readonly items?: readonly number[]
  readonly next?: string
}

const book: Readonly<Record<string, Page>> = {
  first: {items: [1, 2], next: 'second'},
  second: {next: 'third'},
  third: {items: [3], next: ''},
}

function reader(from: Readonly<Record<string, Page>> = book) {
  const asked: (string | undefined)[] = []
  const fetchPage = async (token: string | undefined): Promise<Page> => {
    asked.push(token)
    return from[token ?? 'first'] ?? {}
  }
  return {asked, fetchPage}
}

describe('collect', () => {
  test('joins all pages in their order, empty ones included', async () => {
    const {asked, fetchPage} = reader()

    expect(
      await collect(
        fetchPage,
        ({next}) => next,
        ({items}) => items,
      ),
    ).toEqual([1, 2, 3])
    expect(asked).toEqual([undefined, 'second', 'third'])
  })

  test('gives up where AWS answers the token that it was given', async () => {
    const {fetchPage} = reader({first: {next: 'loop'}, loop: {items: [1], next: 'loop'}})

    await expect(
      collect(
        fetchPage,
        ({next}) => next,
        ({items}) => items,
      ),
    ).rejects.toMatchObject({code: 'PAGING_LOOP'})
  })
})

test('pages asks for no page that nobody reads', async () => {
  const {asked, fetchPage} = reader()
  for await (const page of pages(fetchPage, ({next}) => next)) {
    if (page.items?.includes(1)) break
  }

  expect(asked).toEqual([undefined])
})

describe('inBatches', () => {
  test.each([
    [0, 10, []],
    [10, 10, [10]],
    [11, 10, [10, 1]],
    [205, 100, [100, 100, 5]],
  ])('splits %i items by %i', async (count, size, batches) => {
    const items = Array.from({length: count}, (_, index) => index)
    const sizes: number[] = []
    const results = await inBatches(items, size, async (batch) => {
      sizes.push(batch.length)
      return batch
    })

    expect(sizes).toEqual(batches)
    expect(results).toEqual(items)
  })

  test('keeps the order though a later batch answers first', async () => {
    const first = Promise.withResolvers<void>()
    const results = inBatches([1, 2], 1, async ([item]) => {
      if (item === 1) await first.promise
      else first.resolve()
      return [item]
    })

    expect(await results).toEqual([1, 2])
  })
})

test('inParallel runs at most eight calls at the same time, in the order of the items', async () => {
  let running = 0
  let most = 0
  const results = await inParallel(
    Array.from({length: 30}, (_, index) => index),
    async (item) => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setImmediate(resolve))
      running -= 1
      return item
    },
  )

  expect(most).toBe(8)
  expect(results).toEqual(Array.from({length: 30}, (_, index) => index))
})

test.each([
  ['us-east-1', 'aws'],
  ['cn-northwest-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
])('%s is in partition %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition)
})
