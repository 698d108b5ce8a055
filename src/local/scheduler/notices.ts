import type {EventWriter} from './events.js'
import {eventTexts} from './events.js'
import type {ServiceRecord, TargetNotices, TaskRecord} from './records.js'

export const noNotices = (): TargetNotices => ({registered: {}, deregistered: {}, draining: 0})

/** Notes that a task's targets were registered or deregistered, once for each target group. */
export function noteTargets(service: ServiceRecord, task: TaskRecord, change: 'registered' | 'deregistered'): void {
  const counts = service.notices[change]
  for (const {targetGroupArn} of task.targets) counts[targetGroupArn] = (counts[targetGroupArn] ?? 0) + 1
  if (change === 'deregistered') service.notices.draining++
}

/** Writes the events for what was noted: targets that changed together share one event. */
export function flushNotices(service: ServiceRecord, events: EventWriter): void {
  const {registered, deregistered, draining} = service.notices
  const {serviceName} = service
  for (const [arn, count] of Object.entries(registered)) {
    events.write(service, eventTexts.registered(serviceName, count, arn))
  }
  for (const [arn, count] of Object.entries(deregistered)) {
    events.write(service, eventTexts.deregistered(serviceName, count, arn))
  }
  if (draining > 0) events.write(service, eventTexts.draining(serviceName, draining))
  service.notices = noNotices()
}
