import type {CreateLoadBalancerResult} from '../../actions/lb/create-load-balancer.js'
import {formatBlock} from '../../lib/table.js'
import {renderDryRun} from './changes.js'

export function renderCreateLoadBalancer(result: CreateLoadBalancerResult): string {
  const {loadBalancer, changes, dnsName, urls} = result
  if (result.dryRun) return renderDryRun(changes)
  const headline = changes.some(({step}) => step === 'load-balancer')
    ? `Created load balancer ${loadBalancer}`
    : changes.length > 0
      ? `Updated load balancer ${loadBalancer}`
      : `Load balancer ${loadBalancer} exists as asked for; nothing has changed`
  const block = formatBlock([
    {label: 'DNS name', value: dnsName ?? ''},
    ...urls.map((url) => ({label: 'URL', value: url})),
  ])
  return `${headline}\n${block}`
}
