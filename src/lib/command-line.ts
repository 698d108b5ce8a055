import type {Parsed} from './parsed.js'
import {invalid, valid} from './parsed.js'
import {shown} from './whole-number.js'

const WITH_SHELL = `give it to a shell, e.g. '["sh", "-c", "…"]'`

/** Quoted texts, escaped characters and plain ones without white space between; a lone quote or `\` is not matched. */
const WORD = /(?:\s|\\\n)*((?:'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\\[\s\S]|[^\s'"\\])+)/y
const QUOTED = /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g
const OPERATOR = /^(?:&&|\|\|?|;|&|[0-9]?>>?(?:&[0-9])?|<)$/

/**
 * Reads the command of a container from the values of a flag.
 *
 * Several values are the arguments, one each. One value is a JSON array of them when it starts with `[`, otherwise
 * words with the quotes and backslashes of a POSIX shell. No shell runs it: variables, wildcards and the like are not
 * expanded, and an operator such as `&&` that stands alone without quotes is a problem, not an argument.
 */
export function parseCommand(values: readonly string[]): Parsed<string[]> {
  const [first = '', ...more] = values
  if (more.length > 0) return valid([...values])
  if (first.trimStart().startsWith('[')) return parseJsonArray(first)
  return splitWords(first)
}

function parseJsonArray(text: string): Parsed<string[]> {
  const problem = `command ${shown(text)} starts with [ and is no JSON array of texts: use e.g. ["npm", "start"]`
  try {
    const json: unknown = JSON.parse(text)
    if (!Array.isArray(json) || !json.every((item) => typeof item === 'string')) return invalid(problem)
    return json.length === 0 ? invalid(`command ${text} is empty: name a program`) : valid(json)
  } catch {
    return invalid(problem)
  }
}

function splitWords(text: string): Parsed<string[]> {
  const words: string[] = []
  const end = text.replace(/(?:\s|\\\n)+$/, '').length
  let position = 0
  while (position < end) {
    WORD.lastIndex = position
    const [match = '', word] = WORD.exec(text) ?? []
    if (word === undefined) return invalid(unbalancedProblem(text.slice(position).trimStart(), text))
    if (OPERATOR.test(word)) {
      return invalid(`command ${shown(text)} has ${word}, which only a shell understands: ${WITH_SHELL}`)
    }
    words.push(withoutQuotes(word))
    position += match.length
  }
  return words.length === 0 ? invalid(`command ${shown(text)} is empty: name a program`) : valid(words)
}

function withoutQuotes(word: string): string {
  return word.replaceAll(QUOTED, (_, single?: string, double?: string, escaped?: string) => {
    if (double !== undefined)
      return double.replaceAll(/\\([\\"$`\n])/g, (_pair, character: string) => unescaped(character))
    return single ?? unescaped(escaped ?? '')
  })
}

/** A backslash at the end of a line joins it with the next. */
function unescaped(character: string): string {
  return character === '\n' ? '' : character
}

function unbalancedProblem(rest: string, text: string): string {
  const what = rest.startsWith('\\') ? 'a backslash at its end' : `a ${rest.slice(0, 1)} without its pair`
  return `command ${shown(text)} has ${what}: close it or escape it with a backslash`
}
