/**
 * What a grammar makes of a text. `problem` names the wrong value and the rule, starts in lower case and has no final
 * period, so that it can follow a colon.
 */
export type Parsed<T> = {readonly ok: true; readonly value: T} | {readonly ok: false; readonly problem: string}

/** A text that follows its grammar. */
export function valid<T>(value: T): Parsed<T> {
  return {ok: true, value}
}

/** A text that breaks its grammar. */
export function invalid(problem: string): Parsed<never> {
  return {ok: false, problem}
}

/** The result for a value that a rule has looked at: `problem` is `undefined` when the rule is kept. */
export function checked<T>(value: T, problem: string | undefined): Parsed<T> {
  return problem === undefined ? valid(value) : invalid(problem)
}

/** Parses every text. All problems are told at once, so that a user mends them in one go. */
export function parseEach<T>(texts: readonly string[], parse: (text: string) => Parsed<T>): Parsed<T[]> {
  const values: T[] = []
  const problems = new Set<string>()
  for (const text of texts) {
    const parsed = parse(text)
    if (parsed.ok) values.push(parsed.value)
    else problems.add(parsed.problem)
  }
  return problems.size === 0 ? valid(values) : invalid([...problems].join('; '))
}

/** The first value that occurs again, as `key` sees it. */
export function firstRepeated<T>(values: readonly T[], key: (value: T) => unknown): T | undefined {
  const seen = new Set<unknown>()
  for (const value of values) {
    const identity = key(value)
    if (seen.has(identity)) return value
    seen.add(identity)
  }
  return undefined
}
