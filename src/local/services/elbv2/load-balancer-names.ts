import type {Topology} from '../../balancer/model.js'
import type {LoadBalancerNamesPort} from '../../ports.js'
import {hostedZoneId} from './hosted-zones.js'

/** What Route 53 asks of the DNS names of load balancers. */
export const loadBalancerNames = (topology: Topology): LoadBalancerNamesPort => ({
  hostedZoneOf(dnsName) {
    const found = [...topology.loadBalancers()].find((each) => each.dnsName.toLowerCase() === dnsName.toLowerCase())
    return found && hostedZoneId(found.region, found.type)
  },
})
