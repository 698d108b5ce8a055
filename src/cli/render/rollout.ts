import {formatDuration} from '../../lib/duration.js'
import {plural} from '../../lib/text.js'
import type {CompletedRollout} from '../../rollout/follow-deployment.js'

/** `2 tasks running after 1m12s`, and how many were lost on the way. */
export function renderRollout({runningCount, seconds, stoppedTasks}: CompletedRollout): string {
  const lost = stoppedTasks.length === 0 ? '' : ` (${stoppedTasks.length} stopped on the way)`
  return `${plural(runningCount, 'task')} running after ${formatDuration(seconds * 1000)}${lost}`
}

/** `service_web:3` of a task definition's ARN. */
export const shortTaskDefinition = (arn: string | undefined): string => arn?.split('/').at(-1) ?? ''
