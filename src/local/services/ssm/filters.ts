import type {ParameterStringFilter, ParametersFilter} from '@aws-sdk/client-ssm'
import {AwsFault} from '../../aws-fault.js'
import {validation} from './faults.js'
import {checkPath} from './names.js'
import {newest} from './parameter-store.js'
import type {ParameterRecord} from './records.js'

type Matches = (parameter: ParameterRecord) => boolean

interface Filter {
  readonly key: string
  readonly option: string
  readonly values: readonly string[]
}

/** The values that a key can have, where they are known. */
const KNOWN_VALUES: Readonly<Record<string, readonly string[]>> = {
  Tier: ['Standard', 'Advanced', 'Intelligent-Tiering'],
  Type: ['String', 'StringList', 'SecureString'],
}

const TEXTS: Readonly<Record<string, (parameter: ParameterRecord) => string | undefined>> = {
  Name: ({name}) => name,
  Type: (parameter) => newest(parameter).type,
  KeyId: (parameter) => newest(parameter).keyId,
  Tier: (parameter) => newest(parameter).tier,
  DataType: (parameter) => newest(parameter).dataType,
}

/**
 * Whether a parameter passes all filters, each of which takes any of its values.
 *
 * @throws AwsFault InvalidFilterKey, InvalidFilterOption, InvalidFilterValue, ValidationException
 */
export function parameterFilter(filters: readonly ParameterStringFilter[], keys: readonly string[]): Matches {
  const matches = filters.map(({Key = '', Option, Values = []}, index) => {
    const key = Key.startsWith('tag:') ? 'tag:' : Key
    if (!keys.includes(key)) {
      const valid = keys.filter((each) => each !== 'tag:').join(', ')
      throw invalidKey(`The following filter key is not valid: ${Key}. Valid filter keys include: [${valid}].`)
    }
    if (filters.findIndex((other) => other.Key === Key) !== index) {
      throw invalidKey(
        `The following filter is duplicated in the request: ${Key}. A request can contain only one occurrence of a` +
          ' specific filter.',
      )
    }
    return filterOf({key: Key, option: Option ?? (Key === 'Path' ? 'OneLevel' : 'Equals'), values: Values})
  })
  return (parameter) => matches.every((each) => each(parameter))
}

/** The filters of old, which compare the beginning of names and the whole of the others. */
export const legacyFilter = (filters: readonly ParametersFilter[]): Matches =>
  parameterFilter(
    filters.map(({Key, Values}) => ({Key, Values, Option: Key === 'Name' ? 'BeginsWith' : 'Equals'})),
    ['Name', 'Type', 'KeyId'],
  )

function filterOf(filter: Filter): Matches {
  const {key, option, values} = filter
  if (values.length === 0 && !key.startsWith('tag:')) {
    throw validation(`The following filter values are missing : null for filter key ${key}.`)
  }
  if (key === 'Path') return pathFilter(filter)
  const options = key === 'Name' ? ['BeginsWith', 'Equals', 'Contains'] : ['BeginsWith', 'Equals']
  requireOption(option, options)
  const unknown = values.find((value) => KNOWN_VALUES[key]?.includes(value) === false)
  if (unknown !== undefined) {
    throw new AwsFault(
      'InvalidFilterValue',
      `The following filter value is not valid: ${unknown}. Valid values include: [${KNOWN_VALUES[key]?.join(', ')}].`,
    )
  }
  const textOf = key.startsWith('tag:') ? ({tags}: ParameterRecord) => tags[key.slice(4)] : TEXTS[key]
  return (parameter) => {
    const text = textOf?.(parameter)
    return text !== undefined && (values.length === 0 || values.some((value) => compare(text, option, value)))
  }
}

function pathFilter({option, values}: Filter): Matches {
  requireOption(option, ['Recursive', 'OneLevel'])
  for (const value of values) checkPath(value)
  return ({name}) => values.some((path) => isBelow(name, path, option === 'Recursive'))
}

/** Whether a parameter is in a hierarchy: directly below the path, or at any depth. */
export function isBelow(name: string, path: string, recursive: boolean): boolean {
  const folder = path.endsWith('/') ? path : `${path}/`
  // Names without a slash are in the root of the hierarchy.
  const full = name.startsWith('/') ? name : `/${name}`
  return full.startsWith(folder) && (recursive || !full.slice(folder.length).includes('/'))
}

function compare(text: string, option: string, value: string): boolean {
  if (option === 'BeginsWith') return text.startsWith(value)
  return option === 'Contains' ? text.includes(value) : text === value
}

function requireOption(option: string, valid: readonly string[]): void {
  if (valid.includes(option)) return
  throw new AwsFault(
    'InvalidFilterOption',
    `The following filter option is not valid: ${option}. Valid options include: [${valid.join(', ')}].`,
  )
}

const invalidKey = (message: string): AwsFault => new AwsFault('InvalidFilterKey', message)
