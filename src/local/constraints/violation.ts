import type {NormalizedSchema} from '@smithy/core/schema'
import type {Rule} from './rules.js'

/** A value of a request that breaks a rule of AWS's model. */
export interface Violation {
  /** As AWS's validation writes it; list items are counted from 1, for instance `logEvents.1.member.timestamp`. */
  readonly path: string
  /** Undefined where it is absent. */
  readonly value: unknown
  readonly rule: Rule
  /** Of the value, in the SDK. */
  readonly schema: NormalizedSchema
}

/**
 * The sentence of AWS's request validation, which tells all violations at once. Most services quote the value, as Java
 * writes it; none quotes what is sensitive.
 */
export function validationMessage(
  violations: readonly Violation[],
  {quoteValues = true}: {readonly quoteValues?: boolean} = {},
): string {
  const title = violations.length === 1 ? '1 validation error' : `${violations.length} validation errors`
  const each = violations.map(
    ({path, rule, ...violation}) =>
      `Value${quoted(violation, quoteValues)} at '${path}' failed to satisfy constraint: ${rule.sentence}`,
  )
  return `${title} detected: ${each.join('; ')}`
}

function quoted({value, schema}: Pick<Violation, 'value' | 'schema'>, quoteValues: boolean): string {
  if (value === undefined || value === null) return ' null'
  const text = quoteValues ? javaText(schema, value) : undefined
  return text === undefined ? '' : ` '${text}'`
}

/** Undefined for what is sensitive, and for structures and blobs: what Java prints of them says nothing of the value. */
function javaText(schema: NormalizedSchema, value: unknown): string | undefined {
  if (schema.getMergedTraits().sensitive !== undefined || schema.isStructSchema() || schema.isBlobSchema())
    return undefined
  if (schema.isListSchema() && Array.isArray(value)) {
    const items = value.map((item: unknown) => javaText(schema.getValueSchema(), item))
    return items.includes(undefined) ? undefined : `[${items.join(', ')}]`
  }
  if (schema.isMapSchema() && typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => [key, javaText(schema.getValueSchema(), item)] as const)
    const isTold = entries.every(([, text]) => text !== undefined)
    return isTold ? `{${entries.map((entry) => entry.join('=')).join(', ')}}` : undefined
  }
  return String(value)
}
