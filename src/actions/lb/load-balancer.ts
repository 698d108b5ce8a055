import type {AwsClients} from '../../aws/clients.js'
import type {LoadBalancer} from '../../elbv2/load-balancers.js'
import {createLoadBalancer, findLoadBalancer} from '../../elbv2/load-balancers.js'
import {AwsError, UsageError} from '../../errors/errors.js'
import type {Step} from '../../plan/step.js'
import {step} from '../../plan/step.js'
import type {Network} from '../infrastructure/network.js'
import type {Tags} from '../tags.js'
import {upperCaseTags} from '../tags.js'
import type {CreateLoadBalancerOptions} from './create-load-balancer.js'

interface LoadBalancerNeeds extends Record<string, Step<unknown>> {
  readonly network: Step<Network>
  readonly securityGroups: Step<readonly string[]>
}

/** The load balancer itself. Type and scheme of an existing one cannot be changed. */
export function loadBalancerStep(
  aws: Pick<AwsClients, 'elbv2'>,
  needs: LoadBalancerNeeds,
  options: CreateLoadBalancerOptions,
  tags: Tags,
): Step<LoadBalancer> {
  const {name, ports, scheme} = options
  return step<LoadBalancer, LoadBalancerNeeds>({
    id: 'load-balancer',
    title: `load balancer ${name}`,
    needs,
    look: async ({network}) => {
      const found = await findLoadBalancer(aws.elbv2, name)
      if (found !== undefined) {
        checkFixedSettings(found, options)
        return {state: 'present', value: found}
      }
      if (ports.type === 'application' && network !== undefined) checkZones(network)
      return {state: 'absent', detail: `${ports.type}, ${scheme}`}
    },
    apply: ({network, securityGroups}) =>
      createLoadBalancer(aws.elbv2, {
        Name: name,
        Type: ports.type,
        Scheme: scheme,
        Subnets: network.subnets.map(({id}) => id),
        ...(securityGroups.length > 0 && {SecurityGroups: [...securityGroups]}),
        Tags: upperCaseTags(tags),
      }),
  })
}

function checkFixedSettings(found: LoadBalancer, {ports, scheme, name}: CreateLoadBalancerOptions): void {
  const is = `${found.type}, ${found.scheme}`
  const wanted = `${ports.type}, ${scheme}`
  if (is === wanted) return
  throw new AwsError('LOAD_BALANCER_DIFFERS', `load balancer ${name} exists as ${is}, and ${wanted} is asked for`, {
    details: {loadBalancerArn: found.arn},
    hints: ['use another name', `or delete it: fargate lb destroy ${name}`],
  })
}

/** An application load balancer stands in at least two availability zones, with one subnet in each. */
function checkZones({subnets}: Network): void {
  const zones = new Set(subnets.map(({availabilityZone}) => availabilityZone))
  if (zones.size >= 2 && zones.size === subnets.length) return
  const where = subnets.map(({id, availabilityZone}) => `${id} in ${availabilityZone}`).join(', ')
  throw new UsageError(
    'ZONES_REQUIRED',
    `an HTTP load balancer needs subnets in two or more availability zones, one in each; these are ${where}`,
    {hints: ['--subnet-id subnet-…,subnet-…']},
  )
}
