import {invalidToken} from './faults.js'

interface PageRequest {
  readonly nextToken?: string | undefined
  readonly limit?: number | undefined
}

interface Page<Item> {
  readonly items: readonly Item[]
  /** Spread into the answer: empty on the last page. */
  readonly next: {readonly nextToken?: string}
}

const defaultLimit = 50

/**
 * One page of groups or streams that are sorted already. A token names the last item of its page; where that is gone,
 * its place in the list counts.
 *
 * @throws AwsFault InvalidParameterException for a token that this service did not give.
 */
export function pageOf<Item extends {readonly name: string}>(
  items: readonly Item[],
  {nextToken, limit = defaultLimit}: PageRequest,
): Page<Item> {
  const start = nextToken === undefined ? 0 : startOf(items, nextToken)
  const page = items.slice(start, start + limit)
  const last = page.at(-1)
  const end = start + page.length
  if (last === undefined || end === items.length) return {items: page, next: {}}
  return {items: page, next: {nextToken: Buffer.from(`after ${end} ${last.name}`).toString('base64')}}
}

function startOf(items: readonly {readonly name: string}[], token: string): number {
  const found = /^after (\d+) ([\s\S]+)$/.exec(Buffer.from(token, 'base64').toString())
  if (found === null) throw invalidToken()
  const [, end = '', name = ''] = found
  const index = items.findIndex((item) => item.name === name)
  return index >= 0 ? index + 1 : Math.max(0, Number(end) - 1)
}
