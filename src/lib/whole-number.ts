import type {Parsed} from './parsed.js'
import {invalid, valid} from './parsed.js'

/** What a number is called in a problem, and the smallest and largest that are allowed. */
export interface NumberRule {
  readonly name: string
  readonly min: number
  readonly max: number
  /** Follows the range in a problem: `seconds`, `GiB`. */
  readonly unit?: string
}

/** Reads decimal digits only: no sign, no leading zero, no fraction, no space, nothing beyond 2^53. */
export function parseWholeNumber(text: string): number | undefined {
  if (!/^(?:0|[1-9][0-9]*)$/.test(text)) return undefined
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : undefined
}

/** Reads a whole number within a range. */
export function parseNumber(text: string, rule: NumberRule): Parsed<number> {
  const number = parseWholeNumber(text)
  if (number === undefined || number < rule.min || number > rule.max) return invalid(rangeProblem(text, rule))
  return valid(number)
}

/** The problem of a number outside its range, or `undefined`. */
export function numberProblem(number: number, rule: NumberRule): string | undefined {
  const isWithin = Number.isInteger(number) && number >= rule.min && number <= rule.max
  return isWithin ? undefined : rangeProblem(String(number), rule)
}

/** Says that a value is not a whole number of the range. */
export function rangeProblem(text: string, {name, min, max, unit}: NumberRule): string {
  const suffix = unit === undefined ? '' : ` ${unit}`
  return `${name} ${shown(text)} is not valid: use a number from ${min} to ${max}${suffix}`
}

/**
 * A value as a problem shows it: in quotes when it is empty or has spaces, which would not be seen, or control
 * characters, which a terminal would obey.
 */
export function shown(text: string): string {
  if (/^[^\s\p{Cc}]+$/u.test(text)) return text
  return JSON.stringify(text).replaceAll(/\p{Cc}/gu, (control) => {
    return `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
