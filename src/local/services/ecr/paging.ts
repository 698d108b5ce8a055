import {invalidParameter} from '../../registry/faults.js'

export interface PageRequest {
  readonly nextToken?: string | undefined
  readonly maxResults?: number | undefined
}

export interface Page<Item> {
  readonly items: readonly Item[]
  /** Spread into the answer: empty on the last page. */
  readonly next: {readonly nextToken?: string}
}

const defaultPage = 100

/**
 * One page of items, ordered by a key that is unique. The token names the last key of its page, so that what comes or
 * goes between two pages neither repeats nor hides another item.
 *
 * @throws AwsFault InvalidParameterException for a token that no page gave out
 */
export function pageOf<Item>(
  items: readonly Item[],
  {nextToken, maxResults = defaultPage}: PageRequest,
  keyOf: (item: Item) => string,
): Page<Item> {
  const after = nextToken === undefined ? undefined : readToken(nextToken)
  const rest = items
    .map((item) => ({item, key: keyOf(item)}))
    .filter(({key}) => after === undefined || key > after)
    .sort((one, other) => (one.key < other.key ? -1 : 1))
  const page = rest.slice(0, maxResults)
  const last = page.at(-1)
  return {
    items: page.map(({item}) => item),
    next: last === undefined || page.length === rest.length ? {} : {nextToken: writeToken(last.key)},
  }
}

const prefix = 'after:'

const writeToken = (key: string): string => Buffer.from(prefix + key).toString('base64')

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString()
  if (!text.startsWith(prefix)) throw invalidParameter('nextToken', 'Invalid pagination token')
  return text.slice(prefix.length)
}
