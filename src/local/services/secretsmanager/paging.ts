import {invalidToken} from './faults.js'

interface PageRequest {
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
}

const DEFAULT_LIMIT = 100
const prefix = 'after '

/**
 * One page of items that are in order already. A token names the last item of its page.
 *
 * @throws AwsFault InvalidNextTokenException for a token that this service did not give, or whose item is gone.
 */
export function pageOf<Item>(
  items: readonly Item[],
  {NextToken, MaxResults = DEFAULT_LIMIT}: PageRequest,
  keyOf: (item: Item) => string,
): {readonly items: readonly Item[]; readonly next: {readonly NextToken?: string}} {
  const start = NextToken === undefined ? 0 : startOf(items.map(keyOf), NextToken)
  const page = items.slice(start, start + MaxResults)
  const last = page.at(-1)
  if (last === undefined || start + page.length === items.length) return {items: page, next: {}}
  return {items: page, next: {NextToken: Buffer.from(prefix + keyOf(last)).toString('base64')}}
}

function startOf(keys: readonly string[], token: string): number {
  const index = keys.findIndex((key) => Buffer.from(prefix + key).toString('base64') === token)
  if (index < 0) throw invalidToken()
  return index + 1
}
