import type {TaskSummary} from '../../actions/task-summary.js'
import {formatDuration} from '../../lib/duration.js'
import {formatTable} from '../../lib/table.js'

export interface TaskColumns {
  /** The revision of the task definition that each task runs. */
  readonly deployment?: boolean
  /** Why tasks stopped. */
  readonly reason?: boolean
}

type Column = readonly [header: string, cell: (task: TaskSummary) => string]

/**
 * The table of tasks, which all commands that list some share.
 *
 * @param nowMs milliseconds since 1970
 */
export function renderTaskTable(tasks: readonly TaskSummary[], nowMs: number, columns: TaskColumns = {}): string {
  const all: Column[] = [
    ['ID', ({id}) => id],
    ['IMAGE', ({image = ''}) => image],
    ['STATUS', statusOf],
    ['RUNNING', (task) => runningTime(task, nowMs)],
    ['IP', addressOf],
    ['CPU', ({cpu = ''}) => cpu],
    ['MEMORY', ({memory = ''}) => memory],
    ...(columns.deployment ? [['DEPLOYMENT', ({revision}) => revision] satisfies Column] : []),
    ...(columns.reason ? [['REASON', ({stopped}) => stopped?.reason ?? ''] satisfies Column] : []),
  ]
  return formatTable(
    all.map(([header]) => header),
    tasks.map((task) => all.map(([, cell]) => cell(task))),
  )
}

/** The address at which a task is reached from furthest away; a task that has stopped has none any more. */
export function addressOf({publicIp, privateIp, ipv6, status}: TaskSummary): string {
  return status === 'STOPPED' ? '' : (publicIp ?? privateIp ?? ipv6 ?? '')
}

/** `running (healthy)`, `pending`, `stopped`. */
function statusOf({status, health}: TaskSummary): string {
  const isTold = status === 'RUNNING' && health !== undefined && health !== 'UNKNOWN'
  return status.toLowerCase() + (isTold ? ` (${health.toLowerCase()})` : '')
}

function runningTime({startedAt, stoppedAt}: TaskSummary, nowMs: number): string {
  if (startedAt === undefined) return ''
  const end = stoppedAt?.getTime() ?? nowMs
  // The clock of this machine can be behind that of ECS.
  return formatDuration(Math.max(0, end - startedAt.getTime()))
}
