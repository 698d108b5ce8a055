import {NormalizedSchema} from '@smithy/core/schema'
import type {$SchemaRef} from '@smithy/types'

/**
 * The required members that an input lacks, with their paths as AWS writes them: member names with a small first
 * letter, list items counted from 1, for instance `logEvents.1.member.timestamp`. Empty strings and lists are there.
 */
export function missingMembers(schema: $SchemaRef, input: unknown): string[] {
  const missing: string[] = []
  visit(NormalizedSchema.of(schema), input, '', missing)
  return missing
}

function visit(schema: NormalizedSchema, value: unknown, path: string, missing: string[]): void {
  if (typeof value !== 'object' || value === null) return
  if (schema.isStructSchema()) {
    const required = requiredCount(schema)
    let index = 0
    for (const [name, member] of schema.structIterator()) {
      const child = (value as Record<string, unknown>)[name]
      visitChild(member, child, join(path, lowerFirst(name)), index++ < required, missing)
    }
  } else if (schema.isListSchema() && Array.isArray(value)) {
    const item = schema.getValueSchema()
    const required = !schema.getMergedTraits().sparse
    value.forEach((child, index) => {
      visitChild(item, child, join(path, `${index + 1}.member`), required, missing)
    })
  } else if (schema.isMapSchema()) {
    const item = schema.getValueSchema()
    for (const [key, child] of Object.entries(value)) visit(item, child, join(path, `${key}.member`), missing)
  }
}

function visitChild(
  schema: NormalizedSchema,
  value: unknown,
  path: string,
  required: boolean,
  missing: string[],
): void {
  if (value !== undefined && value !== null) visit(schema, value, path, missing)
  else if (required) missing.push(path)
}

/** A structure's schema lists its required members first; index 6 is how many they are. Unions have none. */
function requiredCount(schema: NormalizedSchema): number {
  const source = schema.getSchema()
  return Array.isArray(source) && source[0] === 3 ? ((source[6] as number | undefined) ?? 0) : 0
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)
