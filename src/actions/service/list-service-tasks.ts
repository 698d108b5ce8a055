import {describeTasks, listTasks} from '../../ecs/tasks.js'
import type {Context} from '../context.js'
import {createTaskDefinitionReader} from '../task-definition-reader.js'
import type {TaskSummary} from '../task-summary.js'
import {summarizeTasks} from '../task-summary.js'
import {describeKnownService} from './known-service.js'

export interface ListServiceTasksOptions {
  readonly cluster: string
  readonly name: string
  /** Tasks that were stopped too; ECS remembers them for about an hour. */
  readonly stopped: boolean
}

export interface ServiceTasks {
  readonly service: string
  readonly cluster: string
  readonly tasks: readonly TaskSummary[]
}

/** The tasks of a service. At most three calls depend on each other: list, describe, network interfaces. */
export async function listServiceTasks(
  {aws}: Pick<Context, 'aws'>,
  {cluster, name, stopped}: ListServiceTasksOptions,
): Promise<ServiceTasks> {
  const tasksOf = async (desiredStatus: 'RUNNING' | 'STOPPED') =>
    describeTasks(aws.ecs, cluster, await listTasks(aws.ecs, cluster, {serviceName: name, desiredStatus}))
  const [service, running, ended] = await Promise.all([
    describeKnownService(aws, cluster, name),
    tasksOf('RUNNING'),
    stopped ? tasksOf('STOPPED') : [],
  ])
  // A task can be stopped between the two lists, and be in both.
  const tasks = new Map([...running, ...ended].map((task) => [task.arn, task]))
  const needs = {ec2: aws.ec2, definitionOf: createTaskDefinitionReader(aws.ecs)}
  const loadBalancerContainer = service.loadBalancers[0]?.containerName
  return {
    service: name,
    cluster,
    tasks: await summarizeTasks(needs, [...tasks.values()], {service: name, loadBalancerContainer}),
  }
}
