import {NormalizedSchema} from '@smithy/core/schema'
import type {$SchemaRef} from '@smithy/types'

/** Numbers from 0 up to 1, the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export interface SampleOptions {
  readonly random: () => number
  /** Whether lists and maps may be empty, and structures without a member. Forms cannot carry all of these. */
  readonly empty: boolean
}

const texts = [
  '',
  ' padded ',
  'web',
  'a b',
  'a&b=c+d',
  '<tag attr="1">it\'s</tag>',
  ']]>',
  '100%',
  'ünïcødé',
  '漢字',
  '🚀',
  'line\nbreak',
  'arn:aws:ecs:us-east-1:000000000000:service/a/b',
  '0012',
  'true',
  '1.50',
]

/** A random value of a schema: required members always, idempotency tokens always, others by chance. */
export function sampleOf(ref: $SchemaRef, options: SampleOptions): unknown {
  return sample(NormalizedSchema.of(ref), options, 0)
}

function sample(schema: NormalizedSchema, options: SampleOptions, depth: number): unknown {
  if (schema.isUnitSchema()) return {}
  if (schema.isUnionSchema()) return sampleUnion(schema, options, depth)
  if (schema.isStructSchema()) return sampleStructure(schema, options, depth)
  if (schema.isListSchema()) {
    const item = schema.getValueSchema()
    return Array.from({length: sampleLength(options, depth)}, () => sample(item, options, depth + 1))
  }
  if (schema.isMapSchema()) {
    const item = schema.getValueSchema()
    const keys = Array.from({length: sampleLength(options, depth)}, (_, index) => `${pick(texts, options)} ${index}`)
    return Object.fromEntries(keys.map((key) => [key, sample(item, options, depth + 1)]))
  }
  return sampleScalar(schema, options)
}

function sampleUnion(schema: NormalizedSchema, options: SampleOptions, depth: number): unknown {
  const [name, member] = pick([...schema.structIterator()], options)
  return {[name]: sample(member, options, depth + 1)}
}

function sampleStructure(schema: NormalizedSchema, options: SampleOptions, depth: number): unknown {
  const source = schema.getSchema()
  const required = Array.isArray(source) ? ((source[6] as number | undefined) ?? 0) : 0
  const members = [...schema.structIterator()]
  const chance = depth === 0 ? 0.7 : 0.5 / depth
  const chosen = members.filter(
    ([, member], index) => index < required || member.isIdempotencyToken() || options.random() < chance,
  )
  const [first] = members
  if (chosen.length === 0 && first !== undefined && !options.empty) chosen.push(first)
  return Object.fromEntries(chosen.map(([name, member]) => [name, sample(member, options, depth + 1)]))
}

/** Forms cannot say that a list in a list is empty, and the deep ones are kept short. */
function sampleLength({random, empty}: SampleOptions, depth: number): number {
  const least = empty ? 0 : 1
  return least + Math.floor(random() * (depth > 3 ? 1 : 3))
}

function sampleScalar(schema: NormalizedSchema, options: SampleOptions): unknown {
  const {random} = options
  if (schema.isBooleanSchema()) return random() < 0.5
  if (schema.isNumericSchema()) return random() < 0.8 ? Math.floor(random() * 1e6) : random() * 100 - 50
  if (schema.isBigIntegerSchema()) return BigInt(Math.floor(random() * 1e9))
  if (schema.isTimestampSchema()) return sampleDate(schema, random)
  if (schema.isBlobSchema())
    return Uint8Array.from({length: Math.floor(random() * 8)}, () => Math.floor(random() * 256))
  if (schema.isDocumentSchema()) return {text: pick(texts, options), list: [1, true, null]}
  // A label is a part of the path, which is never empty.
  return pick(texts, options) || (schema.getMergedTraits().httpLabel ? 'label' : '')
}

/** Dates in headers have no fractions of a second. */
function sampleDate(schema: NormalizedSchema, random: () => number): Date {
  const seconds = Math.floor(random() * 2e9)
  return new Date(
    schema.getMergedTraits().httpHeader === undefined ? seconds * 1000 + Math.floor(random() * 1000) : seconds * 1000,
  )
}

const pick = <Value>(values: readonly Value[], {random}: SampleOptions): Value =>
  values[Math.floor(random() * values.length)] as Value
