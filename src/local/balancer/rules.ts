import type {RequestFacts} from './conditions.js'
import {conditionHolds} from './conditions.js'
import type {RuleRecord} from './model.js'

/**
 * The first rule whose conditions all hold. The default rule has none, so it always ends the search.
 *
 * @param rules in the order of their priority, the default rule last
 */
export const chooseRule = (rules: readonly RuleRecord[], request: RequestFacts): RuleRecord | undefined =>
  rules.find(({conditions}) => conditions.every((condition) => conditionHolds(condition, request)))
