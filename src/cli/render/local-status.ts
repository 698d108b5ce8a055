import {formatBlock} from '../../lib/table.js'
import type {LocalStatusResult} from '../local-status.js'

export function renderLocalStatus(status: LocalStatusResult): string {
  if (!status.running) return 'No local AWS is running'
  const {url, pid, speed, runtime, startedAt, loadBalancers} = status
  return formatBlock([
    {label: 'URL', value: url},
    {label: 'Process', value: String(pid)},
    {label: 'Started', value: startedAt},
    {label: 'Speed', value: `${speed}×`},
    {label: 'Tasks', value: runtime},
    {
      label: 'Load balancers',
      value:
        loadBalancers.length === 0
          ? 'none'
          : loadBalancers.map(({name, listeners}) => ({
              label: name,
              value: listeners.map((each) => `${each.protocol}:${each.port} ${each.url}`),
            })),
    },
  ])
}
