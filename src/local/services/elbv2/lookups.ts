import {AwsFault} from '../../aws-fault.js'
import type {ListenerRecord, LoadBalancerRecord, RuleRecord, TargetGroupRecord} from '../../balancer/model.js'
import type {Scope} from '../../scope.js'
import {invalid, required} from './faults.js'
import type {ArnKind} from './identifiers.js'
import {kindOfArn, wordsFor} from './identifiers.js'
import type {Elbv2Store} from './store.js'

const NOT_FOUND: Readonly<Record<ArnKind, string>> = {
  loadbalancer: 'LoadBalancerNotFound',
  targetgroup: 'TargetGroupNotFound',
  listener: 'ListenerNotFound',
  'listener-rule': 'RuleNotFound',
}

export function checkArn(arn: string, kind: ArnKind): string {
  if (kindOfArn(arn) !== kind) throw invalid(`'${arn}' is not a valid ${wordsFor(kind)} ARN`)
  return arn
}

/** The fault for one named resource that is not there. */
export function notFound(kind: ArnKind, arn: string): AwsFault {
  const words = wordsFor(kind)
  return new AwsFault(NOT_FOUND[kind], `${words.charAt(0).toUpperCase()}${words.slice(1)} '${arn}' not found`)
}

/** The fault of a Describe call that names resources of which some are not there. */
export const someNotFound = (kind: ArnKind): AwsFault =>
  new AwsFault(NOT_FOUND[kind], `One or more ${kind === 'listener-rule' ? 'rule' : wordsFor(kind)}s not found`)

function find<Value>(
  records: ReadonlyMap<string, Value>,
  kind: ArnKind,
  member: string,
  arn: string | undefined,
): Value {
  const wanted = checkArn(required(arn, member), kind)
  const found = records.get(wanted)
  if (found === undefined) throw notFound(kind, wanted)
  return found
}

export const findLoadBalancer = (store: Elbv2Store, scope: Scope, arn: string | undefined): LoadBalancerRecord =>
  find(store.of(scope).loadBalancers, 'loadbalancer', 'loadBalancerArn', arn)

export const findListener = (store: Elbv2Store, scope: Scope, arn: string | undefined): ListenerRecord =>
  find(store.of(scope).listeners, 'listener', 'listenerArn', arn)

export const findTargetGroup = (store: Elbv2Store, scope: Scope, arn: string | undefined): TargetGroupRecord =>
  find(store.of(scope).targetGroups, 'targetgroup', 'targetGroupArn', arn)

export const findRule = (store: Elbv2Store, scope: Scope, arn: string | undefined): RuleRecord =>
  find(store.of(scope).rules, 'listener-rule', 'ruleArn', arn)

/** Picks the records that a Describe call names by ARN, in the order of the call. */
export function pick<Value>(records: ReadonlyMap<string, Value>, kind: ArnKind, arns: readonly string[]): Value[] {
  return arns.map((arn) => {
    const found = records.get(checkArn(arn, kind))
    if (found === undefined) throw someNotFound(kind)
    return found
  })
}
