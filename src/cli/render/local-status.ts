import type {BlockEntry} from '../../lib/table.js'
import {formatBlock, formatTable} from '../../lib/table.js'
import type {LocalStatusResult, RunningStatus} from '../local-status.js'

export function renderLocalStatus(status: LocalStatusResult): string {
  if (!status.running) return 'No local AWS is running'
  return formatBlock([...about(status), ...contents(status)])
}

function about(status: RunningStatus): BlockEntry[] {
  const {url, page, pid, startedAt, speed, runtime, runtimeReason, stateFolder} = status
  return [
    {label: 'URL', value: url},
    {label: 'Page', value: page},
    {label: 'Process', value: String(pid)},
    {label: 'State', value: stateFolder},
    {label: 'Started', value: startedAt},
    {label: 'Speed', value: `${speed}×`},
    {label: 'Runtime', value: `${runtime} (${runtimeReason})`},
  ]
}

function contents({services, tasks, loadBalancers, faults}: RunningStatus): BlockEntry[] {
  const counts = Object.entries(tasks).map(([state, count]) => `${count} ${state}`)
  return [
    {label: 'Tasks', value: counts.join(', ') || 'none'},
    {label: 'Services', value: services.length === 0 ? 'none' : serviceTable(services)},
    {label: 'Load balancers', value: loadBalancers.length === 0 ? 'none' : loadBalancers.map(loadBalancerEntry)},
    {
      label: 'Faults in force',
      value: faults.length === 0 ? 'none' : faults.map(({id, summary}) => `${id}: ${summary}`),
    },
  ]
}

const usualScope = ' 000000000000 us-east-1'

/** Account and region are told where there are others than the usual ones. */
function serviceTable(services: RunningStatus['services']): string[] {
  const scopes = services.map(({account, region}) => ` ${account} ${region}`)
  const told = scopes.some((scope) => scope !== usualScope)
  const rows = services.map((service, index) => [
    `${service.cluster}/${service.name}`,
    `${service.runningCount}/${service.desiredCount}`,
    service.status === 'ACTIVE' ? (service.rolloutState ?? '') : service.status,
    service.taskDefinition,
    ...(told ? [scopes[index]?.trim() ?? ''] : []),
  ])
  const headers = ['SERVICE', 'RUNNING', 'DEPLOYMENT', 'TASK DEFINITION', ...(told ? ['ACCOUNT'] : [])]
  return formatTable(headers, rows).split('\n')
}

function loadBalancerEntry({name, state, listeners}: RunningStatus['loadBalancers'][number]): BlockEntry {
  const addresses = listeners.map(({protocol, port, url = 'not yet'}) => `${protocol}:${port} ${url}`)
  if (state !== 'active') return {label: name, value: state}
  return {label: name, value: addresses.length === 0 ? 'no listeners' : addresses}
}
