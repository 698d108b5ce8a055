import {NormalizedSchema} from '@smithy/core/schema'
import type {SchemaTraitsObject, StaticOperationSchema} from '@smithy/types'
import type {ServiceModel} from './model.js'
import type {Check, Rule} from './rules.js'
import {checksOf, required} from './rules.js'
import type {Violation} from './violation.js'

/** How a protocol writes the name of a structure's member in a path. */
export type MemberName = (name: string, traits: SchemaTraitsObject) => string

/** As AWS's validation writes it: `LoadBalancerArn` → `loadBalancerArn`. */
export const validationName: MemberName = (name) => name.charAt(0).toLowerCase() + name.slice(1)

/** What a value breaks, with paths that begin at the value. */
type ValueCheck = (value: unknown) => readonly Violation[]

interface Compilation {
  readonly model: ServiceModel | undefined
  readonly memberName: MemberName
}

const none: readonly Violation[] = []

/**
 * Makes the function that finds what the input of an operation breaks: required members, which the SDK's schema names,
 * and the limits of the published model. Empty strings and lists are not absent. Parts of the input are looked up in
 * the model when they first occur in a request.
 */
export function inputCheck(
  schema: StaticOperationSchema,
  {
    model,
    memberName = validationName,
  }: {readonly model: ServiceModel | undefined; readonly memberName?: MemberName | undefined},
): ValueCheck {
  return lazily(() => {
    const shape = model?.operations[schema[2]] ?? undefined
    return valueCheck(NormalizedSchema.of(schema[4]), shape, {model, memberName})
  })
}

/** Shapes may contain themselves, so that none is compiled before a value asks for it. */
function lazily(compile: () => ValueCheck): ValueCheck {
  let check: ValueCheck | undefined
  return (value) => {
    check ??= compile()
    return check(value)
  }
}

function valueCheck(schema: NormalizedSchema, shape: string | undefined, compilation: Compilation): ValueCheck {
  if (schema.isUnitSchema()) return () => none
  if (schema.isStructSchema()) return structureCheck(schema, shape, compilation)
  const own = ownCheck(schema, rulesOf(shape, compilation))
  if (schema.isListSchema()) return both(own, listCheck(schema, shape, compilation))
  if (schema.isMapSchema()) return both(own, mapCheck(schema, shape, compilation))
  return own
}

const rulesOf = (shape: string | undefined, {model}: Compilation): Check[] => {
  const limited = shape === undefined ? undefined : model?.shapes[shape]
  return shape === undefined || limited === undefined ? [] : checksOf(shape, limited)
}

/** The shape in the model of a part of another one. */
const partOf = (shape: string | undefined, part: 'item' | 'key' | 'value', {model}: Compilation): string | undefined =>
  shape === undefined ? undefined : model?.shapes[shape]?.[part]

const ownCheck =
  (schema: NormalizedSchema, rules: readonly Check[]): ValueCheck =>
  (value) => {
    const broken = rules.filter((rule) => !rule.holds(value))
    return broken.length === 0 ? none : broken.map((rule) => ({path: '', value, rule, schema}))
  }

const both =
  (first: ValueCheck, second: ValueCheck): ValueCheck =>
  (value) => {
    const found = first(value)
    return found.length === 0 ? second(value) : [...found, ...second(value)]
  }

function structureCheck(schema: NormalizedSchema, shape: string | undefined, compilation: Compilation): ValueCheck {
  const count = requiredCount(schema)
  const shapes = shape === undefined ? undefined : compilation.model?.shapes[shape]?.members
  const members = [...schema.structIterator()].map(([name, member], index) => ({
    name,
    path: compilation.memberName(name, member.getMergedTraits()),
    check: presentCheck(member, {
      isRequired: index < count,
      check: lazily(() => valueCheck(member, shapes?.[name], compilation)),
    }),
  }))
  return (value) => {
    if (typeof value !== 'object' || value === null) return none
    const found: Violation[] = []
    for (const {name, path, check} of members) {
      addBelow(found, path, check((value as Record<string, unknown>)[name]))
    }
    return found
  }
}

const presentCheck =
  (schema: NormalizedSchema, {isRequired, check}: {isRequired: boolean; check: ValueCheck}): ValueCheck =>
  (value) => {
    if (value !== undefined && value !== null) return check(value)
    return isRequired ? [{path: '', value: undefined, rule: required, schema}] : none
  }

/** AWS tells of a list of scalars once, with all the rules for its items, and of structures item by item. */
function listCheck(schema: NormalizedSchema, shape: string | undefined, compilation: Compilation): ValueCheck {
  const item = schema.getValueSchema()
  const itemShape = partOf(shape, 'item', compilation)
  const isRequired = !schema.getMergedTraits().sparse
  const rules = isScalar(item) ? rulesOf(itemShape, compilation) : []
  const check = presentCheck(item, {
    isRequired,
    check: isScalar(item) ? () => none : lazily(() => valueCheck(item, itemShape, compilation)),
  })
  return (value) => {
    if (!Array.isArray(value)) return none
    const found: Violation[] = []
    value.forEach((each: unknown, index) => {
      addBelow(found, `${index + 1}.member`, check(each))
    })
    const scalars = value.filter((each) => each !== undefined && each !== null)
    return [...found, ...partsViolation('Member', rules, scalars, {value, schema})]
  }
}

function mapCheck(schema: NormalizedSchema, shape: string | undefined, compilation: Compilation): ValueCheck {
  const item = schema.getValueSchema()
  const itemShape = partOf(shape, 'value', compilation)
  const keyRules = rulesOf(partOf(shape, 'key', compilation), compilation)
  const rules = isScalar(item) ? rulesOf(itemShape, compilation) : []
  const check = isScalar(item) ? () => none : lazily(() => valueCheck(item, itemShape, compilation))
  return (value) => {
    if (typeof value !== 'object' || value === null) return none
    const found: Violation[] = []
    for (const [key, each] of Object.entries(value)) addBelow(found, `${key}.member`, check(each))
    const whole = {value, schema}
    return [
      ...found,
      ...partsViolation('Map keys', keyRules, Object.keys(value), whole),
      ...partsViolation('Map value', rules, Object.values(value), whole),
    ]
  }
}

/** One violation of a list or map for all of its parts that break a rule, in which all rules are told. */
function partsViolation(
  what: 'Member' | 'Map keys' | 'Map value',
  rules: readonly Check[],
  parts: readonly unknown[],
  whole: Pick<Violation, 'value' | 'schema'>,
): Violation[] {
  const broken = rules.find((rule) => parts.some((part) => !rule.holds(part)))
  if (broken === undefined) return []
  const sentence = `${what} must satisfy constraint: [${rules.map((rule) => rule.sentence).join(', ')}]`
  const rule: Rule = {...broken, sentence}
  return [{path: '', rule, ...whole}]
}

const isScalar = (schema: NormalizedSchema): boolean =>
  !(schema.isStructSchema() || schema.isListSchema() || schema.isMapSchema())

function addBelow(found: Violation[], path: string, violations: readonly Violation[]): void {
  for (const violation of violations) {
    found.push({...violation, path: violation.path === '' ? path : `${path}.${violation.path}`})
  }
}

/** A structure's schema lists its required members first; index 6 is how many they are. Unions have none. */
function requiredCount(schema: NormalizedSchema): number {
  const source = schema.getSchema()
  return Array.isArray(source) && source[0] === 3 ? ((source[6] as number | undefined) ?? 0) : 0
}
