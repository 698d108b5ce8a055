import type {CreateLoadBalancerCommandInput} from '@aws-sdk/client-elastic-load-balancing-v2'
import {AwsFault} from '../../aws-fault.js'
import type {LoadBalancerRecord} from '../../balancer/model.js'
import type {SubnetView} from '../../ports.js'
import type {Scope} from '../../scope.js'
import {loadBalancerAttributes} from './attribute-tables.js'
import {initialAttributes} from './attributes.js'
import type {Elbv2Context} from './context.js'
import {notEmulated, required} from './faults.js'
import {interfaceDescription, newDnsName, newLoadBalancerArn} from './identifiers.js'
import {checkLoadBalancerName} from './names.js'
import {initialSecurityGroups, placeSubnets} from './placement.js'
import {tagsFrom} from './tags.js'

/** How long a new load balancer is `provisioning`. AWS takes minutes; a few seconds show the state all the same. */
const PROVISIONING_MS = 3_000

type Settings = Pick<LoadBalancerRecord, 'name' | 'type' | 'scheme' | 'vpcId' | 'securityGroups' | 'ipAddressType'> & {
  readonly subnets: readonly SubnetView[]
}

/**
 * Creates a load balancer with a network interface in each subnet. Asked again with the same settings it gives the
 * one that is there, as AWS does.
 *
 * @throws AwsFault DuplicateLoadBalancerName when the name is taken with other settings, and whatever AWS refuses
 */
export function createLoadBalancer(
  context: Elbv2Context,
  scope: Scope,
  input: CreateLoadBalancerCommandInput,
): LoadBalancerRecord {
  const {store, clock, random} = context
  const settings = settingsFrom(context, scope, input)
  const tags = tagsFrom(input.Tags)
  const state = store.of(scope)
  const namesake = [...state.loadBalancers.values()].find(({name}) => name === settings.name)
  if (namesake !== undefined) return sameOrRefused(namesake, settings)

  const arn = newLoadBalancerArn(scope, settings.type, settings.name, random)
  const record: LoadBalancerRecord = {
    ...settings,
    account: scope.account,
    region: scope.region,
    arn,
    dnsName: newDnsName(settings.name, settings.scheme, scope, random),
    createdAt: clock.now(),
    subnets: settings.subnets.map((subnet) => attachSubnet(context, scope, {...settings, arn}, subnet)),
    state: 'provisioning',
    attributes: initialAttributes(loadBalancerAttributes(settings.type)),
  }
  state.loadBalancers.set(arn, record)
  state.tags.set(arn, tags)
  activateOnceProvisioned(context, record)
  return record
}

/** Waits until a new load balancer is ready. */
export function activateOnceProvisioned({clock, changed}: Elbv2Context, record: LoadBalancerRecord): void {
  clock.after(record.createdAt + PROVISIONING_MS - clock.now(), () => {
    record.state = 'active'
    changed()
  })
}

function settingsFrom({network}: Elbv2Context, scope: Scope, input: CreateLoadBalancerCommandInput): Settings {
  const name = required(input.Name, 'name')
  checkLoadBalancerName(name)
  const {Type: type = 'application', Scheme: scheme = 'internet-facing', IpAddressType: ipAddressType = 'ipv4'} = input
  if (type === 'gateway') throw notEmulated('a Gateway Load Balancer')
  const subnets = placeSubnets(network, scope, type, input)
  const {vpcId} = subnets[0]
  const securityGroups = initialSecurityGroups(network, scope, {type, vpcId, wanted: input.SecurityGroups})
  return {name, type, scheme, ipAddressType, vpcId, securityGroups, subnets}
}

function sameOrRefused(existing: LoadBalancerRecord, wanted: Settings): LoadBalancerRecord {
  const identity = ({type, scheme, ipAddressType, subnets, securityGroups}: Settings | LoadBalancerRecord) =>
    JSON.stringify([
      type,
      scheme,
      ipAddressType,
      subnets.map(({subnetId}) => subnetId).sort(),
      [...securityGroups].sort(),
    ])
  if (identity(existing) === identity(wanted)) return existing
  throw new AwsFault(
    'DuplicateLoadBalancerName',
    `A load balancer with the same name '${wanted.name}' exists, but with different settings`,
  )
}

/** Gives a load balancer its network interface in a subnet. */
export function attachSubnet(
  {network}: Elbv2Context,
  scope: Scope,
  loadBalancer: Pick<LoadBalancerRecord, 'arn' | 'scheme' | 'securityGroups'>,
  {subnetId, availabilityZone}: SubnetView,
): LoadBalancerRecord['subnets'][number] {
  const {networkInterfaceId} = network.createInterface(scope, {
    subnetId,
    securityGroupIds: loadBalancer.securityGroups,
    description: interfaceDescription(loadBalancer.arn),
    assignPublicIp: loadBalancer.scheme === 'internet-facing',
  })
  return {subnetId, availabilityZone, networkInterfaceId}
}
