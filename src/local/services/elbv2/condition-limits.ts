import {isIP} from 'node:net'
import type {Condition} from '../../balancer/model.js'
import {invalid} from './faults.js'

const MOST_VALUES = 5
const MOST_WILDCARDS = 6
const LONGEST_VALUE = 128
const LONGEST_NAME = 40

/** A rule may have several of these; of the other conditions one each. */
const REPEATABLE = ['http-header', 'query-string']

const textsOf = (condition: Condition): readonly string[] =>
  condition.field === 'query-string' ? condition.pairs.flatMap(({key = '', value}) => [key, value]) : condition.values

const countOf = (condition: Condition): number =>
  condition.field === 'query-string' ? condition.pairs.length : condition.values.length

/**
 * Checks the conditions of one rule against AWS's limits.
 *
 * @throws AwsFault ValidationError
 */
export function checkConditions(conditions: readonly Condition[]): void {
  if (conditions.length === 0) throw invalid('A condition must be specified')
  if (conditions.reduce((sum, condition) => sum + countOf(condition), 0) > MOST_VALUES) {
    throw invalid(`A rule can only have '${MOST_VALUES}' condition values`)
  }
  const wildcards = conditions.flatMap(textsOf).join('').match(/[*?]/g)?.length ?? 0
  if (wildcards > MOST_WILDCARDS) throw invalid(`A rule can only have '${MOST_WILDCARDS}' condition wildcards`)
  const fields = conditions.map(({field}) => field)
  const repeated = fields.find((field, index) => !REPEATABLE.includes(field) && fields.indexOf(field) !== index)
  if (repeated !== undefined) throw invalid(`A rule can only have one '${repeated}' condition`)
  for (const condition of conditions) checkCondition(condition)
}

function checkCondition(condition: Condition): void {
  for (const text of textsOf(condition)) {
    if (text.length > LONGEST_VALUE) {
      throw invalid(`The '${condition.field}' value is too long; the limit is '${LONGEST_VALUE}'`)
    }
  }
  if (condition.field === 'http-header' && condition.name.length > LONGEST_NAME) {
    throw invalid(`The 'HttpHeaderName' value is too long; the limit is '${LONGEST_NAME}'`)
  }
  if (condition.field === 'http-request-method') checkMethods(condition.values)
  if (condition.field === 'source-ip') checkCidrs(condition.values)
}

function checkMethods(methods: readonly string[]): void {
  if (methods.every((method) => /^[A-Z_-]{1,40}$/.test(method))) return
  throw invalid("The 'http-request-method' value is invalid; the allowed characters are A-Z, hyphen and underscore")
}

function checkCidrs(blocks: readonly string[]): void {
  for (const block of blocks)
    if (!isCidr(block)) throw invalid(`The 'source-ip' value '${block}' is not a valid CIDR block`)
}

function isCidr(block: string): boolean {
  const [network = '', prefix = '', ...rest] = block.split('/')
  const version = isIP(network)
  return rest.length === 0 && version !== 0 && /^\d+$/.test(prefix) && Number(prefix) <= (version === 6 ? 128 : 32)
}
