import type {Arbitrary} from 'fast-check'
import {asyncDefaultReportMessage, asyncProperty, check, sample} from 'fast-check'

/**
 * Checks a property for many generated values, the same ones in every run.
 *
 * @throws Error with the smallest value found that breaks it, and the seed to find it again
 */
export async function holdsForEvery<Value>(
  values: Arbitrary<Value>,
  expectation: (value: Value) => Promise<void> | void,
  numRuns = 60,
): Promise<void> {
  const outcome = await check(
    asyncProperty(values, async (value) => expectation(value)),
    {seed: 1847, numRuns},
  )
  if (outcome.failed) throw new Error((await asyncDefaultReportMessage(outcome)) ?? 'the property does not hold')
}

/** One generated value, the same in every run. */
export function oneOf<Value>(values: Arbitrary<Value>): Value {
  const [value] = sample(values, {seed: 1847, numRuns: 1})
  if (value === undefined) throw new Error('nothing was generated')
  return value
}
