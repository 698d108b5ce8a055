import type {Action, Listener} from '../../elbv2/listeners.js'
import {listenerCertificates} from '../../elbv2/listeners.js'
import type {Rule} from '../../elbv2/rules.js'
import {conditionValues, describeRules} from '../../elbv2/rules.js'
import type {Elbv2} from '../../elbv2/sdk.js'
import {targetGroupNameOf} from '../load-balancer-text.js'

export interface ListenerSummary {
  readonly arn: string
  readonly protocol: string
  readonly port: number
  /** ARNs, the default one first. */
  readonly certificates: readonly string[]
  /** By priority, the first that fits wins. */
  readonly rules: readonly RuleSummary[]
  /** What happens to requests that no rule takes. */
  readonly defaultActions: readonly ActionSummary[]
}

export interface RuleSummary {
  readonly arn: string
  readonly priority: number
  /** A request meets all of them. */
  readonly conditions: readonly ConditionSummary[]
  readonly actions: readonly ActionSummary[]
}

export interface ConditionSummary {
  /** path-pattern, host-header, http-header, http-request-method, query-string or source-ip. */
  readonly field: string
  /** Of an HTTP header. */
  readonly name: string | undefined
  /** A request has one of them. */
  readonly values: readonly string[]
}

export interface ActionSummary {
  /** forward, redirect, fixed-response, authenticate-oidc … */
  readonly type: string
  /** Of a forward. */
  readonly targetGroups: readonly ForwardTarget[]
  /** Of a redirect, with the placeholders of Elastic Load Balancing. */
  readonly redirectUrl: string | undefined
  /** Of a redirect or fixed response. */
  readonly statusCode: string | undefined
}

export interface ForwardTarget {
  readonly arn: string
  readonly name: string
  /** Among the target groups of one forward. */
  readonly weight: number | undefined
}

/** A listener with its rules. Listeners of network load balancers have none, and are not asked. */
export async function summarizeListener(elbv2: Elbv2, listener: Listener): Promise<ListenerSummary> {
  const {arn, protocol, port, defaultActions} = listener
  const [rules, certificates] = await Promise.all([
    /^HTTPS?$/.test(protocol) ? describeRules(elbv2, arn) : [],
    /^(HTTPS|TLS)$/.test(protocol) ? listenerCertificates(elbv2, arn) : [],
  ])
  return {
    arn,
    protocol,
    port,
    certificates,
    rules: rules.filter(({isDefault}) => !isDefault).map(summarizeRule),
    defaultActions: defaultActions.map(summarizeAction),
  }
}

/** The target groups that requests can go to by these actions. */
export const targetGroupsOf = (actions: readonly ActionSummary[]): readonly ForwardTarget[] =>
  actions.flatMap(({targetGroups}) => targetGroups)

function summarizeRule({arn, priority, conditions, actions}: Rule): RuleSummary {
  return {
    arn,
    priority,
    conditions: conditions.map((condition) => ({
      field: condition.Field ?? '',
      name: condition.HttpHeaderConfig?.HttpHeaderName,
      values: conditionValues(condition),
    })),
    actions: actions.map(summarizeAction),
  }
}

function summarizeAction(action: Action): ActionSummary {
  return {
    type: action.Type ?? '',
    targetGroups: forwardTargetsOf(action),
    redirectUrl: redirectUrlOf(action),
    statusCode: action.RedirectConfig?.StatusCode?.replace('HTTP_', '') ?? action.FixedResponseConfig?.StatusCode,
  }
}

/** ELBv2 answers a single target group in both members, several in `ForwardConfig` only. */
function forwardTargetsOf({TargetGroupArn, ForwardConfig}: Action): ForwardTarget[] {
  const groups = ForwardConfig?.TargetGroups ?? (TargetGroupArn === undefined ? [] : [{TargetGroupArn}])
  return groups.map((group: {TargetGroupArn?: string | undefined; Weight?: number | undefined}) => {
    const arn = group.TargetGroupArn ?? ''
    return {arn, name: targetGroupNameOf(arn), weight: group.Weight}
  })
}

function redirectUrlOf({RedirectConfig}: Action): string | undefined {
  if (RedirectConfig === undefined) return undefined
  const {Protocol = '#{protocol}', Host = '#{host}', Port = '#{port}'} = RedirectConfig
  const {Path = '/#{path}', Query = '#{query}'} = RedirectConfig
  return `${Protocol.toLowerCase()}://${Host}:${Port}${Path}${Query === '' ? '' : `?${Query}`}`
}
