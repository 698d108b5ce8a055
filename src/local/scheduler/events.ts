import type {RandomSource} from './ids.js'
import {newUuid} from './ids.js'
import type {ServiceRecord, TaskRecord} from './records.js'

/** DescribeServices answers with the newest 100 events. */
const EVENT_LIMIT = 100

/** Writes service events, newest first, at most 100 of them. */
export class EventWriter {
  readonly #now: () => number
  readonly #random: RandomSource

  constructor(now: () => number, random: RandomSource) {
    this.#now = now
    this.#random = random
  }

  /** Adds an event with this exact text. */
  write(service: ServiceRecord, message: string): void {
    service.events.unshift({id: newUuid(this.#random), createdAt: this.#now(), message})
    service.events.length = Math.min(service.events.length, EVENT_LIMIT)
  }
}

const names = (tasks: readonly TaskRecord[]): string => tasks.map((task) => `(task ${task.taskId})`).join(' ')
const withPeriod = (text: string): string => (text.endsWith('.') ? text : `${text}.`)

/** AWS's sentences, word for word. */
export const eventTexts = {
  steady: (service: string) => `(service ${service}) has reached a steady state.`,
  completed: (service: string, deployment: string) =>
    `(service ${service}) (deployment ${deployment}) deployment completed.`,
  failed: (service: string, deployment: string) =>
    `(service ${service}) (deployment ${deployment}) deployment failed: tasks failed to start.`,
  rollingBack: (service: string, deployment: string) =>
    `(service ${service}) rolling back to deployment ${deployment}.`,
  started: (service: string, tasks: readonly TaskRecord[], replaced: number) =>
    `(service ${service}) has started ${tasks.length} tasks: ${names(tasks)}.` +
    (replaced > 0 ? ` Amazon ECS replaced ${replaced} tasks due to an unhealthy status.` : ''),
  stoppedRunning: (service: string, tasks: readonly TaskRecord[]) =>
    `(service ${service}) has stopped ${tasks.length} running tasks: ${names(tasks)}.`,
  stoppedPending: (service: string, count: number) => `(service ${service}) stopped ${count} pending tasks.`,
  registered: (service: string, count: number, targetGroupArn: string) =>
    `(service ${service}) registered ${count} targets in (target-group ${targetGroupArn})`,
  deregistered: (service: string, count: number, targetGroupArn: string) =>
    `(service ${service}) deregistered ${count} targets in (target-group ${targetGroupArn})`,
  draining: (service: string, count: number) =>
    `(service ${service}) has begun draining connections on ${count} tasks.`,
  unhealthyTarget: (service: string, task: TaskRecord, port: number, targetGroupArn: string, reason: string) =>
    `(service ${service}) (task ${task.taskId}) (port ${port}) is unhealthy in (target-group ${targetGroupArn})` +
    ` due to (reason ${reason}).`,
  unhealthyContainer: (service: string, task: TaskRecord) =>
    `(service ${service}) (task ${task.taskId}) failed container health checks.`,
  cannotPlace: (service: string, reason: string) =>
    `(service ${service}) was unable to place a task. Reason: ${withPeriod(reason)}`,
  noContainerInstance: (service: string) =>
    `(service ${service}) was unable to place a task because no container instance met all of its requirements.` +
    ' Reason: No Container Instances were found in your cluster.' +
    ' For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
  noRoomOnInstances: (service: string) =>
    `(service ${service}) was unable to place a task because no container instance met all of its requirements.` +
    ' For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
  cannotLaunch: (service: string, error: string) => `service ${service} failed to launch a task with (error ${error}).`,
  inconsistent: (service: string) =>
    `(service ${service}) is unable to consistently start tasks successfully.` +
    ' For more information, see the Troubleshooting section.',
  blocked: (service: string) =>
    `(service ${service}) was unable to stop or start tasks during a deployment because of the service deployment` +
    ' configuration. Update the minimumHealthyPercent or maximumPercent value and try again.',
} as const
