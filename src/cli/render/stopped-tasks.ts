import type {StoppedTasks} from '../../actions/task/stop-tasks.js'
import {plural} from '../../lib/text.js'

export function renderStoppedTasks({taskGroup, stopped, dryRun}: StoppedTasks): string {
  if (stopped.length === 0) return `No task of ${taskGroup} runs; nothing has changed`
  const what = `${plural(stopped.length, 'task')} of ${taskGroup}`
  return [dryRun ? `This would stop ${what}:` : `Stopped ${what}:`, ...stopped.map((id) => `  ${id}`)].join('\n')
}
