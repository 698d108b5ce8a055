import type {TaskSummary} from '../../actions/task-summary.js'
import {renderTaskTable} from './task-table.js'

/** @param nowMs milliseconds since 1970 */
export function renderTasks({tasks}: {readonly tasks: readonly TaskSummary[]}, nowMs: number): string {
  if (tasks.length === 0) return 'No tasks found'
  return renderTaskTable(tasks, nowMs, {reason: tasks.some(({stopped}) => stopped !== undefined)})
}
