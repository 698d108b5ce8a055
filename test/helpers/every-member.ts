import {NormalizedSchema} from '@smithy/core/schema'
import type {$SchemaRef} from '@smithy/types'
import type {Arbitrary} from 'fast-check'
import {array, boolean, constantFrom, date, dictionary, integer, record, string} from 'fast-check'
import type {LimitedShape} from '../../src/local/constraints/model.js'
import {serviceModel} from '../../src/local/constraints/model.js'

/**
 * Values of a schema of ECS with every member that it knows, in all depths; no list and no map is empty. Members that
 * have only some words, or a range, keep to them.
 */
export function everyMember(ref: $SchemaRef): Arbitrary<Record<string, unknown>> {
  return anyOf(NormalizedSchema.of(ref)) as Arbitrary<Record<string, unknown>>
}

/** The names of all members of a schema that are maps, whose keys are the user's own. */
export function mapMembers(ref: $SchemaRef): string[] {
  const names = new Set<string>()
  const visit = (schema: NormalizedSchema) => {
    for (const [name, member] of schema.structIterator()) {
      const inner = member.isListSchema() ? member.getValueSchema() : member
      if (inner.isMapSchema()) names.add(name)
      if (inner.isStructSchema()) visit(inner)
    }
  }
  visit(NormalizedSchema.of(ref))
  return [...names].sort()
}

const texts = () => string({minLength: 1, maxLength: 12})
/** Also the words that ECS's own members and defaults have. */
const keys = () => constantFrom('a', 'b.c', 'cpu', 'essential', 'environment', 'hostPort', 'protocol', 'tags', 'x-y')
const values = () => constantFrom('', '0', 'tcp', 'true', 'arn:aws:x')

const shapes = serviceModel('ecs')?.shapes ?? {}

function anyOf(schema: NormalizedSchema, shape?: LimitedShape): Arbitrary<unknown> {
  if (schema.isStructSchema()) {
    const limited = shapes[schema.getName() ?? '']?.members ?? {}
    return record(
      Object.fromEntries(
        [...schema.structIterator()].map(([name, member]) => [name, anyOf(member, shapes[limited[name] ?? ''])]),
      ),
    )
  }
  if (schema.isListSchema()) {
    return array(anyOf(schema.getValueSchema(), shapes[shape?.item ?? '']), {minLength: 1, maxLength: 3})
  }
  if (shape?.enum !== undefined) return constantFrom(...shape.enum)
  if (schema.isMapSchema()) return dictionary(keys(), values(), {minKeys: 1, maxKeys: 3})
  if (schema.isBooleanSchema()) return boolean()
  if (schema.isNumericSchema()) return integer({min: shape?.min ?? 0, max: Math.min(shape?.max ?? 70_000, 70_000)})
  if (schema.isStringSchema()) return texts()
  if (schema.isTimestampSchema()) return date({noInvalidDate: true})
  throw new Error(`no values for ${schema.getName(true)}`)
}
