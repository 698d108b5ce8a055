import type {LoadBalancerInspection, UsedTargetGroup} from '../../actions/lb/inspect-load-balancer.js'
import type {BlockEntry} from '../../lib/table.js'
import {formatBlock} from '../../lib/table.js'
import {alignRows, renderActions, renderConditions, renderTargetCounts} from './listener-rules.js'
import {titleCase} from './title-case.js'

export function renderLoadBalancerInspection(inspection: LoadBalancerInspection): string {
  const {listeners, targetGroups, securityGroups, certificates} = inspection
  const domains = new Map(certificates.map(({arn, domain}) => [arn, domain]))
  const names = new Map(targetGroups.map((group) => [group.arn, nameOf(group)]))
  return formatBlock([
    {label: 'Load Balancer Name', value: inspection.name},
    {label: 'Status', value: titleCase(inspection.state)},
    {label: 'Type', value: titleCase(inspection.type)},
    {label: 'Scheme', value: inspection.scheme},
    {label: 'DNS Name', value: inspection.dnsName},
    {label: 'URL', value: listeners.map(({url}) => url).join(', ') || 'none'},
    {label: 'Subnets', value: inspection.subnets.join(', ')},
    ...(securityGroups.length === 0 ? [] : [{label: 'Security Groups', value: securityGroups.join(', ')}]),
    {
      label: 'Ports',
      value: listeners.length === 0 ? 'none' : listeners.map((each) => renderListener(each, names, domains)),
    },
    ...(targetGroups.length === 0 ? [] : [{label: 'Targets', value: alignRows(targetGroups.map(targetRow))}]),
  ])
}

type Listener = LoadBalancerInspection['listeners'][number]

function renderListener(
  listener: Listener,
  names: ReadonlyMap<string, string>,
  domains: ReadonlyMap<string, string | undefined>,
): BlockEntry {
  const {protocol, port, certificates, rules, defaultActions} = listener
  const nameTarget = (arn: string) => names.get(arn) ?? arn
  const rows = [
    ...rules.map((rule) => [String(rule.priority), renderConditions(rule), renderActions(rule.actions, nameTarget)]),
    ['default', ...(rules.length === 0 ? [] : ['']), renderActions(defaultActions, nameTarget)],
  ]
  return {
    label: `${protocol}:${port}`,
    value: [
      ...(certificates.length === 0
        ? []
        : [{label: 'Certificates', value: certificates.map((arn) => certificateText(arn, domains.get(arn)))}]),
      {label: 'Rules', value: alignRows(rows)},
    ],
  }
}

const certificateText = (arn: string, domain: string | undefined): string =>
  domain === undefined ? arn : `${domain} (${arn})`

/** The service behind a target group; its own name and ARN where it belongs to no service of the cluster. */
function nameOf({arn, name, services, isDefault}: UsedTargetGroup): string {
  if (services.length > 0) return services.join(' and ')
  return isDefault ? 'no service' : `target group ${name} (${arn})`
}

const targetRow = ({name, services, targets}: UsedTargetGroup): string[] => [
  services.join(', ') || name,
  renderTargetCounts(targets),
]
