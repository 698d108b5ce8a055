import {invalid} from './faults.js'

/** The page size when a call names none. */
const LARGEST_PAGE = 400

/** Describe calls take at most this many ARNs or names. */
const LARGEST_SELECTION = 20

export function checkSelection(names: readonly string[] | undefined): void {
  if (names !== undefined && names.length > LARGEST_SELECTION) {
    throw invalid(`Cannot have more than ${LARGEST_SELECTION} resources described`)
  }
}

/**
 * Cuts one page out of a list that only grows at its end. The marker names the last item of the page before and its
 * place, so that nothing is skipped or repeated when items come or that very item goes between two calls.
 */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  {Marker, PageSize}: {Marker?: string | undefined; PageSize?: number | undefined},
): {page: readonly Item[]; NextMarker?: string} {
  const start = Marker ? positionAfter(items.map(keyOf), Marker) : 0
  const end = start + (PageSize ?? LARGEST_PAGE)
  const page = items.slice(start, end)
  const last = page.at(-1)
  if (last === undefined || end >= items.length) return {page}
  return {page, NextMarker: Buffer.from(`${end - 1} ${keyOf(last)}`).toString('base64url')}
}

function positionAfter(keys: readonly string[], marker: string): number {
  const [, place, key] = /^(\d+) (.+)$/s.exec(Buffer.from(marker, 'base64url').toString()) ?? []
  if (place === undefined || key === undefined) throw invalid(`'${marker}' is not a valid marker`)
  const position = keys.indexOf(key)
  return position === -1 ? Number(place) : position + 1
}
