import {inParallel} from '../../../aws/batching.js'
import type {AwsClients} from '../../../aws/clients.js'
import {forwardTargets, setDefaultTargetGroup} from '../../../elbv2/listeners.js'
import type {Condition} from '../../../elbv2/rules.js'
import {conditionOf, createForwardRule, hasOnlyCondition} from '../../../elbv2/rules.js'
import {AwsError} from '../../../errors/errors.js'
import {defaultTargetGroupName} from '../../../lib/resource-names.js'
import type {Rule} from '../../../lib/rule-expression.js'
import type {Step} from '../../../plan/step.js'
import {step} from '../../../plan/step.js'
import {describeActions, describeListener} from '../../load-balancer-text.js'
import type {Tags} from '../../tags.js'
import {upperCaseTags} from '../../tags.js'
import type {ListenerWithRules, LoadBalancerState} from './load-balancer.js'

type Aws = Pick<AwsClients, 'elbv2'>
type TrafficNeeds = {readonly loadBalancer: Step<LoadBalancerState>; readonly targetGroup: Step<string>}

/** A listener rule for each condition on each listener: a request that meets one of them goes to the service. */
export function rulesStep(aws: Aws, needs: TrafficNeeds, rules: readonly Rule[], tags: Tags): Step<void> {
  const conditions = rules.map(conditionOf)
  const missing = (state: LoadBalancerState, targetGroup: string | undefined) =>
    state.listeners.map((each) => ({
      listener: each.listener,
      conditions: conditions.filter((condition) => !isForwarded(each, condition, targetGroup)),
    }))
  return step<void, TrafficNeeds>({
    id: 'listener-rules',
    title: 'listener rules',
    needs,
    look: async ({loadBalancer, targetGroup}) => {
      const all = loadBalancer === undefined ? [] : missing(loadBalancer, targetGroup)
      const lines = all.flatMap(({listener, conditions: wanted}) =>
        wanted.map(({field, value}) => `${describeListener(listener)} ${field} ${value}`),
      )
      return lines.length === 0 ? {state: 'present', value: undefined} : {state: 'absent', detail: lines.join(', ')}
    },
    apply: async ({loadBalancer, targetGroup}) => {
      await inParallel(missing(loadBalancer, targetGroup), async ({listener, conditions: wanted}) => {
        // Priorities of one listener are given one after another.
        for (const condition of wanted) {
          await createForwardRule(aws.elbv2, {
            listenerArn: listener.arn,
            condition,
            targetGroupArn: targetGroup,
            tags: upperCaseTags(tags),
          })
        }
      })
    },
  })
}

/** @throws AwsError RULE_TAKEN when the condition is there already and leads somewhere else */
function isForwarded(
  {listener, rules}: ListenerWithRules,
  condition: Condition,
  targetGroup: string | undefined,
): boolean {
  const rule = rules.find((each) => !each.isDefault && hasOnlyCondition(each, condition))
  if (rule === undefined) return false
  const targets = forwardTargets(rule.actions)
  if (targetGroup !== undefined && targets.length === 1 && targets[0] === targetGroup) return true
  throw new AwsError(
    'RULE_TAKEN',
    `${describeListener(listener)} has a rule ${condition.field} ${condition.value} that does: ${describeActions(rule.actions)}`,
    {details: {ruleArn: rule.arn}, hints: ['use another --rule, or destroy the service that has this one']},
  )
}

/** Every request that no rule takes goes to the service, on listeners whose default action is free. */
export function defaultActionStep(aws: Aws, needs: TrafficNeeds, replaceDefault: boolean): Step<void> {
  return step<void, TrafficNeeds>({
    id: 'default-action',
    title: 'default action',
    needs,
    look: async ({loadBalancer, targetGroup}) => {
      if (loadBalancer === undefined) return {state: 'absent'}
      const others = listenersToChange(loadBalancer, targetGroup)
      const foreign = others.filter((each) => !isFree(each, loadBalancer))
      if (foreign.length > 0 && !replaceDefault) throw takenError(foreign, loadBalancer)
      if (others.length === 0) return {state: 'present', value: undefined}
      const detail = others
        .map(({listener}) => `${describeListener(listener)} instead of: ${describeActions(listener.defaultActions)}`)
        .join(', ')
      return {state: 'differs', value: undefined, detail}
    },
    apply: async ({loadBalancer, targetGroup}) => {
      await inParallel(listenersToChange(loadBalancer, targetGroup), ({listener}) =>
        setDefaultTargetGroup(aws.elbv2, listener.arn, targetGroup),
      )
    },
  })
}

const listenersToChange = ({listeners}: LoadBalancerState, targetGroup: string | undefined) =>
  listeners.filter(({listener: {defaultActions}}) => {
    const targets = forwardTargets(defaultActions)
    return targetGroup === undefined || targets.length !== 1 || targets[0] !== targetGroup
  })

/** Free is the empty target group that `lb create` puts there. */
function isFree({listener}: ListenerWithRules, {loadBalancer}: LoadBalancerState): boolean {
  const targets = forwardTargets(listener.defaultActions)
  return targets.length === 1 && isDefaultTargetGroup(targets[0] ?? '', loadBalancer.name)
}

/** The name of a load balancer's default target group stands in its ARN. */
const isDefaultTargetGroup = (arn: string, loadBalancer: string): boolean =>
  arn.includes(`:targetgroup/${defaultTargetGroupName(loadBalancer)}/`)

function takenError(foreign: readonly ListenerWithRules[], {loadBalancer}: LoadBalancerState): AwsError {
  const lines = foreign.map(
    ({listener}) => `${describeListener(listener)} does: ${describeActions(listener.defaultActions)}`,
  )
  return new AwsError(
    'DEFAULT_ACTION_TAKEN',
    `the default action of load balancer ${loadBalancer.name} belongs to somebody else: ${lines.join('; ')}`,
    {
      hints: [
        'take only some requests: --rule path=/api/* or --rule host=api.example.com',
        'take over the default action: --replace-default',
      ],
    },
  )
}
