import type {Parsed} from './parsed.js'
import {checked, invalid, parseEach, valid} from './parsed.js'
import {shown} from './whole-number.js'

export interface EnvironmentVariable {
  readonly name: string
  readonly value: string
}

/**
 * Reads `KEY=value`, split on the first `=`. The case of the key is kept, commas belong to the value, and the value may
 * be empty.
 */
export function parseEnvironmentVariable(text: string): Parsed<EnvironmentVariable> {
  const equals = text.indexOf('=')
  if (equals === -1) return invalid(`environment variable ${shown(text)} has no "=": use KEY=value`)
  const name = text.slice(0, equals)
  const value = text.slice(equals + 1)
  return checked({name, value}, environmentNameProblem(name) ?? environmentValueProblem(name, value))
}

/** Reads several variables. When a key comes again, its last value counts, as in docker. */
export function parseEnvironmentVariables(texts: readonly string[]): Parsed<EnvironmentVariable[]> {
  const variables = parseEach(texts, parseEnvironmentVariable)
  return variables.ok ? valid(mergeEnvironment(variables.value)) : variables
}

/** Reads the keys to unset, each exactly as it was set. */
export function parseEnvironmentNames(texts: readonly string[]): Parsed<string[]> {
  const names = parseEach(texts, (text) => checked(text, environmentNameProblem(text)))
  return names.ok ? valid([...new Set(names.value)]) : names
}

/** Joins lists of variables: a later value replaces an earlier one, in the earlier one's place. */
export function mergeEnvironment(...lists: readonly (readonly EnvironmentVariable[])[]): EnvironmentVariable[] {
  const values = new Map<string, string>()
  for (const {name, value} of lists.flat()) values.set(name, value)
  return [...values].map(([name, value]) => ({name, value}))
}

/**
 * The problem of a key, or `undefined`. ECS takes any text; this refuses what no process can read back: nothing, `=`,
 * white space and control characters.
 */
export function environmentNameProblem(name: string): string | undefined {
  if (name === '') return 'an environment variable has no name before "=": use KEY=value'
  if (!/[\s\p{Cc}=]/u.test(name)) return undefined
  return `environment variable name ${shown(name)} has a space, a control character or "=": use a name such as LOG_LEVEL`
}

/** The value stays out of the text: it may be a secret. */
function environmentValueProblem(name: string, value: string): string | undefined {
  if (!value.includes('\0')) return undefined
  return `environment variable ${name} has a NUL character in its value: leave it out`
}
