import {inParallel} from '../../aws/batching.js'
import {describeListeners} from '../../elbv2/listeners.js'
import type {LoadBalancer} from '../../elbv2/load-balancers.js'
import {listLoadBalancers} from '../../elbv2/load-balancers.js'
import type {Context} from '../context.js'

export interface LoadBalancerSummary
  extends Pick<LoadBalancer, 'name' | 'arn' | 'type' | 'state' | 'scheme' | 'dnsName' | 'createdAt'> {
  /** By port. */
  readonly ports: readonly ListenerPortSummary[]
}

interface ListenerPortSummary {
  readonly protocol: string
  readonly port: number
  /** ARN of the default one; `lb info` tells all. */
  readonly certificates: readonly string[]
}

export interface LoadBalancerList {
  readonly loadBalancers: readonly LoadBalancerSummary[]
}

/** The load balancers of the region, by name. */
export async function listLoadBalancerSummaries({aws}: Pick<Context, 'aws'>): Promise<LoadBalancerList> {
  const loadBalancers = await listLoadBalancers(aws.elbv2)
  const summaries = await inParallel(
    loadBalancers,
    async ({name, arn, type, state, scheme, dnsName, createdAt}): Promise<LoadBalancerSummary> => {
      const listeners = await describeListeners(aws.elbv2, arn)
      const ports = listeners.map(({protocol, port, certificateArns}) => ({
        protocol,
        port,
        certificates: certificateArns,
      }))
      return {name, arn, type, state, scheme, dnsName, createdAt, ports}
    },
  )
  return {loadBalancers: summaries.sort((one, other) => (one.name < other.name ? -1 : 1))}
}
