/** What AWS's service models demand of one member of a request, besides that it is there. */
export interface Constraint {
  /** Of a string: its shortest and longest length. Of a list or map: how many entries. */
  readonly length?: readonly [minimum: number, maximum: number]
  /** Of a number. */
  readonly range?: readonly [minimum: number, maximum: number]
  /** The source of an expression that a string matches as a whole, as the model has it. */
  readonly pattern?: string
  readonly oneOf?: readonly string[]
}

/** An input whose required members are there: the wire sees to it before a handler runs, the SDK's types do not say. */
export type WithRequired<Input, Name extends keyof Input> = Input & {
  readonly [Member in Name]-?: NonNullable<Input[Member]>
}

export type Constraints = Readonly<Record<string, Constraint>>

/**
 * What AWS's validation says of an input that breaks constraints, all of them in one message; undefined for a good
 * input. Members that are absent are not looked at. Most services quote the wrong value, IAM does not.
 */
export function constraintMessage(
  input: object,
  constraints: Constraints,
  {quoteValues = true}: {quoteValues?: boolean} = {},
): string | undefined {
  const violations = Object.entries(input).flatMap(([name, value]) =>
    brokenRules(value, constraints[name] ?? {}).map((rule) => {
      const quoted = quoteValues && typeof value !== 'object' ? ` '${value}'` : ''
      return `Value${quoted} at '${memberPath(name)}' failed to satisfy constraint: Member must ${rule}`
    }),
  )
  if (violations.length === 0) return undefined
  const title = violations.length === 1 ? '1 validation error' : `${violations.length} validation errors`
  return `${title} detected: ${violations.join('; ')}`
}

function brokenRules(value: unknown, {length, range, pattern, oneOf}: Constraint): string[] {
  const rules: string[] = []
  const size = sizeOf(value)
  if (length !== undefined && size !== undefined) {
    if (size < length[0]) rules.push(`have length greater than or equal to ${length[0]}`)
    if (size > length[1]) rules.push(`have length less than or equal to ${length[1]}`)
  }
  if (range !== undefined && typeof value === 'number') {
    if (value < range[0]) rules.push(`have value greater than or equal to ${range[0]}`)
    if (value > range[1]) rules.push(`have value less than or equal to ${range[1]}`)
  }
  if (pattern !== undefined && typeof value === 'string' && !new RegExp(`^(?:${pattern})$`, 'u').test(value)) {
    rules.push(`satisfy regular expression pattern: ${pattern}`)
  }
  if (oneOf !== undefined && typeof value === 'string' && !oneOf.includes(value)) {
    rules.push(`satisfy enum value set: [${oneOf.join(', ')}]`)
  }
  return rules
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined
}

const memberPath = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)
