import type {DeploymentRecord, ServiceRecord, TaskRecord} from '../../scheduler/records.js'
import type {Scope} from '../../scope.js'
import {shortTaskDefinition, timeText} from './texts.js'

/** A service with its deployments, as the status and the page show it. */
export interface ServiceSummary extends Scope, TaskNumbers {
  readonly arn: string
  readonly cluster: string
  readonly name: string
  /** `ACTIVE`, or `DRAINING` while it is deleted. */
  readonly status: string
  /** `web:3`. */
  readonly taskDefinition: string
  readonly createdAt: string
  /** Of the PRIMARY deployment; a service has none while it is deleted. */
  readonly rolloutState?: string
  /** Newest first. */
  readonly deployments: readonly DeploymentSummary[]
  readonly targetGroupArns: readonly string[]
  /** The newest ones, newest first. */
  readonly events: readonly {readonly id: string; readonly at: string; readonly message: string}[]
}

export interface TaskNumbers {
  readonly desiredCount: number
  readonly runningCount: number
  readonly pendingCount: number
}

export interface DeploymentSummary extends TaskNumbers {
  readonly id: string
  readonly status: string
  readonly rolloutState: string
  readonly rolloutStateReason: string
  readonly taskDefinition: string
  readonly failedTasks: number
  readonly createdAt: string
}

const shownEvents = 20

/** The services that are not INACTIVE, of every account and region. */
export function serviceSummaries(
  services: readonly ServiceRecord[],
  tasksOf: (serviceArn: string) => readonly TaskRecord[],
): ServiceSummary[] {
  return services
    .filter(({status}) => status !== 'INACTIVE')
    .map((service) => serviceSummary(service, tasksOf(service.serviceArn)))
}

function serviceSummary(service: ServiceRecord, tasks: readonly TaskRecord[]): ServiceSummary {
  const rolloutState = service.deployments.find(({status}) => status === 'PRIMARY')?.rolloutState
  return {
    arn: service.serviceArn,
    ...service.scope,
    cluster: service.clusterName,
    name: service.serviceName,
    status: service.status,
    taskDefinition: shortTaskDefinition(service.spec.taskDefinitionArn),
    createdAt: timeText(service.createdAt),
    ...(rolloutState !== undefined && {rolloutState}),
    ...numbers(service.desiredCount, tasks),
    deployments: service.deployments.map((each) => deploymentSummary(each, tasks)),
    targetGroupArns: service.spec.loadBalancers.flatMap(({targetGroupArn}) => targetGroupArn ?? []),
    events: service.events
      .slice(0, shownEvents)
      .map(({id, createdAt, message}) => ({id, at: timeText(createdAt), message})),
  }
}

const deploymentSummary = (deployment: DeploymentRecord, tasks: readonly TaskRecord[]): DeploymentSummary => ({
  id: deployment.id,
  status: deployment.status,
  rolloutState: deployment.rolloutState,
  rolloutStateReason: deployment.rolloutStateReason,
  taskDefinition: shortTaskDefinition(deployment.spec.taskDefinitionArn),
  failedTasks: deployment.failedTasks,
  createdAt: timeText(deployment.createdAt),
  ...numbers(
    deployment.desiredCount,
    tasks.filter(({deploymentId}) => deploymentId === deployment.id),
  ),
})

/** As DescribeServices counts: a task that is told to stop counts until it has left RUNNING, and is not pending. */
function numbers(desiredCount: number, tasks: readonly TaskRecord[]): TaskNumbers {
  let [runningCount, pendingCount] = [0, 0]
  for (const {lastStatus, desiredStatus} of tasks) {
    if (lastStatus === 'RUNNING') runningCount += 1
    else if (desiredStatus === 'RUNNING' && starting.has(lastStatus)) pendingCount += 1
  }
  return {desiredCount, runningCount, pendingCount}
}

const starting: ReadonlySet<string> = new Set(['PROVISIONING', 'PENDING', 'ACTIVATING'])
