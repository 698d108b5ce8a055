import type {ServiceList} from '../../actions/service/list-services.js'
import {formatTable} from '../../lib/table.js'

const headers = ['NAME', 'IMAGE', 'CPU', 'MEMORY', 'LOAD BALANCER', 'DESIRED', 'RUNNING', 'PENDING']

export function renderServiceList({services}: ServiceList): string {
  if (services.length === 0) return 'No services found'
  const rows = services.map(
    ({name, image = '', cpu = '', memory = '', loadBalancers, desiredCount, runningCount, pendingCount}) => [
      name,
      image,
      cpu,
      memory,
      loadBalancers.join(', '),
      ...[desiredCount, runningCount, pendingCount].map(String),
    ],
  )
  return formatTable(headers, rows)
}
