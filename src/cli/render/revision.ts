import type {ReviseResult} from '../../actions/service/revise/revise-service.js'
import {formatBlock} from '../../lib/table.js'
import {renderDryRun} from './changes.js'
import {renderRollout, shortTaskDefinition} from './rollout.js'

/** What an edit of a service has done: `done` when it did something, `already` when there was nothing to do. */
export function renderRevision(result: ReviseResult, done: string, already: string): string {
  const {changes, rollout, taskDefinition, dryRun} = result
  if (dryRun) return renderDryRun(changes)
  if (changes.length === 0 && rollout === undefined) return `${already}; nothing has changed`
  const block = formatBlock([
    {label: 'Task definition', value: shortTaskDefinition(taskDefinition)},
    ...(rollout === undefined ? [] : [{label: 'Tasks', value: renderRollout(rollout)}]),
  ])
  return `${done}\n${block}`
}
