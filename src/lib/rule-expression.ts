import type {Parsed} from './parsed.js'
import {firstRepeated, invalid, parseEach, valid} from './parsed.js'
import {shown} from './whole-number.js'

export type RuleType = 'path' | 'host'

/** One condition of an application load balancer's listener rule. */
export interface Rule {
  readonly type: RuleType
  readonly value: string
}

const MAX_VALUE_LENGTH = 128
const MAX_WILDCARDS = 6
const PATH_CHARACTERS = /^[A-Za-z0-9_\-.$/~"'@:+&*?]+$/
const HOST_CHARACTERS = /^[A-Za-z0-9\-.*?]+$/

/**
 * Reads `path=/api/*` or `host=example.com`: the type in any case, the value after the first `=`. `*` stands for any
 * characters, `?` for one. A path is compared with case, a host without.
 */
export function parseRule(text: string): Parsed<Rule> {
  const equals = text.indexOf('=')
  if (equals === -1) return invalid(`rule ${shown(text)} has no "=": use path=/api/* or host=example.com`)
  const type = text.slice(0, equals).toLowerCase()
  if (!isRuleType(type)) {
    return invalid(`rule type ${shown(text.slice(0, equals))} in ${shown(text)} is not valid: use path or host`)
  }
  const value = text.slice(equals + 1)
  const problem = valueProblem({type, value}, text)
  return problem === undefined ? valid({type, value}) : invalid(problem)
}

/** Reads rules, each of which becomes a listener rule of its own: a request that meets one of them is forwarded. */
export function parseRules(texts: readonly string[]): Parsed<Rule[]> {
  const rules = parseEach(texts, parseRule)
  if (!rules.ok) return rules
  const repeated = firstRepeated(rules.value, ruleIdentity)
  if (repeated === undefined) return rules
  return invalid(`rule ${formatRule(repeated)} is given more than once: give each rule once`)
}

/** The form that `parseRule` reads back. */
export function formatRule({type, value}: Rule): string {
  return `${type}=${value}`
}

/** Equal for two rules that match the same requests: AWS compares hosts without case. */
function ruleIdentity({type, value}: Rule): string {
  return formatRule({type, value: type === 'host' ? value.toLowerCase() : value})
}

function isRuleType(text: string): text is RuleType {
  return text === 'path' || text === 'host'
}

function valueProblem({type, value}: Rule, text: string): string | undefined {
  if (value === '') {
    return `rule ${text} has no value: use ${type === 'path' ? 'path=/api/*' : 'host=example.com'}`
  }
  if (value.includes(',')) return commaProblem(type, value, text)
  if (value.length > MAX_VALUE_LENGTH) {
    return `rule ${text} has a value of ${value.length} characters: use at most ${MAX_VALUE_LENGTH}`
  }
  if (value.replaceAll(/[^*?]/g, '').length > MAX_WILDCARDS) {
    return `rule ${text} has too many wildcards: use at most ${MAX_WILDCARDS} of * and ?`
  }
  return type === 'path' ? pathProblem(value, text) : hostProblem(value, text)
}

function commaProblem(type: RuleType, value: string, text: string): string {
  const parts = value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => (/^(?:path|host)=/i.test(part) ? part : `${type}=${part}`))
  const fix = parts.map((part) => `--rule ${shown(part)}`).join(' ')
  const advice = fix === '' ? 'leave it out' : `give each value a rule of its own, ${fix}`
  return `rule ${shown(text)} has a comma in its value: ${advice}`
}

function pathProblem(value: string, text: string): string | undefined {
  if (!/^[/*]/.test(value))
    return `path ${shown(value)} in rule ${shown(text)} does not start with / or *: use /${value}`
  if (PATH_CHARACTERS.test(value)) return undefined
  return (
    `path ${shown(value)} in rule ${shown(text)} has a character that AWS does not take: ` +
    `use letters, digits, _ - . $ / ~ " ' @ : + & and the wildcards * and ?`
  )
}

function hostProblem(value: string, text: string): string | undefined {
  if (!HOST_CHARACTERS.test(value)) {
    return (
      `host ${shown(value)} in rule ${shown(text)} has a character that AWS does not take: ` +
      'use letters, digits, - . and the wildcards * and ?, without scheme, port or path'
    )
  }
  if (!value.includes('.')) return `host ${value} in rule ${text} has no dot: use a name such as example.com`
  if (/(?:^|\.)(?:\.|-|$)|-\./.test(value)) {
    return `host ${value} in rule ${text} has an empty label, or one with a hyphen at its start or end: use example.com`
  }
  if (/\.[A-Za-z]+$/.test(value)) return undefined
  return `host ${value} in rule ${text} has other characters than letters after its last dot: use e.g. *.example.com`
}
