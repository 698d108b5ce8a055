import {inParallel} from '../../../aws/batching.js'
import type {AwsClients} from '../../../aws/clients.js'
import type {Listener} from '../../../elbv2/listeners.js'
import {describeListeners} from '../../../elbv2/listeners.js'
import type {LoadBalancer} from '../../../elbv2/load-balancers.js'
import {findLoadBalancer} from '../../../elbv2/load-balancers.js'
import type {Rule} from '../../../elbv2/rules.js'
import {describeRules} from '../../../elbv2/rules.js'
import {AwsError, UsageError} from '../../../errors/errors.js'
import type {Port} from '../../../lib/port-expression.js'
import type {Step} from '../../../plan/step.js'
import {lookUp} from '../../../plan/step.js'

export interface ListenerWithRules {
  readonly listener: Listener
  readonly rules: readonly Rule[]
}

/** A load balancer with those of its listeners that can send requests to a service. */
export interface LoadBalancerState {
  readonly loadBalancer: LoadBalancer
  readonly listeners: readonly ListenerWithRules[]
}

/** Looks up the load balancer, and checks that it can carry the port's protocol. */
export function loadBalancerStep(aws: Pick<AwsClients, 'elbv2'>, name: string, port: Port): Step<LoadBalancerState> {
  return lookUp({
    id: 'load-balancer',
    title: `load balancer ${name}`,
    find: async () => {
      const loadBalancer = await requireLoadBalancer(aws, name)
      checkProtocol(loadBalancer, port)
      const listeners = await describeListeners(aws.elbv2, loadBalancer.arn)
      // A listener that redirects, say from HTTP to HTTPS, is there to send requests to another one.
      const open = listeners.filter(({defaultActions}) => defaultActions[0]?.Type !== 'redirect')
      if (open.length === 0) {
        throw new AwsError('NO_LISTENER', `load balancer ${name} has no listener that can forward requests`)
      }
      const withRules = await inParallel(open, async (listener) => ({
        listener,
        rules: await describeRules(aws.elbv2, listener.arn),
      }))
      return {loadBalancer, listeners: withRules}
    },
  })
}

/** @throws AwsError LOAD_BALANCER_NOT_FOUND */
async function requireLoadBalancer(aws: Pick<AwsClients, 'elbv2'>, name: string): Promise<LoadBalancer> {
  const found = await findLoadBalancer(aws.elbv2, name)
  if (found !== undefined) return found
  throw new AwsError('LOAD_BALANCER_NOT_FOUND', `load balancer ${name} does not exist`, {
    hints: ['see what there is: fargate lb list', `make it: fargate lb create ${name} --port 80`],
  })
}

const protocolsOf: Readonly<Record<LoadBalancer['type'], readonly string[]>> = {
  application: ['HTTP', 'HTTPS'],
  network: ['TCP'],
  gateway: [],
}

function checkProtocol({name, type}: LoadBalancer, {protocol, port}: Port): void {
  const protocols = protocolsOf[type]
  if (protocols.includes(protocol)) return
  throw new UsageError(
    'PROTOCOL_MISMATCH',
    `--port ${protocol}:${port} does not fit load balancer ${name}: ${type} load balancers take ${protocols.join(' or ')}`,
    {hints: protocols.map((each) => `--port ${each}:${port}`)},
  )
}
