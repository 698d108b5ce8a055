import type {Arbitrary} from 'fast-check'
import {check, defaultReportMessage, property} from 'fast-check'

/**
 * Checks a property for many generated values, the same ones in every run.
 *
 * @throws Error with the smallest value found that breaks it
 */
export function holdsFor<T>(values: Arbitrary<T>, expectation: (value: T) => void): void {
  const outcome = check(property(values, expectation), {seed: 5309, numRuns: 300})
  if (outcome.failed) throw new Error(defaultReportMessage(outcome) ?? 'the property does not hold')
}
