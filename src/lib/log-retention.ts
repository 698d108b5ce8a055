import type {Parsed} from './parsed.js'
import {invalid, valid} from './parsed.js'
import {parseWholeNumber, shown} from './whole-number.js'

/** The days for which CloudWatch Logs can keep events. */
const retentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

/** Reads how long log events are kept: a number of days that CloudWatch Logs takes, or `never` to keep them for ever. */
export function parseLogRetention(text: string): Parsed<number | 'never'> {
  if (text.toLowerCase() === 'never') return valid('never')
  const days = parseWholeNumber(text)
  if (days === undefined) {
    return invalid(
      `log retention ${shown(text)} is not valid: use a number of days or never; days: ${retentionDays.join(', ')}`,
    )
  }
  if (retentionDays.includes(days)) return valid(days)
  return invalid(
    `log retention ${text} is not valid: CloudWatch Logs takes ${nearest(days).join(' or ')} days, or never`,
  )
}

function nearest(days: number): number[] {
  const below = retentionDays.findLast((value) => value < days)
  const above = retentionDays.find((value) => value > days)
  return [below, above].filter((value) => value !== undefined)
}
