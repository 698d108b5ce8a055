import type {ServiceTraffic, TrafficListener, TrafficSource} from '../../actions/service/inspect/service-traffic.js'
import type {BlockEntry} from '../../lib/table.js'
import {alignRows, renderConditions, renderTargetCounts} from './listener-rules.js'
import {titleCase} from './title-case.js'

/** How requests reach a service: an entry for each target group. */
export function renderTraffic(traffic: readonly ServiceTraffic[]): BlockEntry[] {
  return traffic.map((each) => ({label: 'Load Balancer', value: renderEntry(each)}))
}

function renderEntry({targetGroup, container, containerPort, targets, loadBalancers}: ServiceTraffic): BlockEntry[] {
  const state = targetGroup.exists ? '' : ' (deleted)'
  return [
    ...loadBalancers.flatMap(renderSource),
    ...(loadBalancers.length === 0 && targetGroup.exists
      ? [{label: 'Name', value: 'none: no listener leads here'}]
      : []),
    {label: 'Target Group', value: `${targetGroup.name}${state}`},
    {label: 'Container Port', value: [container, containerPort].filter((part) => part !== undefined).join(':')},
    {label: 'Targets', value: renderTargetCounts(targets)},
  ]
}

function renderSource({name, dnsName, state, listeners}: TrafficSource): BlockEntry[] {
  return [
    {label: 'Name', value: state === 'active' ? name : `${name} (${titleCase(state)})`},
    {label: 'DNS Name', value: dnsName},
    {label: 'URL', value: listeners.map(({url}) => url).join(', ') || 'none'},
    {
      label: 'Ports',
      value: listeners.length === 0 ? 'none: no rule leads to the service' : listeners.map(renderListener),
    },
  ]
}

function renderListener({protocol, port, certificates, rules, isDefault}: TrafficListener): BlockEntry {
  const rows = [
    ...rules.map((rule) => [String(rule.priority), renderConditions(rule)]),
    ...(isDefault ? [['default', 'all other requests']] : []),
  ]
  return {
    label: `${protocol}:${port}`,
    value: [
      ...(certificates.length === 0 ? [] : [{label: 'Certificates', value: certificates}]),
      {label: 'Rules', value: alignRows(rows)},
    ],
  }
}
