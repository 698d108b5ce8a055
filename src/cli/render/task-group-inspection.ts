import type {InspectedTask, TaskGroupInspection} from '../../actions/task/inspect-task-group.js'
import type {BlockEntry} from '../../lib/table.js'
import {formatBlock} from '../../lib/table.js'
import {variableEntries} from './environment-variables.js'
import {addressOf} from './task-table.js'
import {formatTime} from './times.js'

export function renderTaskGroupInspection({taskGroup, tasks}: TaskGroupInspection): string {
  const head = formatBlock([
    {label: 'Task Group Name', value: taskGroup},
    {label: 'Task Instances', value: String(tasks.length)},
  ])
  return [head, ...tasks.map((task) => `Task ${task.id}\n${formatBlock(taskEntries(task))}`)].join('\n\n')
}

function taskEntries(task: InspectedTask): BlockEntry[] {
  const {definition, stopped} = task
  return [
    ...optional('Image', task.image),
    {label: 'Status', value: task.status.toLowerCase()},
    ...optional('Stopped', stopped?.reason),
    ...optional('Started At', task.startedAt && formatTime(task.startedAt)),
    ...optional('IP', addressOf(task)),
    ...optional('CPU', task.cpu),
    ...optional('Memory', task.memory),
    ...optional('Task Role', definition?.taskRole),
    ...optional('Subnet', task.subnetId),
    ...optional('Security Groups', task.securityGroupIds.join(', ')),
    ...(definition === undefined ? [] : variableEntries(definition)),
  ]
}

const optional = (label: string, value: string | undefined): BlockEntry[] => (value ? [{label, value}] : [])
