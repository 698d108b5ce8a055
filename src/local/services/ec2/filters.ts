import type {Filter} from '@aws-sdk/client-ec2'
import {AwsFault} from '../../aws-fault.js'
import {invalidValue} from './faults.js'
import type {Resource} from './records.js'

type Field<Item> = (item: Item) => readonly string[]

/** The filters of one operation: for each name, the values that an item has. */
export type FilterFields<Item> = Readonly<Record<string, Field<Item>>>

/** EC2 accepts 200 values in all the filters of a call. */
const maximumFilterValues = 200

/**
 * Keeps what matches every filter; a filter matches when one of its values does. Values are case-sensitive, `*` stands
 * for any text, `?` for one character, and a backslash takes the next character as it is.
 *
 * @throws AwsFault InvalidParameterValue for a filter that the operation does not have.
 */
export function applyFilters<Item>(
  items: readonly Item[],
  filters: readonly Filter[] | undefined,
  fields: FilterFields<Item>,
): Item[] {
  return filterBy(items, filters, (name) => (Object.hasOwn(fields, name) ? fields[name] : undefined))
}

/** As {@link applyFilters}, with the filters that every taggable resource has: `tag:<key>`, `tag-key`, `tag-value`. */
export function applyResourceFilters<Item extends Resource>(
  items: readonly Item[],
  filters: readonly Filter[] | undefined,
  fields: FilterFields<Item>,
): Item[] {
  return filterBy(items, filters, (name) => (Object.hasOwn(fields, name) ? fields[name] : tagField(name)))
}

function filterBy<Item>(
  items: readonly Item[],
  filters: readonly Filter[] = [],
  fieldOf: (name: string) => Field<Item> | undefined,
): Item[] {
  const valueCount = filters.reduce((sum, filter) => sum + (filter.Values?.length ?? 0), 0)
  if (valueCount > maximumFilterValues) {
    throw new AwsFault(
      'FilterLimitExceeded',
      `The maximum number of filter values specified on a single call is ${maximumFilterValues}`,
    )
  }
  return filters.reduce<Item[]>(
    (kept, filter) => {
      const name = filter.Name ?? 'null'
      const field = fieldOf(name)
      if (field === undefined) throw invalidValue(`The filter '${name}' is invalid`)
      const patterns = (filter.Values ?? []).map(wildcardPattern)
      return kept.filter((item) => field(item).some((value) => patterns.some((pattern) => pattern.test(value))))
    },
    [...items],
  )
}

function tagField(name: string): Field<Resource> | undefined {
  if (name === 'tag-key') return ({tags}) => Object.keys(tags)
  if (name === 'tag-value') return ({tags}) => Object.values(tags)
  if (!name.startsWith('tag:')) return undefined
  const key = name.slice('tag:'.length)
  return ({tags}) => Object.entries(tags).flatMap(([tagKey, value]) => (tagKey === key ? [value] : []))
}

function wildcardPattern(value: string): RegExp {
  const source = value.replaceAll(/\\?[\s\S]/g, (token) => {
    if (token === '*') return '[\\s\\S]*'
    if (token === '?') return '[\\s\\S]'
    return token.slice(-1).replace(/[$()*+.?[\\\]^{|}]/, '\\$&')
  })
  return new RegExp(`^${source}$`)
}
