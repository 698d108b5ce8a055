import type {AliasResult} from '../../actions/lb/alias-load-balancer.js'
import {renderDryRun} from './changes.js'

export function renderAlias({loadBalancer, domain, dnsName, zones, dryRun, changes}: AliasResult): string {
  if (zones.length === 0) {
    return [
      `Nothing was made: Route 53 has no public zone for ${domain}. Make this record where its DNS is:`,
      `  ${domain} CNAME ${dnsName}`,
    ].join('\n')
  }
  if (dryRun) return renderDryRun(changes)
  const where = zones.map(({name, id}) => `${name} (${id})`).join(' and ')
  if (changes.length === 0) return `${domain} leads to load balancer ${loadBalancer} already; nothing has changed`
  return `${domain} leads to load balancer ${loadBalancer} (${dnsName}), by an alias in zone ${where}`
}
