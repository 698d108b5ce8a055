import type {Action, RuleCondition, Rule as SdkRule} from '@aws-sdk/client-elastic-load-balancing-v2'
import {absentOn, isAwsError} from '../aws/errors.js'
import {collect} from '../aws/paging.js'
import type {Rule as RuleExpression} from '../lib/rule-expression.js'
import {forwardTargets} from './listeners.js'
import type {Elbv2} from './sdk.js'

export interface Rule {
  readonly arn: string
  readonly isDefault: boolean
  /** 1 to 50000, 0 for the default rule. Lower numbers are tried first. */
  readonly priority: number
  readonly conditions: readonly RuleCondition[]
  readonly actions: readonly Action[]
}

/** The condition of a rule that this program makes: one path or host pattern. */
export interface Condition {
  readonly field: 'path-pattern' | 'host-header'
  readonly value: string
}

/** The rules of a listener by priority, its default rule last; none when the listener does not exist. */
export async function describeRules(elbv2: Elbv2, listenerArn: string): Promise<Rule[]> {
  const rules = collect(
    (Marker) => elbv2('DescribeRules', {ListenerArn: listenerArn, ...(Marker && {Marker})}),
    (page) => page.NextMarker,
    (page) => page.Rules,
  )
  const found = (await absentOn(rules, 'ListenerNotFoundException')) ?? []
  return found.map(narrow).sort((one, other) => order(one) - order(other))
}

const highestPriority = 50_000
const order = (rule: Rule): number => (rule.isDefault ? highestPriority + 1 : rule.priority)

/** The condition that a rule expression stands for. */
export const conditionOf = ({type, value}: RuleExpression): Condition => ({
  field: type === 'host' ? 'host-header' : 'path-pattern',
  value,
})

/** Whether a rule has exactly this condition and no other. */
export function hasOnlyCondition(rule: Rule, {field, value}: Condition): boolean {
  const [only, ...others] = rule.conditions
  if (only === undefined || others.length > 0 || only.Field !== field) return false
  const values = conditionValues(only).join()
  // Hosts are compared without case.
  return field === 'host-header' ? values.toLowerCase() === value.toLowerCase() : values === value
}

/** The values of a condition, in whichever member ELBv2 puts them. */
export function conditionValues(condition: RuleCondition): string[] {
  const values =
    condition.HostHeaderConfig?.Values ??
    condition.PathPatternConfig?.Values ??
    condition.HttpHeaderConfig?.Values ??
    condition.HttpRequestMethodConfig?.Values ??
    condition.SourceIpConfig?.Values ??
    condition.QueryStringConfig?.Values?.map(({Key, Value}) => (Key === undefined ? `${Value}` : `${Key}=${Value}`)) ??
    condition.Values ??
    []
  return values
}

/**
 * Ten above the highest priority of a listener, as its services were numbered from the beginning; where somebody put a
 * rule at the very end, the last free one.
 */
export function nextPriority(rules: readonly Rule[]): number {
  const taken = new Set(rules.map(({priority}) => priority))
  const next = Math.max(0, ...taken) + 10
  if (next <= highestPriority) return next
  let free = highestPriority
  while (taken.has(free)) free -= 1
  return free
}

const createAttempts = 5

/**
 * Creates a rule that forwards to a target group, behind the rules that are there. Priorities are read and then
 * written, so another command can take one in between: the next is tried then, unless the other command has made
 * this very rule.
 */
export async function createForwardRule(
  elbv2: Elbv2,
  rule: {
    readonly listenerArn: string
    readonly condition: Condition
    readonly targetGroupArn: string
    readonly tags: {Key: string; Value: string}[]
  },
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const rules = await describeRules(elbv2, rule.listenerArn)
    if (rules.some((each) => !each.isDefault && hasOnlyCondition(each, rule.condition) && leadsTo(each, rule))) return
    try {
      await elbv2('CreateRule', {
        ListenerArn: rule.listenerArn,
        Priority: nextPriority(rules),
        Conditions: [{Field: rule.condition.field, Values: [rule.condition.value]}],
        Actions: [{Type: 'forward', TargetGroupArn: rule.targetGroupArn}],
        Tags: rule.tags,
      })
      return
    } catch (error) {
      if (!isAwsError(error, 'PriorityInUseException') || attempt === createAttempts) throw error
    }
  }
}

function leadsTo({actions}: Rule, {targetGroupArn}: {readonly targetGroupArn: string}): boolean {
  const targets = forwardTargets(actions)
  return targets.length === 1 && targets[0] === targetGroupArn
}

/** Deletes a rule; an absent one is no error. */
export async function deleteRule(elbv2: Elbv2, arn: string): Promise<void> {
  await absentOn(elbv2('DeleteRule', {RuleArn: arn}), 'RuleNotFoundException')
}

function narrow(rule: SdkRule): Rule {
  return {
    arn: rule.RuleArn ?? '',
    isDefault: rule.IsDefault ?? false,
    priority: Number(rule.Priority === 'default' ? 0 : (rule.Priority ?? 0)),
    conditions: rule.Conditions ?? [],
    actions: rule.Actions ?? [],
  }
}
