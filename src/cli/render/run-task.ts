import type {RunTaskResult} from '../../actions/task/run/run-task.js'
import type {EndedTask} from '../../actions/task/run/wait-for-tasks.js'
import {formatBlock} from '../../lib/table.js'
import {plural} from '../../lib/text.js'
import {renderDryRun} from './changes.js'
import {shortTaskDefinition} from './rollout.js'

/** @param ended how the tasks ended, where that was waited for */
export function renderRunTask(result: RunTaskResult, ended?: readonly EndedTask[]): string {
  const {taskGroup, tasks, image, taskDefinition, changes, dryRun} = result
  if (dryRun) return renderDryRun(changes)
  const what = `${plural(tasks.length, 'task')} of ${taskGroup}`
  const lines =
    ended === undefined
      ? tasks.map(({id}) => id)
      : ended.map(
          ({taskId, exitCode, reason}) => `${taskId} ${exitCode === undefined ? reason : `exit code ${exitCode}`}`,
        )
  const block = formatBlock([
    {label: 'Image', value: image ?? ''},
    {label: 'Task definition', value: shortTaskDefinition(taskDefinition)},
    {label: 'Tasks', value: lines},
  ])
  return `${ended === undefined ? 'Running' : 'Ran'} ${what}\n${block}`
}
