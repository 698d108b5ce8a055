import {NormalizedSchema} from '@smithy/core/schema'
import type {$SchemaRef, SchemaTraitsObject} from '@smithy/types'

/** How a protocol writes the name of a structure's member in a path. */
export type MemberName = (name: string, traits: SchemaTraitsObject) => string

/** As AWS's validation writes it: `LoadBalancerArn` → `loadBalancerArn`. */
const validationName: MemberName = (name) => name.charAt(0).toLowerCase() + name.slice(1)

/**
 * The required members that an input lacks, with their paths, in which list items are counted from 1, for instance
 * `logEvents.1.member.timestamp`. Empty strings and lists are not absent.
 */
export function missingMembers(schema: $SchemaRef, input: unknown, memberName = validationName): string[] {
  const missing: string[] = []
  visit(NormalizedSchema.of(schema), input, '', {memberName, missing})
  return missing
}

interface Visit {
  readonly memberName: MemberName
  readonly missing: string[]
}

function visit(schema: NormalizedSchema, value: unknown, path: string, run: Visit): void {
  if (typeof value !== 'object' || value === null) return
  if (schema.isStructSchema()) {
    const required = requiredCount(schema)
    let index = 0
    for (const [name, member] of schema.structIterator()) {
      const child = (value as Record<string, unknown>)[name]
      visitChild(member, child, join(path, run.memberName(name, member.getMergedTraits())), index++ < required, run)
    }
  } else if (schema.isListSchema() && Array.isArray(value)) {
    const item = schema.getValueSchema()
    const required = !schema.getMergedTraits().sparse
    value.forEach((child, index) => {
      visitChild(item, child, join(path, `${index + 1}.member`), required, run)
    })
  } else if (schema.isMapSchema()) {
    const item = schema.getValueSchema()
    for (const [key, child] of Object.entries(value)) visit(item, child, join(path, `${key}.member`), run)
  }
}

function visitChild(schema: NormalizedSchema, value: unknown, path: string, required: boolean, run: Visit): void {
  if (value !== undefined && value !== null) visit(schema, value, path, run)
  else if (required) run.missing.push(path)
}

/** A structure's schema lists its required members first; index 6 is how many they are. Unions have none. */
function requiredCount(schema: NormalizedSchema): number {
  const source = schema.getSchema()
  return Array.isArray(source) && source[0] === 3 ? ((source[6] as number | undefined) ?? 0) : 0
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)
