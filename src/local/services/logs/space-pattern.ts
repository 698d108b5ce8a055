import {invalidPattern} from './faults.js'
import {parseCondition} from './json-pattern.js'

/** Any number of fields. */
const ELLIPSIS = '...'

/** A value in brackets or double quotes is one field of a message, whatever is in it. */
const fieldPattern = /\[([^\]]*)\]|"([^"]*)"|(\S+)/g

/**
 * The filter of a pattern for messages whose fields have spaces between them, such as `[ip, ..., status = 4*, bytes]`.
 * Each name is a field, in order; a message with another number of fields does not match. Conditions are those of JSON
 * patterns, on the field's own name: `=`, `!=`, `<`, `<=`, `>`, `>=`, joined by `&&` and `||`.
 *
 * @throws AwsFault InvalidParameterException for a malformed pattern.
 */
export function parseSpacePattern(pattern: string): (message: string) => boolean {
  if (!pattern.endsWith(']')) throw invalidPattern()
  const parts = pattern
    .slice(1, -1)
    .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .map((part) => part.trim())
  const names = parts.map(nameOf)
  if (names.filter((name) => name === ELLIPSIS).length > 1) throw invalidPattern()
  const conditions = parts.filter((part) => /[=<>]/.test(part)).map(conditionOf)
  return (message) => {
    const document = documentOf(names, message)
    return document !== undefined && conditions.every((condition) => condition(document))
  }
}

function nameOf(part: string): string {
  if (part === ELLIPSIS) return ELLIPSIS
  const name = /^\(?\s*([\w-]+)/.exec(part)?.[1]
  if (name === undefined) throw invalidPattern()
  return name
}

/** The names of fields become selectors; what is in quotes stays as it is. */
const conditionOf = (part: string): ((document: unknown) => boolean) =>
  parseCondition(
    part.replaceAll(/"(?:\\.|[^"\\])*"|([\w-]+)(?=\s*(?:!=|[=<>]))/g, (text, name?: string) =>
      name === undefined ? text : `$.${name}`,
    ),
  )

/** The fields of a message by name; undefined where there are too many or too few. */
function documentOf(names: readonly string[], message: string): Record<string, string | number> | undefined {
  const fields = [...message.matchAll(fieldPattern)].map(([, list, quoted, word]) => list ?? quoted ?? word ?? '')
  const gap = names.indexOf(ELLIPSIS)
  if (gap === -1 ? fields.length !== names.length : fields.length < names.length - 1) return undefined
  const behind = gap === -1 ? 0 : names.length - gap - 1
  const [first, last] = gap === -1 ? [names, []] : [names.slice(0, gap), names.slice(gap + 1)]
  const entries = [
    ...first.map((name, index) => [name, fields[index]] as const),
    ...last.map((name, index) => [name, fields[fields.length - behind + index]] as const),
  ]
  return Object.fromEntries(entries.map(([name, value = '']) => [name, fieldValue(value)]))
}

const fieldValue = (text: string): string | number => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text)
