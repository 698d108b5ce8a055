import type {EnvironmentVariable} from './environment-variable.js'
import {mergeEnvironment, parseEnvironmentVariable} from './environment-variable.js'
import type {Parsed} from './parsed.js'
import {invalid, valid} from './parsed.js'

/**
 * Reads a file of `KEY=value` lines as `docker run --env-file` does: blank lines and lines that start with `#` are left
 * out, quotes and spaces in a value belong to it, and the last value of a key counts.
 *
 * A key without a value, which docker fills in from its own environment, is a problem: the tasks would depend on the
 * machine that deploys them. Problems name the line and never show it, since it may hold a secret.
 *
 * @param path names the file in a problem
 */
export function parseEnvironmentFile(content: string, path: string): Parsed<EnvironmentVariable[]> {
  const variables: EnvironmentVariable[] = []
  for (const [index, line] of content
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const text = line.trimStart()
    if (text === '' || text.startsWith('#')) continue
    const problem = lineProblem(text)
    const variable = problem === undefined ? parseEnvironmentVariable(text) : invalid(problem)
    if (!variable.ok) return invalid(`${path} line ${index + 1}: ${variable.problem}`)
    variables.push(variable.value)
  }
  return valid(mergeEnvironment(variables))
}

function lineProblem(text: string): string | undefined {
  if (/^export\s/.test(text)) return 'it starts with "export": leave that word out, the file is no shell script'
  const equals = text.indexOf('=')
  if (equals === -1) return 'it has no "=": use KEY=value, with # at the start of a comment'
  if (/\s/.test(text.slice(0, equals))) return 'it has a space before "=": use KEY=value'
  return undefined
}
