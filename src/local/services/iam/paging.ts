import {validationError} from './faults.js'

interface PageRequest {
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

interface Page<Item> {
  readonly items: readonly Item[]
  /** Spread into the answer. */
  readonly next: {readonly IsTruncated: boolean; readonly Marker?: string}
}

const markerPrefix = 'after '

/**
 * One page in the order of `nameOf`, 100 items where the request does not say. A marker names the last item of its
 * page, so that nothing is skipped when items go between two pages.
 *
 * @throws AwsFault ValidationError for a marker that IAM did not give.
 */
export function pageOf<Item>(
  items: readonly Item[],
  {Marker, MaxItems = 100}: PageRequest,
  nameOf: (item: Item) => string,
): Page<Item> {
  const after = Marker === undefined ? '' : decode(Marker)
  const rest = items.filter((item) => nameOf(item) > after)
  const page = rest.slice(0, MaxItems)
  const last = page.at(-1)
  if (last === undefined || page.length === rest.length) return {items: page, next: {IsTruncated: false}}
  return {items: page, next: {IsTruncated: true, Marker: encode(nameOf(last))}}
}

const encode = (name: string): string => Buffer.from(markerPrefix + name).toString('base64')

function decode(marker: string): string {
  const text = Buffer.from(marker, 'base64').toString()
  if (!text.startsWith(markerPrefix)) throw validationError('Invalid Marker.')
  return text.slice(markerPrefix.length)
}
