import {describeCertificate} from '../../acm/certificates.js'
import {inParallel} from '../../aws/batching.js'
import {isAwsError} from '../../aws/errors.js'
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
  /** Those of its listeners; the domain is not known of one that may not be read. */
  readonly certificates: readonly {readonly arn: string; readonly domain: string | undefined}[]
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
    certificates: await certificatesOf(aws, listeners),
    targetGroups: targets.map(({group, counts}) => ({
      ...group,
      services: services.get(group.arn) ?? [],
      isDefault: group.name === defaultTargetGroupName(name),
      targets: counts,
    })),
  }
}

async function walkLoadBalancer({elbv2}: Pick<Aws, 'elbv2'>, name: string) {
  const loadBalancer = await requireLoadBalancer(elbv2, name)
  const found = await describeListeners(elbv2, loadBalancer.arn)
  const listeners = await inParallel(found, (listener) => summarizeListener(elbv2, listener))
  const groups = new Map(listeners.flatMap(usedTargetGroups).map(({arn, name: group}) => [arn, {arn, name: group}]))
  const targets = await inParallel([...groups.values()], async (group) => ({
    group,
    counts: await countTargets(elbv2, group.arn),
  }))
  return {loadBalancer, listeners, targets}
}

/** A name is a help: who may not read certificates sees their ARNs all the same. */
async function certificatesOf({acm}: Pick<Aws, 'acm'>, listeners: readonly ListenerSummary[]) {
  const arns = [...new Set(listeners.flatMap(({certificates}) => certificates))]
  return inParallel(arns, async (arn) => {
    try {
      return {arn, domain: (await describeCertificate(acm, arn))?.domain}
    } catch (error) {
      if (isAwsError(error, 'AccessDeniedException')) return {arn, domain: undefined}
      throw error
    }
  })
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

/** @throws AwsError LOAD_BALANCER_NOT_FOUND, with those of similar names */
export async function requireLoadBalancer(elbv2: Elbv2, name: string): Promise<LoadBalancer> {
  const found = await findLoadBalancer(elbv2, name)
  if (found === undefined) throw await unknownLoadBalancerError(elbv2, name)
  return found
}

async function unknownLoadBalancerError(elbv2: Elbv2, name: string): Promise<AwsError> {
  const names = (await listLoadBalancers(elbv2)).map((each) => each.name)
  const similar = closest(name, names)
  return new AwsError('LOAD_BALANCER_NOT_FOUND', `load balancer ${name} does not exist${didYouMean(similar)}`, {
    details: {loadBalancer: name, similar},
    hints: ['see what there is: fargate lb list'],
  })
}
