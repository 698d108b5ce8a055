import type {TargetGroupsPort} from '../ports.js'
import {primaryOf} from './deployments.js'
import type {DeploymentRecord, ServiceRecord, TaskRecord} from './records.js'
import type {SchedulerState} from './state.js'
import type {TaskHealth} from './task-health.js'
import {taskHealth} from './task-health.js'

/** A task that is to run, with the deployment it belongs to and what its health checks say. */
export interface AssessedTask {
  readonly task: TaskRecord
  readonly health: TaskHealth
  readonly deployment: DeploymentRecord | undefined
}

export const isRunning = ({task}: AssessedTask): boolean => task.lastStatus === 'RUNNING'
export const isUnhealthy = ({health}: AssessedTask): boolean => health.verdict === 'unhealthy'
export const isHealthy = ({health}: AssessedTask): boolean => health.verdict === 'healthy'

/** What one pass of the scheduler sees of a service: its tasks that are to run, oldest first. */
export class ServiceTasks {
  readonly primary: DeploymentRecord | undefined
  readonly all: readonly AssessedTask[]

  constructor(all: readonly AssessedTask[], primary: DeploymentRecord | undefined) {
    this.all = all
    this.primary = primary
  }

  /** The tasks of the PRIMARY deployment. */
  get current(): AssessedTask[] {
    return this.all.filter(({deployment}) => deployment !== undefined && deployment === this.primary)
  }

  /** The tasks of all other deployments. */
  get old(): AssessedTask[] {
    return this.all.filter(({deployment}) => deployment === undefined || deployment !== this.primary)
  }
}

/** Looks at every task of a service that is to run. */
export function assess(
  {state, targetGroups, now}: {state: SchedulerState; targetGroups: TargetGroupsPort; now: number},
  service: ServiceRecord,
): ServiceTasks {
  const graceSeconds = service.settings.healthCheckGracePeriodSeconds ?? 0
  const all = state
    .tasksOf(service)
    .filter(({desiredStatus}) => desiredStatus === 'RUNNING')
    .map((task) => ({
      task,
      health: taskHealth(targetGroups, task, {now, graceSeconds}),
      deployment: service.deployments.find(({id}) => id === task.deploymentId),
    }))
  return new ServiceTasks(all, primaryOf(service))
}
