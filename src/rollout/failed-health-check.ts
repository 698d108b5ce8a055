import type {ServiceEvent} from '../ecs/services.js'
import type {StoppedTask} from './stopped-task.js'

/**
 * Adds to the reason of a task that failed its load balancer's checks what the checks found: the stop reason of ECS names
 * the target group only, and the code that the target answered is in an event of the service.
 */
export function withFailedHealthCheck(
  task: StoppedTask,
  events: readonly Pick<ServiceEvent, 'message'>[],
): StoppedTask {
  if (!/failed ELB health checks/.test(task.reason)) return task
  const pattern = new RegExp(`\\(task ${task.taskId}\\) \\(port (\\d+)\\) is unhealthy .*due to \\(reason (.+)\\)\\.?$`)
  for (const {message} of events) {
    const [, port, found] = pattern.exec(message) ?? []
    if (found !== undefined) return {...task, reason: `${task.reason}; port ${port}: ${found}`}
  }
  return task
}
