import type {ProcessError} from '../process/runner.js'

/** A cause that a program's own words give away. The first entry of a table that matches wins. */
export interface Diagnosis {
  readonly pattern: RegExp
  /** What is wrong, without a final period. */
  readonly cause: string
  readonly hints: readonly string[]
}

/**
 * Says why a program failed.
 *
 * @param what the failure in one line: `Cannot push x`
 * @param lines what the program said last, shown below; searched for the causes
 */
export function explainFailure(
  what: string,
  failure: ProcessError,
  {causes, lines}: {readonly causes: readonly Diagnosis[]; readonly lines: readonly string[]},
): {readonly message: string; readonly hints: readonly string[]} {
  const said = lines.filter((line) => line.trim() !== '')
  const found = causes.find(({pattern}) => pattern.test(said.join('\n')))
  const cause = found?.cause ?? (failure.reason === 'killed' ? `${failure.command[0]} was killed` : undefined)
  const headline = cause === undefined ? what : `${what}: ${cause}`
  return {message: [headline, ...said.slice(-10).map((line) => `  ${line}`)].join('\n'), hints: found?.hints ?? []}
}
