import type {ServiceTasks} from '../../actions/service/list-service-tasks.js'
import {renderTaskTable} from './task-table.js'

/** @param nowMs milliseconds since 1970 */
export function renderServiceTasks({tasks}: ServiceTasks, nowMs: number): string {
  if (tasks.length === 0) return 'No tasks found'
  return renderTaskTable(tasks, nowMs, {reason: tasks.some(({stopped}) => stopped !== undefined)})
}
