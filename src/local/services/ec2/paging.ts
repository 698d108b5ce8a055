import {AwsFault} from '../../aws-fault.js'
import {invalidValue} from './faults.js'
import type {Resource} from './records.js'

interface PageRequest {
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
}

interface Page<Item> {
  readonly items: readonly Item[]
  /** Spread into the answer: empty on the last page. */
  readonly next: {readonly NextToken?: string}
}

const smallestPage = 5

/**
 * One page of resources in order of creation. A token names the last resource of its page, so that what is created or
 * deleted between two pages neither repeats nor hides another resource.
 *
 * @throws AwsFault InvalidParameterValue for a page size that EC2 refuses, InvalidNextToken for a token of somebody else.
 */
export const pageOf = <Item extends Resource>(
  items: readonly Item[],
  request: PageRequest,
  maximum = 1000,
): Page<Item> => pageBy(items, request, ({serial}) => String(serial).padStart(12, '0'), maximum)

/** As {@link pageOf}, for items that are not resources: `positionOf` orders them and is unique. */
export function pageBy<Item>(
  items: readonly Item[],
  {MaxResults, NextToken}: PageRequest,
  positionOf: (item: Item) => string,
  maximum = 1000,
): Page<Item> {
  checkPageSize(MaxResults, maximum)
  const after = NextToken === undefined ? '' : decodeToken(NextToken)
  const rest = items
    .map((item) => ({item, position: positionOf(item)}))
    .filter(({position}) => position > after)
    .toSorted((one, other) => (one.position < other.position ? -1 : 1))
  const page = rest.slice(0, MaxResults ?? maximum)
  const last = page.at(-1)
  return {
    items: page.map(({item}) => item),
    next: last === undefined || page.length === rest.length ? {} : {NextToken: encodeToken(last.position)},
  }
}

function checkPageSize(size: number | undefined, maximum: number): void {
  if (size === undefined || (size >= smallestPage && size <= maximum)) return
  const rule = size < smallestPage ? `greater than ${smallestPage}` : `less than ${maximum}`
  throw invalidValue(`Value ( ${size} ) for parameter maxResults is invalid. Expecting a value ${rule}.`)
}

const tokenPrefix = 'after '

const encodeToken = (position: string): string => Buffer.from(tokenPrefix + position).toString('base64')

function decodeToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString()
  if (!text.startsWith(tokenPrefix)) throw new AwsFault('InvalidNextToken', 'The specified NextToken is not valid.')
  return text.slice(tokenPrefix.length)
}
