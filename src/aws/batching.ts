import pMap from 'p-map'

/** How many calls of one kind run at the same time: below every burst limit that AWS publishes for reads. */
const parallelCalls = 8

/**
 * Splits `items` into the batches that an operation takes and runs these at the same time.
 *
 * @param size the operation's limit, for instance 10 for DescribeServices
 * @returns the answers of all batches joined, in the order of `items`
 */
export async function inBatches<Item, Result>(
  items: readonly Item[],
  size: number,
  call: (batch: Item[]) => Promise<readonly Result[]>,
): Promise<Result[]> {
  const batches: Item[][] = []
  for (let start = 0; start < items.length; start += size) batches.push(items.slice(start, start + size))
  return (await pMap(batches, call, {concurrency: parallelCalls})).flat()
}

/** Runs `call` for each item, a few at a time; answers come in the order of `items`. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  call: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  return pMap(items, call, {concurrency: parallelCalls})
}
