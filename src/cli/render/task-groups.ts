import type {TaskGroups} from '../../actions/task/list-task-groups.js'
import {formatTable} from '../../lib/table.js'

export function renderTaskGroups({taskGroups}: TaskGroups): string {
  if (taskGroups.length === 0) return 'No tasks running'
  const rows = taskGroups.map(({taskGroup, instances}) => [taskGroup, String(instances)])
  return formatTable(['NAME', 'INSTANCES'], rows)
}
