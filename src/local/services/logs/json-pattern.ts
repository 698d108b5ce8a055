import {invalidPattern} from './faults.js'

type Condition = (document: unknown) => boolean

/** The words of a pattern: brackets, operators, selectors, quoted and bare values. */
const wordPattern =
  /\s*(\(|\)|&&|\|\||!=|<=|>=|=|<|>|\$(?:\.[\w-]+|\[\d+\]|\['[^']+'\])+|"(?:\\.|[^"\\])*"|[^\s()&|=<>!"{}]+)/y

const comparisons = ['=', '!=', '<', '<=', '>', '>='] as const

type Comparison = (typeof comparisons)[number]

/**
 * The filter of a JSON pattern such as `{$.level = "error" && ($.status >= 500 || $.retry IS TRUE)}`. A message that
 * is no JSON object never matches, nor does a comparison with a field that is not there.
 *
 * @throws AwsFault InvalidParameterException for a malformed pattern.
 */
export function parseJsonPattern(pattern: string): (message: string) => boolean {
  if (!pattern.endsWith('}')) throw invalidPattern()
  const condition = parseCondition(pattern.slice(1, -1))
  return (message) => {
    const document = parseDocument(message)
    return document !== undefined && condition(document)
  }
}

/** The condition inside the brackets of a pattern. @throws AwsFault InvalidParameterException */
export function parseCondition(text: string): Condition {
  const words = new Words(text)
  const condition = anyOf(words)
  if (words.next !== undefined) throw invalidPattern()
  return condition
}

/** Reads a pattern word by word. */
class Words {
  readonly #words: string[] = []

  constructor(text: string) {
    const trimmed = text.trimEnd()
    wordPattern.lastIndex = 0
    while (wordPattern.lastIndex < trimmed.length) {
      const word = wordPattern.exec(trimmed)?.[1]
      if (word === undefined) throw invalidPattern()
      this.#words.push(word)
    }
  }

  get next(): string | undefined {
    return this.#words[0]
  }

  take(): string {
    const word = this.#words.shift()
    if (word === undefined) throw invalidPattern()
    return word
  }

  takeIf(word: string): boolean {
    if (this.next?.toUpperCase() !== word) return false
    this.#words.shift()
    return true
  }
}

function anyOf(words: Words): Condition {
  const conditions = [allOf(words)]
  while (words.takeIf('||')) conditions.push(allOf(words))
  return (document) => conditions.some((condition) => condition(document))
}

function allOf(words: Words): Condition {
  const conditions = [single(words)]
  while (words.takeIf('&&')) conditions.push(single(words))
  return (document) => conditions.every((condition) => condition(document))
}

function single(words: Words): Condition {
  if (words.takeIf('(')) {
    const condition = anyOf(words)
    if (!words.takeIf(')')) throw invalidPattern()
    return condition
  }
  const select = selector(words.take())
  if (words.takeIf('NOT')) {
    if (!words.takeIf('EXISTS')) throw invalidPattern()
    return (document) => select(document) === undefined
  }
  if (words.takeIf('IS')) return literal(words.take(), select)
  const operator = comparisons.find((candidate) => candidate === words.next)
  if (operator === undefined) throw invalidPattern()
  words.take()
  return comparison(select, operator, words.take())
}

function selector(word: string): (document: unknown) => unknown {
  if (!word.startsWith('$')) throw invalidPattern()
  const keys = [...word.matchAll(/\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]/g)].map(
    ([, name, index, quoted]) => name ?? index ?? quoted ?? '',
  )
  return (document) => keys.reduce<unknown>(member, document)
}

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined

function literal(word: string, select: (document: unknown) => unknown): Condition {
  const values = new Map<string, unknown>([
    ['NULL', null],
    ['TRUE', true],
    ['FALSE', false],
  ])
  const name = word.toUpperCase()
  if (!values.has(name)) throw invalidPattern()
  return (document) => select(document) === values.get(name)
}

function comparison(select: (document: unknown) => unknown, operator: Comparison, word: string): Condition {
  const text = word.startsWith('"') ? word.slice(1, -1).replaceAll(/\\(.)/g, '$1') : word
  if (operator === '=' || operator === '!=') {
    const isEqual = equality(text)
    return (document) => {
      const value = select(document)
      return value !== undefined && isEqual(value) === (operator === '=')
    }
  }
  const number = Number(text)
  if (text === '' || Number.isNaN(number)) throw invalidPattern()
  return (document) => {
    const value = select(document)
    return typeof value === 'number' && holds(value, operator, number)
  }
}

/** Numbers are equal by value, texts by their characters, where `*` stands for any of them. */
function equality(text: string): (value: unknown) => boolean {
  const number = text === '' ? Number.NaN : Number(text)
  const parts = text.split('*').map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&'))
  const expression = new RegExp(`^${parts.join('[\\s\\S]*')}$`)
  return (value) => {
    if (typeof value === 'number' && !Number.isNaN(number)) return value === number
    return (typeof value === 'string' || typeof value === 'number') && expression.test(String(value))
  }
}

function holds(value: number, operator: Exclude<Comparison, '=' | '!='>, other: number): boolean {
  if (operator === '<') return value < other
  if (operator === '<=') return value <= other
  return operator === '>' ? value > other : value >= other
}

/** Undefined for a message that is no JSON document; such messages are everyday in a log. */
function parseDocument(message: string): unknown {
  if (!/^\s*[{[]/.test(message)) return undefined
  try {
    return JSON.parse(message)
  } catch {
    return undefined
  }
}
