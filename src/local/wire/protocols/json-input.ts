import {JsonShapeDeserializer2} from '@smithy/core/protocols'
import {NormalizedSchema} from '@smithy/core/schema'
import type {$SchemaRef, DocumentType, Schema} from '@smithy/types'
import {MalformedInput, UnknownMember} from './protocol.js'

/** `jsonName` traits count in restJson1 only. */
export interface JsonDialect {
  readonly jsonName: boolean
}

/** The settings with which the SDK's clients write JSON: timestamps are seconds since 1970. */
export const jsonSettings = ({jsonName}: JsonDialect) =>
  ({timestampFormat: {useTrait: true, default: 7}, httpBindings: jsonName, jsonName}) as const

/**
 * Reads a JSON body by its schema. An empty body is an empty structure.
 *
 * Throws {@link MalformedInput} in AWS's words for types that do not fit, and {@link UnknownMember}, which AWS
 * itself does not mind: a misspelt member that is silently ignored is the hardest mistake to find.
 */
export function readJsonInput(schema: $SchemaRef, text: string, dialect: JsonDialect): unknown {
  const parsed = text.trim() === '' ? {} : parse(text)
  const normalized = NormalizedSchema.of(schema)
  if (normalized.isUnitSchema()) return {}
  if (parsed === null) throw new MalformedInput('Expected a structure')
  check(normalized, parsed, '', dialect)
  try {
    return new JsonShapeDeserializer2(jsonSettings(dialect)).readObject(schema as Schema, parsed as DocumentType)
  } catch (error) {
    throw new MalformedInput(error instanceof Error ? error.message : String(error), {cause: error})
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new MalformedInput(error instanceof Error ? error.message : String(error), {cause: error})
  }
}

function check(schema: NormalizedSchema, value: unknown, path: string, dialect: JsonDialect): void {
  if (value === null || schema.isDocumentSchema()) return
  if (schema.isStructSchema()) checkStructure(schema, value, path, dialect)
  else if (schema.isListSchema()) checkList(schema, value, path, dialect)
  else if (schema.isMapSchema()) {
    const item = schema.getValueSchema()
    for (const [key, child] of Object.entries(asObject(value))) check(item, child, join(path, key), dialect)
  } else checkScalar(schema, value)
}

function checkStructure(schema: NormalizedSchema, value: unknown, path: string, dialect: JsonDialect): void {
  const fields = new Map(Object.entries(asObject(value)))
  for (const [name, member] of schema.structIterator()) {
    const key = (dialect.jsonName ? member.getMergedTraits().jsonName : undefined) ?? name
    check(member, fields.get(key) ?? null, join(path, key), dialect)
    fields.delete(key)
  }
  // Some SDKs name the shape in the request too.
  fields.delete('__type')
  for (const unknown of fields.keys()) throw new UnknownMember(join(path, unknown))
}

function checkList(schema: NormalizedSchema, value: unknown, path: string, dialect: JsonDialect): void {
  if (!Array.isArray(value)) {
    throw new MalformedInput(typeof value === 'object' ? unexpectedStructure : 'Expected list or null')
  }
  const item = schema.getValueSchema()
  value.forEach((child, index) => {
    check(item, child, join(path, String(index + 1)), dialect)
  })
}

const unexpectedList = 'Start of list found where not expected'
const unexpectedStructure = 'Start of structure or map found where not expected.'

function asObject(value: unknown): object {
  if (Array.isArray(value)) throw new MalformedInput(unexpectedList)
  if (typeof value !== 'object' || value === null) throw new MalformedInput('Expected null')
  return value
}

function checkScalar(schema: NormalizedSchema, value: unknown): void {
  if (Array.isArray(value)) throw new MalformedInput(unexpectedList)
  if (typeof value === 'object') throw new MalformedInput(unexpectedStructure)
  const wanted = wantedType(schema, value)
  if (wanted !== undefined) throw new MalformedInput(`${tokenName(value)} cannot be converted to ${wanted}`)
}

const specialNumbers: readonly unknown[] = ['NaN', 'Infinity', '-Infinity']

/** The type that a value should have had; undefined where it fits. */
function wantedType(schema: NormalizedSchema, value: unknown): string | undefined {
  const type = typeof value
  if (schema.isStringSchema()) return type === 'string' ? undefined : 'String'
  if (schema.isBlobSchema()) return type === 'string' ? undefined : 'Blob'
  if (schema.isBooleanSchema()) return type === 'boolean' ? undefined : 'Boolean'
  // Both forms occur, by the format that the member asks for.
  if (schema.isTimestampSchema()) return type === 'number' || type === 'string' ? undefined : 'Date'
  return type === 'number' || specialNumbers.includes(value) ? undefined : 'Integer'
}

function tokenName(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE'
  return typeof value === 'number' ? 'NUMBER_VALUE' : 'STRING_VALUE'
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)
