import type {
  RulePriorityPair,
  SetRulePrioritiesCommandInput,
  SetRulePrioritiesCommandOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {SetRulePriorities$} from '@aws-sdk/client-elastic-load-balancing-v2'
import {AwsFault} from '../../aws-fault.js'
import type {RuleRecord} from '../../balancer/model.js'
import type {Scope} from '../../scope.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import type {Elbv2Context} from './context.js'
import {describeRule} from './descriptions.js'
import {invalid, required} from './faults.js'
import {findRule} from './lookups.js'

/** SetRulePriorities: all of the new priorities come into force, or none. */
export function priorityOperation(context: Elbv2Context): Operation {
  return operation<SetRulePrioritiesCommandInput, SetRulePrioritiesCommandOutput>(
    SetRulePriorities$,
    ({RulePriorities}, request) => {
      const wanted = required(RulePriorities, 'rulePriorities').map((pair) => wantedPriority(context, request, pair))
      checkUnique(context, wanted)
      for (const {rule, priority} of wanted) rule.priority = priority
      context.changed()
      return {Rules: wanted.map(({rule}) => describeRule(rule))}
    },
  )
}

interface Wanted {
  readonly rule: RuleRecord
  readonly priority: number
}

function wantedPriority({store}: Elbv2Context, scope: Scope, {RuleArn, Priority}: RulePriorityPair): Wanted {
  const rule = findRule(store, scope, RuleArn)
  const priority = required(Priority, 'rulePriorities.member.priority')
  if (rule.priority === 'default') {
    throw new AwsFault('OperationNotPermitted', `Default rule '${rule.arn}' cannot be modified`)
  }
  return {rule, priority}
}

function checkUnique({store}: Elbv2Context, wanted: readonly Wanted[]): void {
  const moved = wanted.map(({rule}) => rule)
  for (const {rule, priority} of wanted) {
    const rivals = wanted.filter((other) => other.rule.listenerArn === rule.listenerArn && other.priority === priority)
    if (rivals.length > 1) {
      throw invalid(`Priority '${priority}' was provided multiple times`)
    }
    const holder = store.rulesOf(rule.listenerArn).find((other) => other.priority === priority)
    if (holder !== undefined && !moved.includes(holder)) {
      throw new AwsFault('PriorityInUse', `Priority '${priority}' is currently in use`)
    }
  }
}
