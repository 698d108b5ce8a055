import type {ContainerRecord, TaskRecord} from '../../scheduler/records.js'
import type {Scope} from '../../scope.js'
import {shortTaskDefinition, timeText} from './texts.js'

/** A task as the status and the page show it. */
export interface TaskSummary extends Scope {
  readonly arn: string
  readonly id: string
  readonly cluster: string
  /** `service:web`, or `family:job` of a task that was run on its own. */
  readonly group: string
  readonly serviceArn?: string
  readonly deploymentId?: string
  readonly taskDefinition: string
  readonly lastStatus: string
  readonly desiredStatus: string
  /** What the container health checks say; absent where there are none. */
  readonly health?: string
  readonly privateIpAddress?: string
  readonly createdAt: string
  readonly startedAt?: string
  readonly stoppedAt?: string
  readonly stopCode?: string
  readonly stoppedReason?: string
  readonly containers: readonly ContainerSummary[]
}

export interface ContainerSummary {
  readonly name: string
  readonly lastStatus: string
  readonly exitCode?: number
  readonly reason?: string
}

/** The tasks of every account and region, stopped ones too while ECS remembers them. */
export const taskSummaries = (tasks: readonly TaskRecord[]): TaskSummary[] => tasks.map(taskSummary)

function taskSummary(task: TaskRecord): TaskSummary {
  const {serviceArn, deploymentId, networkInterface, startedAt, stoppedAt, stopCode, stoppedReason} = task
  const health = healthOf(task.containers)
  return {
    arn: task.taskArn,
    id: task.taskId,
    ...task.scope,
    cluster: task.clusterName,
    group: task.group,
    ...(serviceArn !== undefined && {serviceArn}),
    ...(deploymentId !== undefined && {deploymentId}),
    taskDefinition: shortTaskDefinition(task.taskDefinitionArn),
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    ...(health !== undefined && {health}),
    ...(networkInterface !== undefined && {privateIpAddress: networkInterface.privateIpAddress}),
    createdAt: timeText(task.createdAt),
    ...(startedAt !== undefined && {startedAt: timeText(startedAt)}),
    ...(stoppedAt !== undefined && {stoppedAt: timeText(stoppedAt)}),
    ...(stopCode !== undefined && {stopCode}),
    ...(stoppedReason !== undefined && {stoppedReason}),
    containers: task.containers.map(containerSummary),
  }
}

const containerSummary = ({name, lastStatus, exitCode, reason}: ContainerRecord): ContainerSummary => ({
  name,
  lastStatus,
  ...(exitCode !== undefined && {exitCode}),
  ...(reason !== undefined && {reason}),
})

function healthOf(containers: readonly ContainerRecord[]): string | undefined {
  const checked = containers.filter(({essential, hasHealthCheck}) => essential && hasHealthCheck)
  if (checked.length === 0) return undefined
  if (checked.some(({healthStatus}) => healthStatus === 'UNHEALTHY')) return 'UNHEALTHY'
  return checked.every(({healthStatus}) => healthStatus === 'HEALTHY') ? 'HEALTHY' : 'UNKNOWN'
}
