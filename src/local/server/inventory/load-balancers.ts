import type {Balancer} from '../../balancer/balancer.js'
import type {LoadBalancerRecord, TargetGroupRecord, Topology} from '../../balancer/model.js'
import {targetGroupsOf} from '../../balancer/model.js'
import type {Scope} from '../../scope.js'

export interface LoadBalancerSummary extends Scope {
  readonly arn: string
  readonly name: string
  readonly type: string
  readonly state: string
  readonly dnsName: string
  readonly listeners: readonly {
    readonly port: number
    readonly protocol: string
    /** Where it is reached on this machine; absent until it listens. */
    readonly url?: string
  }[]
}

export interface TargetGroupSummary extends Scope {
  readonly arn: string
  readonly name: string
  readonly protocol: string
  readonly port: number
  /** The load balancers that forward to it. */
  readonly loadBalancerArns: readonly string[]
  readonly targets: readonly {
    readonly id: string
    readonly port: number
    readonly state: string
    readonly reason?: string
    readonly description?: string
  }[]
}

interface Observed {
  readonly topology: Topology
  readonly balancer: Pick<Balancer, 'address'>
}

export const loadBalancerSummaries = (observed: Observed): LoadBalancerSummary[] =>
  [...observed.topology.loadBalancers()].map((each) => loadBalancerSummary(observed, each))

function loadBalancerSummary({topology, balancer}: Observed, record: LoadBalancerRecord): LoadBalancerSummary {
  const {arn, account, region, name, type, state, dnsName} = record
  const listeners = topology.listenersOf(arn).map(({port, protocol}) => {
    const address = balancer.address(arn, port)
    return {port, protocol, ...(address !== undefined && {url: address.url})}
  })
  return {arn, account, region, name, type, state, dnsName, listeners}
}

export function targetGroupSummaries({topology}: Pick<Observed, 'topology'>): TargetGroupSummary[] {
  const users = loadBalancersByTargetGroup(topology)
  return [...topology.targetGroups()].map((group) => targetGroupSummary(group, users.get(group.arn)))
}

function targetGroupSummary(group: TargetGroupRecord, users: ReadonlySet<string> = new Set()): TargetGroupSummary {
  const {arn, account, region, name, protocol, port, targets} = group
  return {
    arn,
    account,
    region,
    name,
    protocol,
    port,
    loadBalancerArns: [...users],
    targets: targets.map(({id, port, status: {state, reason, description}}) => ({
      id,
      port,
      state,
      ...(reason !== undefined && {reason}),
      ...(description !== undefined && {description}),
    })),
  }
}

function loadBalancersByTargetGroup(topology: Topology): ReadonlyMap<string, Set<string>> {
  const users = new Map<string, Set<string>>()
  for (const {arn} of topology.loadBalancers()) {
    const rules = topology.listenersOf(arn).flatMap((listener) => topology.rulesOf(listener.arn))
    for (const group of rules.flatMap(({action}) => targetGroupsOf(action))) {
      users.set(group, (users.get(group) ?? new Set()).add(arn))
    }
  }
  return users
}
