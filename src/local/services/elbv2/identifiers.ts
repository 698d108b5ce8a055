import type {LoadBalancerType} from '../../balancer/model.js'
import type {Scope} from '../../scope.js'
import {regionalArn} from '../../scope.js'

type Random = () => number

const digits = (random: Random, count: number, radix: number): string =>
  Array.from({length: count}, () => Math.floor(random() * radix).toString(radix)).join('')

const hexId = (random: Random): string => digits(random, 16, 16)

const arn = (scope: Scope, resource: string): string => regionalArn('elasticloadbalancing', scope, resource)

export const newLoadBalancerArn = (scope: Scope, type: LoadBalancerType, name: string, random: Random): string =>
  arn(scope, `loadbalancer/${type === 'application' ? 'app' : 'net'}/${name}/${hexId(random)}`)

export const newTargetGroupArn = (scope: Scope, name: string, random: Random): string =>
  arn(scope, `targetgroup/${name}/${hexId(random)}`)

export const newListenerArn = (loadBalancerArn: string, random: Random): string =>
  `${loadBalancerArn.replace(':loadbalancer/', ':listener/')}/${hexId(random)}`

export const newRuleArn = (listenerArn: string, random: Random): string =>
  `${listenerArn.replace(':listener/', ':listener-rule/')}/${hexId(random)}`

/** How network interfaces name their load balancer, for instance `ELB app/web/50dc6c495c0c9188`. */
export const interfaceDescription = (loadBalancerArn: string): string =>
  `ELB ${loadBalancerArn.slice(loadBalancerArn.indexOf(':loadbalancer/') + ':loadbalancer/'.length)}`

/**
 * The DNS name of a load balancer. It has AWS's shape, but ends in `localhost`, so that nobody takes it for a name
 * that the internet resolves.
 */
export function newDnsName(name: string, scheme: string, {region}: Scope, random: Random): string {
  const prefix = scheme === 'internal' ? 'internal-' : ''
  const number = 100_000_000 + Math.floor(random() * 2_000_000_000)
  return `${prefix}${name}-${number}.${region}.elb.localhost`
}

const ARN_KINDS = {
  loadbalancer: 'load balancer',
  targetgroup: 'target group',
  listener: 'listener',
  'listener-rule': 'listener rule',
} as const

export type ArnKind = keyof typeof ARN_KINDS

/** AWS's words for a kind of resource. */
export const wordsFor = (kind: ArnKind): string => ARN_KINDS[kind]

/** Which kind of resource an ARN names; undefined when it is not one of Elastic Load Balancing's ARNs. */
export function kindOfArn(text: string): ArnKind | undefined {
  const kind = /^arn:[\w-]+:elasticloadbalancing:[\w-]+:\d{12}:([a-z-]+)\/.+/.exec(text)?.[1]
  return kind !== undefined && kind in ARN_KINDS ? (kind as ArnKind) : undefined
}
