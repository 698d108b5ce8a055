import type {Parsed} from './parsed.js'
import {invalid, valid} from './parsed.js'
import {parseWholeNumber, shown} from './whole-number.js'

/** A number of tasks, or a change to the present number. */
export type ScaleExpression =
  | {readonly kind: 'absolute'; readonly count: number}
  | {readonly kind: 'relative'; readonly change: number}

/** ECS keeps at most 5000 tasks in a service unless the quota is raised. */
const MAX_TASKS_PER_SERVICE = 5000

/** Reads `5` (that many tasks), `+2` or `-2` (more or fewer than now). */
export function parseScale(text: string): Parsed<ScaleExpression> {
  const [, sign = '', digits] = /^([+-]?)([0-9]+)$/.exec(text) ?? []
  const number = digits === undefined ? undefined : parseWholeNumber(digits)
  if (digits === undefined || (number === undefined && digits.startsWith('0'))) {
    return invalid(`scale ${shown(text)} is not valid: use a number of tasks such as 5, or a change such as +2 or -2`)
  }
  if (number === undefined || number > MAX_TASKS_PER_SERVICE) return invalid(tooManyProblem(text))
  if (sign === '') return valid({kind: 'absolute', count: number})
  return valid({kind: 'relative', change: sign === '-' && number > 0 ? -number : number})
}

/** The form that `parseScale` reads back. */
export function formatScale(expression: ScaleExpression): string {
  if (expression.kind === 'absolute') return String(expression.count)
  return expression.change < 0 ? String(expression.change) : `+${expression.change}`
}

/**
 * The number of tasks that an expression asks for.
 *
 * @param current the desired count of the service now
 */
export function resolveScale(expression: ScaleExpression, current: number): Parsed<number> {
  const count = expression.kind === 'absolute' ? expression.count : current + expression.change
  const asked = expression.kind === 'absolute' ? String(count) : `${formatScale(expression)} from ${current} tasks`
  if (count < 0) return invalid(`scale ${asked} gives ${count} tasks: take away at most ${current}`)
  if (count > MAX_TASKS_PER_SERVICE) {
    return invalid(`scale ${asked} gives ${count} tasks: a service runs at most ${MAX_TASKS_PER_SERVICE}`)
  }
  return valid(count)
}

function tooManyProblem(text: string): string {
  return `scale ${shown(text)} is too large: a service runs at most ${MAX_TASKS_PER_SERVICE} tasks`
}
