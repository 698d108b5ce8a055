import type {LimitedShape} from './model.js'

/** One limit of a shape, ready to be applied. */
export interface Rule {
  readonly kind: 'required' | 'length' | 'range' | 'pattern' | 'enum'
  /** As AWS's validation says it, for instance `Member must have length less than or equal to 64`. */
  readonly sentence: string
  /** The name of the shape in the published model. */
  readonly shape: string
  readonly limit?: number
  readonly pattern?: string
  readonly allowed?: readonly string[]
}

export type Check = Rule & {holds(value: unknown): boolean}

export const required: Rule = {kind: 'required', sentence: 'Member must not be null', shape: ''}

const numbers: readonly string[] = ['integer', 'long', 'float', 'double']

/** The limits of a shape, in the order in which AWS's validation names them. */
export function checksOf(name: string, shape: LimitedShape): Check[] {
  const {min, max, pattern, enum: allowed} = shape
  const isNumber = numbers.includes(shape.type)
  const kind = isNumber ? 'range' : 'length'
  const what = isNumber ? 'value' : 'length'
  const sizeOf = isNumber ? Number : lengthOf
  const checks: Check[] = []
  if (max !== undefined) {
    const sentence = `Member must have ${what} less than or equal to ${max}`
    checks.push({kind, sentence, shape: name, limit: max, holds: (value) => sizeOf(value) <= max})
  }
  if (min !== undefined) {
    const sentence = `Member must have ${what} greater than or equal to ${min}`
    checks.push({kind, sentence, shape: name, limit: min, holds: (value) => sizeOf(value) >= min})
  }
  if (pattern !== undefined) {
    const sentence = `Member must satisfy regular expression pattern: ${pattern}`
    const expression = wholeMatch(pattern)
    checks.push({kind: 'pattern', sentence, shape: name, pattern, holds: (value) => expression.test(String(value))})
  }
  if (allowed !== undefined) {
    const sentence = `Member must satisfy enum value set: [${allowed.join(', ')}]`
    const values = new Set<unknown>(allowed)
    checks.push({kind: 'enum', sentence, shape: name, allowed, holds: (value) => values.has(value)})
  }
  return checks
}

/** Java allows a backslash before any sign; JavaScript's `u`, which the classes such as `\p{L}` need, does not. */
const wholeMatch = (pattern: string): RegExp =>
  new RegExp(`^(?:${pattern.replaceAll(/\\([!"#%&',:;<=>@`~ ])/g, '$1')})$`, 'u')

function lengthOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value) || value instanceof Uint8Array) return value.length
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0
}
