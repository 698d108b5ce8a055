import type {EndpointResponse, TargetEndpoint, TaskRuntime} from '../ports.js'
import {errorAnswer, fixedAnswer} from './answers.js'
import type {RequestFacts} from './conditions.js'
import type {ForwardAction, ListenerRecord, Topology} from './model.js'
import {addressOf} from './model.js'
import type {RedirectTarget} from './redirect.js'
import {redirectTarget} from './redirect.js'
import type {Rotation} from './rotation.js'
import {chooseRule} from './rules.js'

export interface ForwardDecision {
  readonly kind: 'forward'
  readonly endpoint: ReachableEndpoint
  /** Whether the target speaks TLS. */
  readonly secure: boolean
  readonly idleTimeoutMs: number
}

type ReachableEndpoint = Exclude<TargetEndpoint, {kind: 'refused'}>

/** What becomes of a request. */
export type Decision =
  | ForwardDecision
  | {readonly kind: 'answer'; readonly answer: EndpointResponse}
  | {readonly kind: 'redirect'; readonly status: 301 | 302; readonly target: RedirectTarget}

interface RouterOptions {
  readonly topology: Topology
  readonly rotation: Rotation
  readonly connect: TaskRuntime['connect']
}

export type Router = (listener: ListenerRecord, request: RequestFacts) => Decision

/** Decides on requests by the rules of their listener. */
export function createRouter({topology, rotation, connect}: RouterOptions): Router {
  const idleTimeoutMs = ({loadBalancerArn}: ListenerRecord): number => {
    const seconds = topology.loadBalancer(loadBalancerArn)?.attributes['idle_timeout.timeout_seconds']
    return Number(seconds ?? 60) * 1000
  }
  const forward = (listener: ListenerRecord, ruleArn: string, action: ForwardAction): Decision => {
    const groupArn = rotation.nextGroup(ruleArn, action)
    const group = groupArn === undefined ? undefined : topology.targetGroup(groupArn)
    const target = group && rotation.nextTarget(group)
    if (group === undefined || target === undefined) return {kind: 'answer', answer: errorAnswer(503)}
    const endpoint = connect(addressOf(group, target), target.port)
    if (endpoint === undefined || endpoint.kind === 'refused') return {kind: 'answer', answer: errorAnswer(502)}
    return {kind: 'forward', endpoint, secure: group.protocol === 'HTTPS', idleTimeoutMs: idleTimeoutMs(listener)}
  }
  return (listener, request) => {
    const rule = chooseRule(topology.rulesOf(listener.arn), request)
    if (rule === undefined) return {kind: 'answer', answer: errorAnswer(503)}
    const {action} = rule
    if (action.type === 'forward') return forward(listener, rule.arn, action)
    if (action.type === 'fixed-response') return {kind: 'answer', answer: fixedAnswer(action)}
    return {kind: 'redirect', status: action.status, target: redirectTarget(action, request, listener)}
  }
}
