import type {LoadBalancerList} from '../../actions/lb/list-load-balancers.js'
import {formatTable} from '../../lib/table.js'
import {titleCase} from './title-case.js'

export function renderLoadBalancerList({loadBalancers}: LoadBalancerList): string {
  if (loadBalancers.length === 0) return 'No load balancers found'
  const rows = loadBalancers.map(({name, type, state, dnsName, ports}) => [
    name,
    titleCase(type),
    titleCase(state),
    dnsName,
    ports.map(({protocol, port}) => `${protocol}:${port}`).join(', '),
  ])
  return formatTable(['NAME', 'TYPE', 'STATUS', 'DNS NAME', 'PORTS'], rows)
}
