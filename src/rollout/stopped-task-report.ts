import type {StepProgress} from '../output/output.js'
import type {StoppedTask} from './stopped-task.js'

/** Shows tasks that stopped: the first of each reason in full, the others in a line. */
export function reportStoppedTasks(
  stopped: readonly StoppedTask[],
  all: readonly StoppedTask[],
  progress: Pick<StepProgress, 'log'>,
): void {
  for (const task of stopped) {
    const alike = all.filter((other) => signature(other) === signature(task))
    if (alike[0] !== task) {
      progress.log(`task ${task.taskId} stopped for the same reason (${alike.indexOf(task) + 1} so far)`)
      continue
    }
    for (const line of describeStoppedTask(task)) progress.log(line)
  }
}

/** The reason, what helps, and the last log lines of each container. */
function describeStoppedTask(task: StoppedTask): string[] {
  const lines = [`task ${task.taskId} stopped: ${task.reason}`]
  if (task.hint !== undefined) lines.push(`  ${task.hint}`)
  for (const {name, logLines} of task.containers) {
    if (logLines.length === 0) continue
    lines.push(`  last log lines of container ${name}:`, ...logLines.map((line) => `    ${line}`))
  }
  return lines
}

/** Reasons differ in ids and times of the same failure. */
const signature = ({reason}: StoppedTask): string => reason.replace(/[0-9a-f]{8,}|\d+/g, '#')
