import {AwsFault} from '../../aws-fault.js'
import type {Action, LoadBalancerRecord, LoadBalancerType, Protocol} from '../../balancer/model.js'
import {targetGroupsOf} from '../../balancer/model.js'
import type {Scope} from '../../scope.js'
import {findTargetGroup} from './lookups.js'
import type {Elbv2Store} from './store.js'

const HTTP = ['HTTP', 'HTTPS'] as const

/** The protocols that target groups of a listener may have. */
const COMPATIBLE: Readonly<Record<Protocol, readonly Protocol[]>> = {
  HTTP,
  HTTPS: HTTP,
  TCP: ['TCP', 'TCP_UDP'],
  TLS: ['TCP', 'TLS'],
  UDP: ['UDP', 'TCP_UDP'],
  TCP_UDP: ['TCP_UDP'],
}

/**
 * Checks that an action fits its listener: the kind of action, and target groups that exist in the VPC of the load
 * balancer, speak its protocol and belong to no other load balancer.
 *
 * @throws AwsFault InvalidLoadBalancerAction, TargetGroupNotFound, InvalidConfigurationRequest,
 *   IncompatibleProtocols or TargetGroupAssociationLimit
 */
export function checkAction(
  store: Elbv2Store,
  scope: Scope,
  {loadBalancer, protocol, action}: {loadBalancer: LoadBalancerRecord; protocol: Protocol; action: Action},
): void {
  checkKind(loadBalancer.type, action)
  for (const arn of targetGroupsOf(action)) {
    const group = findTargetGroup(store, scope, arn)
    if (group.vpcId !== loadBalancer.vpcId) {
      const message = `Target group '${arn}' is not in the VPC of the load balancer, '${loadBalancer.vpcId}'`
      throw new AwsFault('InvalidConfigurationRequest', message)
    }
    if (!COMPATIBLE[protocol].includes(group.protocol)) {
      const message = `The listener and its associated target group '${arn}' have incompatible protocols`
      throw new AwsFault('IncompatibleProtocols', message)
    }
    if (store.loadBalancersOf(arn).some((user) => user !== loadBalancer.arn)) {
      const message = 'The following target groups cannot be associated with more than one load balancer'
      throw new AwsFault('TargetGroupAssociationLimit', `${message}: ${arn}`)
    }
  }
}

function checkKind(type: LoadBalancerType, action: Action): void {
  if (type === 'application' || action.type === 'forward') return
  const message = `Actions of type '${action.type}' are not supported on Network Load Balancers`
  throw new AwsFault('InvalidLoadBalancerAction', message)
}
