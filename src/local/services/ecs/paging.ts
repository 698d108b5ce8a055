import {invalidParameter, requireThat} from './faults.js'

export interface PageRequest {
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

/** ECS answers with pages of 100 at most. */
const LIMIT = 100

/**
 * One page of a list and the token of the next. The token names the last item, so that a page is right even where
 * items before it have gone.
 *
 * @throws AwsFault InvalidParameterException for a page size out of range and a token of another list
 */
export function page<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  {maxResults, nextToken}: PageRequest,
  defaultSize = LIMIT,
): {items: T[]; nextToken?: string} {
  const size = maxResults ?? defaultSize
  requireThat(size >= 1 && size <= LIMIT, `Invalid maxResults: ${size}. It must be between 1 and ${LIMIT}.`)
  const start = nextToken === undefined ? 0 : startAfter(items, keyOf, nextToken)
  const found = items.slice(start, start + size)
  const last = found.at(-1)
  if (last === undefined || start + size >= items.length) return {items: found}
  const token = Buffer.from(JSON.stringify([start + size, keyOf(last)])).toString('base64url')
  return {items: found, nextToken: token}
}

function startAfter<T>(items: readonly T[], keyOf: (item: T) => string, token: string): number {
  const [offset, key] = decode(token)
  const index = items.findIndex((item) => keyOf(item) === key)
  return index === -1 ? offset : index + 1
}

function decode(token: string): [number, string] {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
    if (Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'string')
      return [value[0], value[1]]
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw invalidParameter('Invalid token.')
}
