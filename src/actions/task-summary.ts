import {inParallel} from '../aws/batching.js'
import type {NetworkInterface} from '../ec2/network-interfaces.js'
import {describeNetworkInterfaces} from '../ec2/network-interfaces.js'
import type {Ec2} from '../ec2/sdk.js'
import {mainContainer} from '../ecs/task-definition-edit.js'
import {revisionOf} from '../ecs/task-definitions.js'
import type {Task, TaskContainer} from '../ecs/tasks.js'
import {explainStop} from '../rollout/stop-explanation.js'
import type {TaskDefinitionReader} from './task-definition-reader.js'

/** A task as the lists of tasks show it. */
export interface TaskSummary {
  readonly id: string
  readonly arn: string
  /** Of its main container. */
  readonly image: string | undefined
  readonly status: string
  readonly desiredStatus: string
  /** HEALTHY, UNHEALTHY, or UNKNOWN for a container without a health check. */
  readonly health: string | undefined
  readonly deploymentId: string | undefined
  readonly taskDefinition: string
  readonly revision: string
  readonly createdAt: Date | undefined
  readonly startedAt: Date | undefined
  readonly stoppedAt: Date | undefined
  readonly publicIp: string | undefined
  readonly privateIp: string | undefined
  readonly ipv6: string | undefined
  readonly subnetId: string | undefined
  readonly securityGroupIds: readonly string[]
  readonly cpu: string | undefined
  readonly memory: string | undefined
  readonly containers: readonly TaskContainer[]
  /** For a task that was stopped: why, and what helps. */
  readonly stopped: StoppedSummary | undefined
}

export interface StoppedSummary {
  readonly code: string | undefined
  readonly reason: string
  readonly hint: string | undefined
}

export interface TaskSummaryNeeds {
  readonly ec2: Ec2
  readonly definitionOf: TaskDefinitionReader
}

/** What tells the main container of a task from its sidecars. */
export type MainContainerNames = Parameters<typeof mainContainer>[1]

/**
 * Puts together what ECS and EC2 know of tasks. A network interface or revision that is gone leaves gaps in its own
 * task only.
 *
 * @returns tasks that are meant to run by age, then the others, the last to stop first
 */
export async function summarizeTasks(
  {ec2, definitionOf}: TaskSummaryNeeds,
  tasks: readonly Task[],
  names: MainContainerNames,
): Promise<TaskSummary[]> {
  const interfaceIds = tasks.flatMap(({networkInterfaceId}) => networkInterfaceId ?? [])
  const [interfaces, images] = await Promise.all([
    describeNetworkInterfaces(ec2, interfaceIds),
    inParallel(tasks, async ({taskDefinition}) => {
      const revision = await definitionOf(taskDefinition)
      return revision && mainContainer(revision.taskDefinition, names)
    }),
  ])
  return tasks
    .map((task, index) => {
      const main = images[index]
      const running = task.containers.find(({name}) => name === (main?.name ?? names.service))
      const image = running?.image || main?.image
      return summarize(task, image, interfaces.get(task.networkInterfaceId ?? ''))
    })
    .sort(inListOrder)
}

function summarize(task: Task, image: string | undefined, network: NetworkInterface | undefined): TaskSummary {
  return {
    id: task.id,
    arn: task.arn,
    image,
    status: task.lastStatus,
    desiredStatus: task.desiredStatus,
    health: task.healthStatus,
    deploymentId: task.startedBy,
    taskDefinition: task.taskDefinition,
    revision: revisionOf(task.taskDefinition),
    createdAt: task.createdAt,
    startedAt: task.startedAt,
    stoppedAt: task.stoppedAt,
    publicIp: network?.publicIp,
    privateIp: network?.privateIp ?? task.privateIp,
    ipv6: network?.ipv6,
    subnetId: network?.subnetId,
    securityGroupIds: network?.securityGroupIds ?? [],
    cpu: task.cpu,
    memory: task.memory,
    containers: task.containers,
    stopped: task.desiredStatus === 'STOPPED' ? {code: task.stopCode, ...explainStop(task)} : undefined,
  }
}

function inListOrder(one: TaskSummary, other: TaskSummary): number {
  if ((one.stopped === undefined) !== (other.stopped === undefined)) return one.stopped === undefined ? -1 : 1
  const byTime =
    one.stopped === undefined
      ? timeOf(one.createdAt) - timeOf(other.createdAt)
      : timeOf(other.stoppedAt) - timeOf(one.stoppedAt)
  return byTime || (one.id < other.id ? -1 : 1)
}

/** A time that is not there yet is later than all others. */
const timeOf = (date: Date | undefined): number => date?.getTime() ?? Number.MAX_SAFE_INTEGER
