import {inParallel} from '../../aws/batching.js'
import type {Ecs} from '../../ecs/sdk.js'
import {describeServices, listServices} from '../../ecs/services.js'
import {describeListeners} from '../../elbv2/listeners.js'
import type {LoadBalancer} from '../../elbv2/load-balancers.js'
import {findLoadBalancer, listLoadBalancers} from '../../elbv2/load-balancers.js'
import type {Elbv2} from '../../elbv2/sdk.js'
import {AwsError} from '../../errors/errors.js'
import {closest} from '../../lib/closest.js'
import {defaultTargetGroupName} from '../../lib/resource-names.js'
import type {Context} from '../context.js'
import {didYouMean} from '../did-you-mean.js'
import type {ListenerSummary} from './listener-summary.js'
import {summarizeListener, targetGroupsOf} from './listener-summary.js'
import type {TargetCounts} from './target-counts.js'
import {countTargets} from './target-counts.js'

export interface InspectLoadBalancerOptions {
  /** Whose services are named. */
  readonly cluster: string
  readonly name: string
}

export interface LoadBalancerInspection {
  readonly name: string
  readonly arn: string
  /** provisioning, active, active_impaired or failed. */
  readonly state: string
  readonly type: LoadBalancer['type']
  readonly scheme: string
  readonly dnsName: string
  readonly createdAt: Date | undefined
  readonly subnets: readonly string[]
  readonly securityGroups: readonly string[]
  readonly listeners: readonly (ListenerSummary & {readonly url: string})[]
  /** Those that a listener or rule forwards to. */
  readonly targetGroups: readonly UsedTargetGroup[]
}

export interface UsedTargetGroup {
  readonly arn: string
  readonly name: string
  /** The services of the cluster whose tasks are its targets. */
  readonly services: readonly string[]
  /** Whether it is the empty one for what no service takes. */
  readonly isDefault: boolean
  readonly targets: TargetCounts
}

type Aws = Context['aws']

/**
 * Everything about a load balancer, with the services behind it. The services of the cluster are asked for while the
 * chain of load balancer, listeners, rules and targets is walked.
 *
 * @throws AwsError LOAD_BALANCER_NOT_FOUND, with those of similar names
 */
export async function inspectLoadBalancer(
  {aws, listenerUrl}: Pick<Context, 'aws' | 'listenerUrl'>,
  {cluster, name}: InspectLoadBalancerOptions,
): Promise<LoadBalancerInspection> {
  const [services, {loadBalancer, listeners, targets}] = await Promise.all([
    servicesByTargetGroup(aws.ecs, cluster),
    walkLoadBalancer(aws, name),
  ])
  const {arn, dnsName} = loadBalancer
  return {
    name: loadBalancer.name,
    arn,
    state: loadBalancer.state,
    type: loadBalancer.type,
    scheme: loadBalancer.scheme,
    dnsName,
    createdAt: loadBalancer.createdAt,
    subnets: loadBalancer.subnetIds,
    securityGroups: loadBalancer.securityGroupIds,
    listeners: await inParallel(listeners, async (listener) => {
      const {protocol, port} = listener
      return {...listener, url: await listenerUrl({loadBalancerArn: arn, dnsName, protocol, port})}
    }),
    targetGroups: targets.map(({group, counts}) => ({
      ...group,
      services: services.get(group.arn) ?? [],
      isDefault: group.name === defaultTargetGroupName(name),
      targets: counts,
    })),
  }
}

async function walkLoadBalancer({elbv2}: Pick<Aws, 'elbv2'>, name: string) {
  const loadBalancer = await findLoadBalancer(elbv2, name)
  if (loadBalancer === undefined) throw await unknownLoadBalancerError(elbv2, name)
  const found = await describeListeners(elbv2, loadBalancer.arn)
  const listeners = await inParallel(found, (listener) => summarizeListener(elbv2, listener))
  const groups = new Map(listeners.flatMap(usedTargetGroups).map(({arn, name: group}) => [arn, {arn, name: group}]))
  const targets = await inParallel([...groups.values()], async (group) => ({
    group,
    counts: await countTargets(elbv2, group.arn),
  }))
  return {loadBalancer, listeners, targets}
}

const usedTargetGroups = ({rules, defaultActions}: ListenerSummary) => [
  ...rules.flatMap(({actions}) => targetGroupsOf(actions)),
  ...targetGroupsOf(defaultActions),
]

async function servicesByTargetGroup(ecs: Ecs, cluster: string): Promise<Map<string, string[]>> {
  const services = await describeServices(ecs, cluster, await listServices(ecs, cluster))
  const names = new Map<string, string[]>()
  for (const {name, loadBalancers} of services) {
    for (const {targetGroupArn = ''} of loadBalancers)
      names.set(targetGroupArn, [...(names.get(targetGroupArn) ?? []), name])
  }
  return names
}

async function unknownLoadBalancerError(elbv2: Elbv2, name: string): Promise<AwsError> {
  const names = (await listLoadBalancers(elbv2)).map((each) => each.name)
  const similar = closest(name, names)
  return new AwsError('LOAD_BALANCER_NOT_FOUND', `load balancer ${name} does not exist${didYouMean(similar)}`, {
    details: {loadBalancer: name, similar},
    hints: ['see what there is: fargate lb list'],
  })
}
