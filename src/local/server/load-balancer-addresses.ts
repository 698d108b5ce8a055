import type {LocalAws} from '../local-aws.js'

/** A load balancer with the addresses at which its listeners are reached on this machine. */
export interface LoadBalancerAddresses {
  readonly arn: string
  readonly name: string
  readonly dnsName: string
  readonly listeners: readonly {readonly port: number; readonly protocol: string; readonly url: string}[]
}

/** The load balancers that listen now; one that is still provisioning does not. */
export function loadBalancerAddresses({balancer}: Pick<LocalAws, 'balancer'>): LoadBalancerAddresses[] {
  const byArn = Map.groupBy(balancer.list(), ({loadBalancerArn}) => loadBalancerArn)
  return [...byArn].map(([arn, listeners]) => ({
    arn,
    name: listeners[0]?.loadBalancerName ?? '',
    dnsName: listeners[0]?.dnsName ?? '',
    listeners: listeners.flatMap(({port, protocol, address}) =>
      address === undefined ? [] : [{port, protocol, url: address.url}],
    ),
  }))
}
