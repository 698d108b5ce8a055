import {invalid, required} from './faults.js'

/** Whether a value may be given to an attribute; a text says what it must be instead. */
type AttributeRule = (value: string) => true | string

export interface AttributeDefinition {
  readonly initial: string
  readonly accepts: AttributeRule
}

const anything: AttributeRule = () => true

const oneOf =
  (...values: readonly string[]): AttributeRule =>
  (value) =>
    values.includes(value) || `one of '${values.join(', ')}'`

const integer =
  (least: number, most: number): AttributeRule =>
  (value) =>
    (/^\d+$/.test(value) && Number(value) >= least && Number(value) <= most) ||
    `an integer between ${least} and ${most} (inclusive)`

export const flag = (initial: boolean): AttributeDefinition => ({
  initial: String(initial),
  accepts: oneOf('true', 'false'),
})
export const choice = (initial: string, ...others: readonly string[]): AttributeDefinition => ({
  initial,
  accepts: oneOf(initial, ...others),
})
export const number = (initial: number, least: number, most: number): AttributeDefinition => ({
  initial: String(initial),
  accepts: integer(least, most),
})
/** `off`, or a whole number. */
export const offOr = (initial: string, least: number, most: number): AttributeDefinition => ({
  initial,
  accepts: (value) => value === 'off' || integer(least, most)(value),
})
/** 0, which turns it off, or a whole number. */
export const zeroOr = (least: number, most: number): AttributeDefinition => ({
  initial: '0',
  accepts: (value) => value === '0' || integer(least, most)(value),
})
/** Any text but some. */
export const refusing = (pattern: RegExp, instead: string): AttributeDefinition => ({
  initial: '',
  accepts: (value) => !pattern.test(value) || instead,
})
export const text: AttributeDefinition = {initial: '', accepts: anything}

export type AttributeTable = Readonly<Record<string, AttributeDefinition>>

export const initialAttributes = (table: AttributeTable): Record<string, string> =>
  Object.fromEntries(Object.entries(table).map(([key, {initial}]) => [key, initial]))

/** Attributes in the shape of the API. */
export const attributeList = (attributes: Readonly<Record<string, string>>): {Key: string; Value: string}[] =>
  Object.entries(attributes).map(([Key, Value]) => ({Key, Value}))

/**
 * Checks the changes that a Modify call asks for and gives the attributes after them.
 *
 * @param subject `Load balancer`, `Target group` or `Listener`, for messages
 * @throws AwsFault ValidationError
 */
export function changedAttributes(
  subject: string,
  table: AttributeTable,
  current: Readonly<Record<string, string>>,
  changes: readonly {Key?: string | undefined; Value?: string | undefined}[],
): Record<string, string> {
  const next = {...current}
  for (const {Key, Value = ''} of changes) {
    const key = required(Key, 'attributes.member.key')
    const definition = table[key]
    if (definition === undefined) throw invalid(`${subject} attribute key '${key}' is not recognized`)
    const accepted = definition.accepts(Value)
    if (accepted !== true) throw invalid(`${subject} attribute '${key}' must be ${accepted}`)
    next[key] = Value
  }
  return next
}
