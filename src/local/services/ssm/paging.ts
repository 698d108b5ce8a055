import {invalidToken} from './faults.js'

interface PageRequest {
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
}

interface Page<Item> {
  readonly items: readonly Item[]
  /** Spread into the answer: empty on the last page. */
  readonly next: {readonly NextToken?: string}
}

const prefix = 'after '

/**
 * One page of items that are sorted by `keyOf`. A token names the last item of its page, so that nothing is skipped
 * when items go between two pages.
 *
 * @throws AwsFault InvalidNextToken for a token that this service did not give.
 */
export function pageOf<Item>(
  items: readonly Item[],
  {NextToken, MaxResults}: PageRequest,
  {keyOf, defaultLimit}: {keyOf: (item: Item) => string; defaultLimit: number},
): Page<Item> {
  const after = NextToken === undefined ? undefined : decode(NextToken)
  const rest = after === undefined ? items : items.filter((item) => keyOf(item) > after)
  const page = rest.slice(0, MaxResults ?? defaultLimit)
  const last = page.at(-1)
  if (last === undefined || page.length === rest.length) return {items: page, next: {}}
  return {items: page, next: {NextToken: Buffer.from(prefix + keyOf(last)).toString('base64')}}
}

function decode(token: string): string {
  const text = Buffer.from(token, 'base64').toString()
  if (!text.startsWith(prefix)) throw invalidToken()
  return text.slice(prefix.length)
}
