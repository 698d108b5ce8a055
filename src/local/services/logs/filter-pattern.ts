import {invalidPattern} from './faults.js'
import {parseJsonPattern} from './json-pattern.js'
import {parseSpacePattern} from './space-pattern.js'

type MessageFilter = (message: string) => boolean

/** The ways a term counts: all the required ones, one of the optional, none of the excluded. */
interface Terms {
  readonly required: readonly MessageFilter[]
  readonly optional: readonly MessageFilter[]
  readonly excluded: readonly MessageFilter[]
}

/** A term with its sign: a word, a quoted phrase, or a regular expression between per cent signs. */
const termPattern = /\s*([?-]?)(?:"((?:\\.|[^"\\])*)"|%([^%]+)%|(\w+))(?=\s|$)/y

/**
 * The filter that a pattern stands for: words and "phrases" that are all in the message, `-word` that is not, `?word`
 * of which one is, `%regex%`, `{$.field = value}` for messages that are JSON, or `[field, …]` for fields with spaces
 * between. Case counts. An empty pattern takes all. Next to required terms AWS does not look at the optional ones.
 *
 * @throws AwsFault InvalidParameterException for a malformed pattern.
 */
export function parseFilterPattern(pattern: string): MessageFilter {
  const text = pattern.trim()
  if (text === '') return () => true
  if (text.startsWith('{')) return parseJsonPattern(text)
  if (text.startsWith('[')) return parseSpacePattern(text)
  const {required, optional, excluded} = parseTerms(text)
  return (message) => {
    if (excluded.some((matches) => matches(message))) return false
    if (required.length > 0) return required.every((matches) => matches(message))
    return optional.length === 0 || optional.some((matches) => matches(message))
  }
}

function parseTerms(text: string): Terms {
  const terms = {required: [] as MessageFilter[], optional: [] as MessageFilter[], excluded: [] as MessageFilter[]}
  termPattern.lastIndex = 0
  while (termPattern.lastIndex < text.length) {
    const found = termPattern.exec(text)
    if (found === null) throw invalidPattern()
    const [, sign, phrase, regex, word] = found
    const matches =
      regex === undefined ? contains(phrase?.replaceAll(/\\(.)/g, '$1') ?? word ?? '') : matchesRegex(regex)
    if (sign === '?') terms.optional.push(matches)
    else if (sign === '-') terms.excluded.push(matches)
    else terms.required.push(matches)
  }
  return terms
}

const contains =
  (text: string): MessageFilter =>
  (message) =>
    message.includes(text)

function matchesRegex(source: string): MessageFilter {
  try {
    const expression = new RegExp(source)
    return (message) => expression.test(message)
  } catch {
    throw invalidPattern()
  }
}
