import {inParallel} from '../../aws/batching.js'
import type {AwsClients} from '../../aws/clients.js'
import type {Listener} from '../../elbv2/listeners.js'
import {createListener, describeListeners} from '../../elbv2/listeners.js'
import type {LoadBalancer} from '../../elbv2/load-balancers.js'
import {findTargetGroup} from '../../elbv2/target-groups.js'
import {AwsError} from '../../errors/errors.js'
import type {ListenerPort} from '../../lib/port-expression.js'
import {formatPort} from '../../lib/port-expression.js'
import {defaultTargetGroupName} from '../../lib/resource-names.js'
import type {Step} from '../../plan/step.js'
import {step} from '../../plan/step.js'
import {ensureDefaultTargetGroup} from '../default-target-group.js'
import type {Tags} from '../tags.js'
import {upperCaseTags} from '../tags.js'
import type {CreateLoadBalancerOptions} from './create-load-balancer.js'

type Aws = Pick<AwsClients, 'elbv2'>

/** The empty target group behind a load balancer without services. Answers its ARN. */
export function defaultTargetGroupStep(
  aws: Aws,
  loadBalancer: Step<LoadBalancer>,
  {name, ports}: CreateLoadBalancerOptions,
  tags: Tags,
): Step<string> {
  const groupName = defaultTargetGroupName(name)
  return step<string, {loadBalancer: typeof loadBalancer}>({
    id: 'target-group',
    title: `target group ${groupName}`,
    needs: {loadBalancer},
    look: async () => {
      const found = await findTargetGroup(aws.elbv2, groupName)
      return found === undefined ? {state: 'absent'} : {state: 'present', value: found.arn}
    },
    apply: (needs) => ensureDefaultTargetGroup(aws, needs.loadBalancer, ports.ports[0], tags),
  })
}

interface ListenerNeeds extends Record<string, Step<unknown>> {
  readonly loadBalancer: Step<LoadBalancer>
  readonly targetGroup: Step<string>
}

/** A listener for each port. Those that are there already keep what they do. */
export function listenersStep(
  aws: Aws,
  needs: ListenerNeeds,
  {ports, name}: CreateLoadBalancerOptions,
  tags: Tags,
): Step<readonly ListenerPort[]> {
  return step<readonly ListenerPort[], ListenerNeeds>({
    id: 'listeners',
    title: `listeners of load balancer ${name}`,
    needs,
    look: async ({loadBalancer}) => {
      const existing = loadBalancer === undefined ? [] : await describeListeners(aws.elbv2, loadBalancer.arn)
      const missing = missingPorts(ports.ports, existing, name)
      if (missing.length === 0) return {state: 'present', value: []}
      const detail = missing.map(formatPort).join(', ')
      return existing.length === 0 ? {state: 'absent', detail} : {state: 'differs', value: missing, detail}
    },
    apply: async ({loadBalancer, targetGroup}, found) => {
      const missing = found.state === 'absent' ? ports.ports : found.value
      await inParallel(missing, ({protocol, port}) =>
        createListener(aws.elbv2, {
          LoadBalancerArn: loadBalancer.arn,
          Protocol: protocol,
          Port: port,
          DefaultActions: [{Type: 'forward', TargetGroupArn: targetGroup}],
          Tags: upperCaseTags(tags),
        }),
      )
      return missing
    },
  })
}

function missingPorts(wanted: readonly ListenerPort[], existing: readonly Listener[], name: string): ListenerPort[] {
  return wanted.filter((port) => {
    const listener = existing.find((each) => each.port === port.port)
    if (listener === undefined) return true
    if (listener.protocol === port.protocol) return false
    throw new AwsError(
      'LISTENER_DIFFERS',
      `load balancer ${name} has ${listener.protocol} on port ${port.port}, and ${formatPort(port)} is asked for`,
      {details: {listenerArn: listener.arn}},
    )
  })
}
