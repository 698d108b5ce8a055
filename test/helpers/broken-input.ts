import type {NormalizedSchema} from '@smithy/core/schema'
import type {ServiceModel} from '../../src/local/constraints/model.js'
import type {Check, Rule} from '../../src/local/constraints/rules.js'
import {checksOf} from '../../src/local/constraints/rules.js'

/** A value that breaks one rule of its shape, or of a shape below it. */
export interface Broken {
  readonly kind: Rule['kind']
  /** The shape of the rule; empty for an absent member. */
  readonly shape: string
  readonly value: unknown
}

/** Texts among which every pattern of the models finds one that it takes and one that it does not. */
const texts = [
  'a',
  'ab',
  'sha256:0a',
  '/',
  '200',
  'HTTP',
  'ami-0',
  'Name',
  'us-east-1',
  '123456',
  '12.5',
  '123456789012',
  'example.com',
  'ipam-pool-1',
  'ipv4pool-coip-1',
  '01234567-89ab-cdef-0123-456789abcdef',
  'arn:aws:acm:us-east-1:123456789012:certificate/1',
  'arn:aws:acm-pca:us-east-1:123456789012:certificate-authority/1',
  ' ',
  '\u0000',
  '%',
  ':',
  '*',
  '漢',
  '\u{1f680}',
]

/** Makes inputs of a service's operations by its model: the smallest good one, and those with one mistake each. */
export class InputsOf {
  readonly #model: ServiceModel

  constructor(model: ServiceModel) {
    this.#model = model
  }

  /** A value with the required members only, all of them good. */
  smallest(schema: NormalizedSchema, shape: string | undefined): unknown {
    if (schema.isStructSchema()) {
      const required = membersOf(schema).filter(({isRequired}) => isRequired)
      return Object.fromEntries(
        required.map(({name, schema: member}) => [name, this.smallest(member, this.#part(shape, name))]),
      )
    }
    const rules = this.#rules(shape)
    if (schema.isListSchema()) {
      const item = this.smallest(schema.getValueSchema(), this.#part(shape, 'item'))
      return Array.from({length: least(rules)}, () => item)
    }
    if (schema.isMapSchema()) return Object.fromEntries(this.#entries(schema, shape, least(rules)))
    return scalar(schema, rules)
  }

  /** Every value that has one mistake, in whatever depth. Shapes that contain themselves are followed once. */
  broken(schema: NormalizedSchema, shape: string | undefined, above: readonly string[] = []): Broken[] {
    if (shape !== undefined && above.includes(shape)) return []
    const inside = shape === undefined ? above : [...above, shape]
    if (schema.isStructSchema()) return this.#brokenStructures(schema, shape, inside)
    const rules = this.#rules(shape)
    const item = schema.isListSchema() || schema.isMapSchema() ? schema.getValueSchema() : undefined
    if (schema.isListSchema() && item !== undefined) {
      const good = this.smallest(item, this.#part(shape, 'item'))
      const fill = (value: unknown) => [value, ...Array.from({length: least(rules) - 1}, () => good)]
      return [
        ...breakable(rules).map((rule) => ({...named(rule), value: Array.from({length: wrongSize(rule)}, () => good)})),
        ...this.broken(item, this.#part(shape, 'item'), inside).map((part) => ({...part, value: fill(part.value)})),
      ]
    }
    if (schema.isMapSchema() && item !== undefined) {
      const good = this.smallest(item, this.#part(shape, 'value'))
      const keys = this.broken(schema.getKeySchema(), this.#part(shape, 'key'), inside)
      return [
        ...breakable(rules).map((rule) => ({
          ...named(rule),
          value: Object.fromEntries(this.#entries(schema, shape, wrongSize(rule))),
        })),
        ...keys.map((part) => ({...part, value: {[String(part.value)]: good}})),
        ...this.broken(item, this.#part(shape, 'value'), inside).map((part) => ({...part, value: {a: part.value}})),
      ]
    }
    return breakable(rules).map((rule) => ({...named(rule), value: wrongScalar(schema, rule, rules)}))
  }

  #brokenStructures(schema: NormalizedSchema, shape: string | undefined, inside: readonly string[]): Broken[] {
    const base = this.smallest(schema, shape) as Record<string, unknown>
    return membersOf(schema).flatMap(({name, schema: member, isRequired}): Broken[] => {
      const {[name]: _, ...without} = base
      const below = this.broken(member, this.#part(shape, name), inside)
      return [
        ...(isRequired ? [{kind: 'required', shape: '', value: without} as const] : []),
        ...below.map((part) => ({...part, value: {...base, [name]: part.value}})),
      ]
    })
  }

  #entries(schema: NormalizedSchema, shape: string | undefined, count: number): [string, unknown][] {
    const value = this.smallest(schema.getValueSchema(), this.#part(shape, 'value'))
    return Array.from({length: count}, (_, index) => [`a${index}`, value])
  }

  #rules(shape: string | undefined): Check[] {
    const limited = shape === undefined ? undefined : this.#model.shapes[shape]
    return shape === undefined || limited === undefined ? [] : checksOf(shape, limited)
  }

  #part(shape: string | undefined, part: string): string | undefined {
    const limited = shape === undefined ? undefined : this.#model.shapes[shape]
    if (limited?.members !== undefined) return limited.members[part]
    return part === 'item' || part === 'key' || part === 'value' ? limited?.[part] : undefined
  }
}

/** Nothing is shorter than nothing. */
const breakable = (rules: readonly Check[]): readonly Check[] =>
  rules.filter((rule) => !(rule.kind === 'length' && isLeast(rule) && rule.limit === 0))

const named = ({kind, shape}: Rule) => ({kind, shape})

const isLeast = ({sentence}: Rule): boolean => sentence.includes('greater than')

const least = (rules: readonly Rule[]): number => rules.find(isLeast)?.limit ?? 0

const wrongSize = (rule: Rule): number => (rule.limit ?? 0) + (isLeast(rule) ? -1 : 1)

function membersOf(schema: NormalizedSchema) {
  const source = schema.getSchema()
  const required = Array.isArray(source) && source[0] === 3 ? Number(source[6] ?? 0) : 0
  return [...schema.structIterator()].map(([name, member], index) => ({
    name,
    schema: member,
    isRequired: index < required,
  }))
}

function scalar(schema: NormalizedSchema, rules: readonly Check[]): unknown {
  if (schema.isBooleanSchema()) return true
  if (schema.isTimestampSchema()) return new Date(0)
  if (schema.isNumericSchema()) return least(rules)
  if (schema.isBlobSchema()) return new Uint8Array(least(rules))
  const allowed = rules.find(({kind}) => kind === 'enum')?.allowed
  return find(allowed ?? lengthened(least(rules)), (text) => rules.every((rule) => rule.holds(text)), rules)
}

/** The texts, each also repeated until it is long enough. */
const lengthened = (length: number): string[] =>
  texts.map((text) => (text.length >= length ? text : text.repeat(Math.ceil(length / text.length))))

function wrongScalar(schema: NormalizedSchema, rule: Check, rules: readonly Check[]): unknown {
  // Beyond the largest whole number of JavaScript one more makes no difference.
  if (rule.kind === 'range') return isLeast(rule) ? wrongSize(rule) : 2 * wrongSize(rule)
  if (schema.isBlobSchema()) return new Uint8Array(wrongSize(rule))
  if (rule.kind === 'enum') return 'no-such-word'
  const others = rules.filter((other) => other !== rule)
  const candidates =
    rule.kind === 'length' ? texts.map((text) => ofLength(text, wrongSize(rule))) : lengthened(least(rules))
  const breaksOnly = (text: string) => !rule.holds(text) && others.every((other) => other.holds(text))
  const breaks = (text: string) => !rule.holds(text)
  return candidates.find(breaksOnly) ?? find(candidates, breaks, rules)
}

const ofLength = (text: string, length: number): string => text.repeat(Math.ceil(length / text.length)).slice(0, length)

function find(candidates: readonly string[], fits: (text: string) => boolean, rules: readonly Rule[]): string {
  const found = candidates.find(fits)
  if (found === undefined) throw new Error(`no text for ${JSON.stringify(rules)}`)
  return found
}
