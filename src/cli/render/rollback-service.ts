import type {RollbackResult} from '../../actions/service/revisions/rollback-service.js'
import {formatBlock} from '../../lib/table.js'
import {renderDryRun} from './changes.js'
import {renderRollout, shortTaskDefinition} from './rollout.js'

export function renderRollback(result: RollbackResult): string {
  const {service, taskDefinition, previousTaskDefinition, differences, already, changes, dryRun, rollout} = result
  const to = shortTaskDefinition(taskDefinition)
  const from = shortTaskDefinition(previousTaskDefinition)
  const what = differences.map((difference) => `  ${difference}`)
  if (already !== undefined && rollout === undefined) return `Nothing has changed: ${already}`
  if (dryRun) return [renderDryRun(changes), ...(changes.length === 0 ? [] : [`${from} → ${to}:`, ...what])].join('\n')
  if (changes.length === 0 && rollout === undefined) return `Service ${service} runs ${to} already; nothing has changed`
  const block = formatBlock([
    {label: 'Task definition', value: to},
    ...(rollout === undefined ? [] : [{label: 'Tasks', value: renderRollout(rollout)}]),
  ])
  if (already !== undefined) return `Nothing was to be done: ${already}\n${block}`
  return [
    `Rolled back service ${service}: ${from} → ${to}`,
    block,
    ...(what.length > 0 ? ['Changed:', ...what] : []),
  ].join('\n')
}
