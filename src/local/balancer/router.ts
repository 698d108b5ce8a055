import type {EndpointResponse, TargetEndpoint, TaskRuntime} from '../task-runtime.js'
import {errorAnswer, fixedAnswer} from './answers.js'
import type {RequestFacts} from './conditions.js'
import type {ForwardAction, ListenerRecord, TargetGroupRecord, TargetRecord, Topology} from './model.js'
import {addressOf} from './model.js'
import type {RedirectTarget} from './redirect.js'
import {redirectTarget} from './redirect.js'
import type {Rotation} from './rotation.js'
import {inService} from './rotation.js'
import {chooseRule} from './rules.js'
import type {RoutingSettings} from './settings.js'
import {routingSettings} from './settings.js'
import {attachedGroup, attachedTarget, stickyCookies} from './stickiness.js'
import type {TargetKey, TargetPool} from './target-pool.js'

export interface ForwardDecision {
  readonly kind: 'forward'
  readonly endpoint: ReachableEndpoint
  readonly target: TargetKey
  /** Whether the target speaks TLS. */
  readonly secure: boolean
  /** Whether the target wants to be told of the client in the PROXY protocol. */
  readonly proxyProtocol: boolean
  readonly settings: RoutingSettings
  /** The Set-Cookie headers that keep the client with its target, given those of the target's answer. */
  cookies(setByTarget: readonly string[]): readonly string[]
}

type ReachableEndpoint = Exclude<TargetEndpoint, {kind: 'refused'}>

/** What becomes of a request. */
export type Decision =
  | ForwardDecision
  | {readonly kind: 'answer'; readonly answer: EndpointResponse}
  | {readonly kind: 'redirect'; readonly status: 301 | 302; readonly target: RedirectTarget}
  /** The target's address leads nowhere: no answer comes until the load balancer gives up. */
  | {readonly kind: 'lost'}

interface RouterOptions {
  readonly topology: Topology
  readonly rotation: Rotation
  readonly pool: TargetPool
  readonly now: () => number
  readonly random: () => number
  readonly connect: TaskRuntime['connect']
}

export type Router = (listener: ListenerRecord, request: RequestFacts) => Decision

interface Choice {
  readonly action: ForwardAction
  readonly group: TargetGroupRecord
  readonly target: TargetRecord
}

/** Decides on requests by the rules of their listener. */
export function createRouter(options: RouterOptions): Router {
  return (listener, request) => {
    const rule = chooseRule(options.topology.rulesOf(listener.arn), request)
    if (rule === undefined) return {kind: 'answer', answer: errorAnswer(503)}
    const {action} = rule
    if (action.type === 'fixed-response') return {kind: 'answer', answer: fixedAnswer(action)}
    if (action.type === 'redirect') {
      return {kind: 'redirect', status: action.status, target: redirectTarget(action, request, listener)}
    }
    const choice = choose(options, rule.arn, action, request)
    if (choice === undefined) return {kind: 'answer', answer: errorAnswer(503)}
    return forward(options, listener, choice)
  }
}

function choose(
  {topology, rotation, pool, now, random}: RouterOptions,
  ruleArn: string,
  action: ForwardAction,
  {headers, sourceIp}: RequestFacts,
): Choice | undefined {
  const attached = attachedGroup(action, headers, now())
  const known = action.targetGroups.some(({arn}) => arn === attached)
  const groupArn = known ? attached : rotation.nextGroup(ruleArn, action)
  const group = groupArn === undefined ? undefined : topology.targetGroup(groupArn)
  if (group === undefined) return undefined
  const stuck = attachedTarget(group, headers, now())
  const outstanding = ({id, port}: TargetRecord) => pool.outstanding({groupArn: group.arn, id, port})
  const target =
    inService(group.targets).find(({id, port}) => id === stuck?.id && port === stuck.port) ??
    rotation.nextTarget(group, {outstanding, random, sourceIp})
  return target && {action, group, target}
}

function forward({topology, now, connect}: RouterOptions, listener: ListenerRecord, choice: Choice): Decision {
  const {group, target} = choice
  const endpoint = connect(addressOf(group, target), target.port)
  if (endpoint === undefined) return {kind: 'lost'}
  if (endpoint.kind === 'refused') return {kind: 'answer', answer: errorAnswer(502)}
  const {id, port} = target
  return {
    kind: 'forward',
    endpoint,
    target: {groupArn: group.arn, id, port},
    secure: group.protocol === 'HTTPS' || group.protocol === 'TLS',
    proxyProtocol: group.attributes['proxy_protocol_v2.enabled'] === 'true',
    settings: routingSettings(topology.loadBalancer(listener.loadBalancerArn) ?? {attributes: {}}),
    cookies: (setByTarget) =>
      stickyCookies({...choice, secure: listener.protocol === 'HTTPS', now: now(), setByTarget}),
  }
}
