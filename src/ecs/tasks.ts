import type {Container, RunTaskCommandInput, Task as SdkTask} from '@aws-sdk/client-ecs'
import {inBatches} from '../aws/batching.js'
import {absentOn, isAwsError} from '../aws/errors.js'
import {collect} from '../aws/paging.js'
import {AwsError} from '../errors/errors.js'
import type {Ecs} from './sdk.js'

export interface TaskContainer {
  readonly name: string
  readonly image: string
  readonly lastStatus: string
  readonly healthStatus: string | undefined
  /** Absent when the container never ran. */
  readonly exitCode: number | undefined
  readonly reason: string | undefined
}

/** A task as ECS describes it, with the members that this program reads made certain. */
export interface Task {
  readonly arn: string
  /** The last part of the ARN. */
  readonly id: string
  readonly taskDefinition: string
  readonly lastStatus: string
  readonly desiredStatus: string
  readonly healthStatus: string | undefined
  readonly startedBy: string | undefined
  readonly group: string | undefined
  readonly cpu: string | undefined
  readonly memory: string | undefined
  readonly createdAt: Date | undefined
  readonly startedAt: Date | undefined
  readonly stoppedAt: Date | undefined
  readonly stopCode: string | undefined
  readonly stoppedReason: string | undefined
  /** Of the awsvpc interface; absent for the first seconds of a task. */
  readonly networkInterfaceId: string | undefined
  readonly privateIp: string | undefined
  readonly containers: readonly TaskContainer[]
}

/** Which tasks to list; ECS joins the filters. */
export interface TaskFilter {
  readonly serviceName?: string
  readonly family?: string
  /** Not beside `serviceName` or `family`. */
  readonly startedBy?: string
  readonly desiredStatus?: 'RUNNING' | 'STOPPED'
}

/** The ARNs of the tasks that match; none where the cluster does not exist. */
export async function listTasks(ecs: Ecs, cluster: string, filter: TaskFilter): Promise<string[]> {
  const arns = collect(
    (nextToken) => ecs('ListTasks', {cluster, ...filter, ...(nextToken && {nextToken})}),
    (page) => page.nextToken,
    (page) => page.taskArns,
  )
  return (await absentOn(arns, 'ClusterNotFoundException', 'ServiceNotFoundException')) ?? []
}

const describeTasksLimit = 100

/** Describes tasks; one that ECS has forgotten in the meantime (MISSING) is left out. */
export async function describeTasks(ecs: Ecs, cluster: string, tasks: readonly string[]): Promise<Task[]> {
  return inBatches(tasks, describeTasksLimit, async (batch) => {
    const answer = await ecs('DescribeTasks', {cluster, tasks: batch})
    const failure = answer.failures?.find(({reason}) => reason !== 'MISSING')
    if (failure !== undefined) {
      throw new AwsError('DESCRIBE_FAILED', `ECS cannot describe task ${failure.arn}: ${failure.reason}`, {
        details: {failures: answer.failures},
      })
    }
    return (answer.tasks ?? []).map(narrowTask)
  })
}

/** What RunTask answers: it can start some tasks and not others, all with HTTP 200. */
export interface TaskStart {
  readonly tasks: readonly Task[]
  readonly failures: readonly TaskStartFailure[]
}

export interface TaskStartFailure {
  readonly reason: string
  readonly detail: string | undefined
}

/** RunTask starts at most so many tasks in one call. */
export const runTaskLimit = 10

/** Starts up to ten tasks. The SDK gives each call a client token, so that a repeated request starts none twice. */
export async function runTasks(ecs: Ecs, input: RunTaskCommandInput): Promise<TaskStart> {
  const {tasks = [], failures = []} = await ecs('RunTask', input)
  return {
    tasks: tasks.map(narrowTask),
    failures: failures.map(({reason, detail}) => ({reason: reason ?? 'unknown', detail})),
  }
}

/** Stops a task; one that has stopped, or that ECS has forgotten, is left as it is. Answers whether there was one. */
export async function stopTask(ecs: Ecs, cluster: string, task: string, reason: string): Promise<boolean> {
  try {
    await ecs('StopTask', {cluster, task, reason})
    return true
  } catch (error) {
    if (isAwsError(error, 'InvalidParameterException') && /referenced task was not found/.test(error.message)) {
      return false
    }
    throw error
  }
}

/** The 32 hexadecimal digits at the end of a task's ARN. */
export const taskIdOf = (arn: string): string => arn.split('/').at(-1) ?? arn

function narrowTask(task: SdkTask): Task {
  // By type, not by position: a task with Service Connect or an EBS volume has other attachments too.
  const network = task.attachments?.find(({type}) => type === 'ElasticNetworkInterface')
  const detail = (name: string) => network?.details?.find((entry) => entry.name === name)?.value
  return {
    arn: task.taskArn ?? '',
    id: taskIdOf(task.taskArn ?? ''),
    taskDefinition: task.taskDefinitionArn ?? '',
    lastStatus: task.lastStatus ?? '',
    desiredStatus: task.desiredStatus ?? '',
    healthStatus: task.healthStatus,
    startedBy: task.startedBy,
    group: task.group,
    cpu: task.cpu,
    memory: task.memory,
    createdAt: task.createdAt,
    startedAt: task.startedAt,
    stoppedAt: task.stoppedAt,
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    networkInterfaceId: detail('networkInterfaceId'),
    privateIp: detail('privateIPv4Address'),
    containers: (task.containers ?? []).map(narrowContainer),
  }
}

function narrowContainer(container: Container): TaskContainer {
  return {
    name: container.name ?? '',
    image: container.image ?? '',
    lastStatus: container.lastStatus ?? '',
    healthStatus: container.healthStatus,
    exitCode: container.exitCode,
    reason: container.reason,
  }
}
