import type {
  CreateRuleCommandInput,
  CreateRuleCommandOutput,
  DeleteRuleCommandInput,
  DeleteRuleCommandOutput,
  DescribeRulesCommandInput,
  DescribeRulesCommandOutput,
  ModifyRuleCommandInput,
  ModifyRuleCommandOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {CreateRule$, DeleteRule$, DescribeRules$, ModifyRule$} from '@aws-sdk/client-elastic-load-balancing-v2'
import {AwsFault} from '../../aws-fault.js'
import type {ListenerRecord, RuleRecord} from '../../balancer/model.js'
import type {Scope} from '../../scope.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {actionFrom} from './actions.js'
import {checkConditions} from './condition-limits.js'
import {conditionFrom} from './condition-shapes.js'
import type {Elbv2Context} from './context.js'
import {describeRule} from './descriptions.js'
import {invalid, notEmulated, required} from './faults.js'
import {checkAction} from './forward-checks.js'
import {newRuleArn} from './identifiers.js'
import {findListener, findLoadBalancer, findRule, pick} from './lookups.js'
import {checkSelection, pageOf} from './paging.js'
import {priorityOperation} from './rule-priorities.js'
import {tagsFrom} from './tags.js'

/** Per load balancer; default rules do not count. */
const MOST_RULES = 100

export function ruleOperations(context: Elbv2Context): Operation[] {
  const {store} = context
  return [
    operation<CreateRuleCommandInput, CreateRuleCommandOutput>(CreateRule$, (input, request) => ({
      Rules: [describeRule(createRule(context, request, input))],
    })),
    operation<DescribeRulesCommandInput, DescribeRulesCommandOutput>(DescribeRules$, (input, request) => {
      const {page, ...more} = pageOf(select(context, request, input), ({arn}) => arn, input)
      return {Rules: page.map(describeRule), ...more}
    }),
    operation<ModifyRuleCommandInput, ModifyRuleCommandOutput>(ModifyRule$, (input, request) => ({
      Rules: [describeRule(modifyRule(context, request, input))],
    })),
    operation<DeleteRuleCommandInput, DeleteRuleCommandOutput>(DeleteRule$, ({RuleArn}, request) => {
      const {arn, priority} = findRule(store, request, RuleArn)
      if (priority === 'default') {
        throw new AwsFault('OperationNotPermitted', `Default rule '${arn}' cannot be deleted`)
      }
      store.of(request).rules.delete(arn)
      store.of(request).tags.delete(arn)
      context.changed()
      return {}
    }),
    priorityOperation(context),
  ]
}

function createRule({store, random, changed}: Elbv2Context, scope: Scope, input: CreateRuleCommandInput): RuleRecord {
  const listener = findListener(store, scope, input.ListenerArn)
  const priority = required(input.Priority, 'priority')
  if (input.Transforms !== undefined && input.Transforms.length > 0) throw notEmulated('a transform of requests')
  const conditions = required(input.Conditions, 'conditions').map(conditionFrom)
  checkConditions(conditions)
  const action = actionFrom(input.Actions, 'actions')
  checkRoom(store, scope, listener)
  if (store.rulesOf(listener.arn).some((rule) => rule.priority === priority)) {
    throw new AwsFault('PriorityInUse', `Priority '${priority}' is currently in use`)
  }
  const loadBalancer = findLoadBalancer(store, scope, listener.loadBalancerArn)
  checkAction(store, scope, {loadBalancer, protocol: listener.protocol, action})
  const tags = tagsFrom(input.Tags)

  const arn = newRuleArn(listener.arn, random)
  const rule: RuleRecord = {arn, listenerArn: listener.arn, priority, conditions, action}
  store.of(scope).rules.set(arn, rule)
  store.of(scope).tags.set(arn, tags)
  changed()
  return rule
}

function checkRoom(store: Elbv2Context['store'], scope: Scope, {loadBalancerArn, protocol}: ListenerRecord): void {
  if (protocol !== 'HTTP' && protocol !== 'HTTPS') {
    throw new AwsFault('UnsupportedProtocol', `Rules are not supported for ${protocol} listeners`)
  }
  const rules = store.listenersOf(loadBalancerArn).flatMap(({arn}) => store.rulesOf(arn))
  if (rules.filter(({priority}) => priority !== 'default').length < MOST_RULES) return
  const {name} = findLoadBalancer(store, scope, loadBalancerArn)
  throw new AwsFault('TooManyRules', `The load balancer '${name}' can only have '${MOST_RULES}' rules`)
}

function modifyRule({store, changed}: Elbv2Context, scope: Scope, input: ModifyRuleCommandInput): RuleRecord {
  const rule = findRule(store, scope, input.RuleArn)
  if (rule.priority === 'default') {
    throw new AwsFault('OperationNotPermitted', `Default rule '${rule.arn}' cannot be modified`)
  }
  if (input.Transforms !== undefined && input.Transforms.length > 0) throw notEmulated('a transform of requests')
  if (input.Conditions === undefined && input.Actions === undefined && !input.ResetTransforms) {
    throw invalid('Either conditions or actions must be specified')
  }
  const conditions = input.Conditions?.map(conditionFrom) ?? rule.conditions
  checkConditions(conditions)
  const action = input.Actions === undefined ? rule.action : actionFrom(input.Actions, 'actions')
  const listener = findListener(store, scope, rule.listenerArn)
  const loadBalancer = findLoadBalancer(store, scope, listener.loadBalancerArn)
  checkAction(store, scope, {loadBalancer, protocol: listener.protocol, action})
  rule.conditions = conditions
  rule.action = action
  changed()
  return rule
}

function select(
  {store}: Elbv2Context,
  scope: Scope,
  {ListenerArn, RuleArns = []}: DescribeRulesCommandInput,
): readonly RuleRecord[] {
  checkSelection(RuleArns)
  if (ListenerArn !== undefined && RuleArns.length > 0) {
    throw invalid('Listener rule ARNs and a listener ARN cannot be specified at the same time')
  }
  if (ListenerArn !== undefined) return store.rulesOf(findListener(store, scope, ListenerArn).arn)
  if (RuleArns.length === 0) throw invalid('You must specify either listener rule ARNs or a listener ARN')
  return pick(store.of(scope).rules, 'listener-rule', RuleArns)
}
