import {NOT_REGISTERED} from '../../balancer/target-status.js'
import type {TargetGroupsPort} from '../../ports.js'
import type {Scope} from '../../scope.js'
import type {Elbv2Context} from './context.js'
import {notFound} from './lookups.js'
import {deregisterTarget, deregistrationDelay, findTarget, registerTarget} from './target-registration.js'

/**
 * Target groups as ECS sees them.
 *
 * `register` throws AwsFault TargetGroupNotFound for a group that is not there. With a deleted group its targets are
 * gone too: `deregister` has nothing to do and `health` answers `absent`.
 */
export function createTargetGroupsPort(context: Elbv2Context): TargetGroupsPort {
  const {store} = context
  const find = (scope: Scope, arn: string) => store.of(scope).targetGroups.get(arn)
  return {
    find(scope, arn) {
      const group = find(scope, arn)
      if (group === undefined) return undefined
      const {targetType, protocol, port, vpcId} = group
      return {
        targetGroupArn: arn,
        targetType,
        protocol,
        port,
        vpcId,
        loadBalancerArns: store.loadBalancersOf(arn),
        deregistrationDelaySeconds: deregistrationDelay(group),
      }
    },
    register(scope, arn, {ip, port}) {
      const group = find(scope, arn)
      if (group === undefined) throw notFound('targetgroup', arn)
      registerTarget(context, group, {id: ip, port})
    },
    deregister(scope, arn, {ip, port}) {
      const group = find(scope, arn)
      if (group !== undefined) deregisterTarget(context, group, {id: ip, port})
    },
    health(scope, arn, {ip, port}) {
      const group = find(scope, arn)
      const target = group && findTarget(group, {id: ip, port})
      if (target === undefined) return {...words(NOT_REGISTERED), state: 'absent'}
      return {...words(target.status), state: target.status.state}
    },
  }
}

const words = ({reason, description}: {readonly reason?: string; readonly description?: string}) => ({
  ...(reason !== undefined && {reason}),
  ...(description !== undefined && {description}),
})
