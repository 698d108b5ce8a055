import {inParallel} from '../../../aws/batching.js'
import type {LoadBalancer as ServiceLoadBalancer} from '../../../ecs/services.js'
import {describeListeners} from '../../../elbv2/listeners.js'
import type {LoadBalancer} from '../../../elbv2/load-balancers.js'
import {loadBalancersByArn} from '../../../elbv2/load-balancers.js'
import type {TargetGroup} from '../../../elbv2/target-groups.js'
import {targetGroupsByArn} from '../../../elbv2/target-groups.js'
import type {Context} from '../../context.js'
import type {ListenerSummary, RuleSummary} from '../../lb/listener-summary.js'
import {summarizeListener, targetGroupsOf} from '../../lb/listener-summary.js'
import type {TargetCounts} from '../../lb/target-counts.js'
import {countTargets} from '../../lb/target-counts.js'
import {targetGroupNameOf} from '../../load-balancer-text.js'

/** How requests come to a service through one of its target groups. */
export interface ServiceTraffic {
  readonly targetGroup: {readonly arn: string; readonly name: string; readonly exists: boolean}
  readonly container: string | undefined
  readonly containerPort: number | undefined
  readonly targets: TargetCounts
  /** None where the target group, or its load balancer, is gone, or no listener forwards to it. */
  readonly loadBalancers: readonly TrafficSource[]
}

/** A load balancer with those of its listeners that can send requests to the service. */
export interface TrafficSource {
  readonly name: string
  readonly arn: string
  readonly type: LoadBalancer['type']
  readonly scheme: string
  readonly state: string
  readonly dnsName: string
  readonly listeners: readonly TrafficListener[]
}

export interface TrafficListener {
  readonly protocol: string
  readonly port: number
  readonly url: string
  /** ARNs, the default one first. */
  readonly certificates: readonly string[]
  /** Those that lead to the service. */
  readonly rules: readonly RuleSummary[]
  /** Whether requests that no rule takes go to the service. */
  readonly isDefault: boolean
}

type TrafficContext = Pick<Context, 'aws' | 'listenerUrl'>

/** Looks from the target groups of a service up to the listeners. A target group that is gone leaves its entry empty. */
export async function describeTraffic(
  context: TrafficContext,
  entries: readonly ServiceLoadBalancer[],
): Promise<ServiceTraffic[]> {
  const withGroups = entries.flatMap((entry) =>
    entry.targetGroupArn === undefined ? [] : [{...entry, arn: entry.targetGroupArn}],
  )
  const arns = withGroups.map(({arn}) => arn)
  const [groups, counts] = await Promise.all([
    targetGroupsByArn(context.aws.elbv2, arns),
    inParallel(arns, (arn) => countTargets(context.aws.elbv2, arn)),
  ])
  const loadBalancerArns = [...groups.values()].flatMap((group) => group.loadBalancerArns)
  const sources = await describeSources(context, loadBalancerArns)
  return inParallel(withGroups, async ({arn, containerName, containerPort}) => ({
    targetGroup: {arn, name: targetGroupNameOf(arn), exists: groups.has(arn)},
    container: containerName,
    containerPort,
    targets: counts[arns.indexOf(arn)] ?? {},
    loadBalancers: await sourcesOf(context, groups.get(arn), sources),
  }))
}

interface Source {
  readonly loadBalancer: LoadBalancer
  readonly listeners: readonly ListenerSummary[]
}

async function describeSources({aws: {elbv2}}: TrafficContext, arns: readonly string[]): Promise<Map<string, Source>> {
  const distinct = [...new Set(arns)]
  const [loadBalancers, listeners] = await Promise.all([
    loadBalancersByArn(elbv2, distinct),
    inParallel(distinct, async (arn) =>
      inParallel(await describeListeners(elbv2, arn), (listener) => summarizeListener(elbv2, listener)),
    ),
  ])
  return new Map(
    distinct.flatMap((arn, index) => {
      const loadBalancer = loadBalancers.get(arn)
      return loadBalancer === undefined ? [] : [[arn, {loadBalancer, listeners: listeners[index] ?? []}] as const]
    }),
  )
}

async function sourcesOf(
  context: TrafficContext,
  group: TargetGroup | undefined,
  sources: ReadonlyMap<string, Source>,
): Promise<TrafficSource[]> {
  if (group === undefined) return []
  const own = group.loadBalancerArns.flatMap((arn) => sources.get(arn) ?? [])
  return Promise.all(
    own.map(async ({loadBalancer, listeners}) => {
      const {name, arn, type, scheme, state, dnsName} = loadBalancer
      const leading = listeners.flatMap((listener) => listenerTo(group.arn, listener))
      const withUrls = leading.map(async (listener) => {
        const {protocol, port} = listener
        return {...listener, url: await context.listenerUrl({loadBalancerArn: arn, dnsName, protocol, port})}
      })
      return {name, arn, type, scheme, state, dnsName, listeners: await Promise.all(withUrls)}
    }),
  )
}

/** The part of a listener that leads to a target group; empty where none does. */
function listenerTo(
  targetGroupArn: string,
  {protocol, port, certificates, rules, defaultActions}: ListenerSummary,
): Omit<TrafficListener, 'url'>[] {
  const leadsThere = (actions: RuleSummary['actions']) =>
    targetGroupsOf(actions).some(({arn}) => arn === targetGroupArn)
  const leading = rules.filter(({actions}) => leadsThere(actions))
  const isDefault = leadsThere(defaultActions)
  if (leading.length === 0 && !isDefault) return []
  return [{protocol, port, certificates, rules: leading, isDefault}]
}
