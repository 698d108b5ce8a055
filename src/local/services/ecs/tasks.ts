import type {
  DescribeTasksCommandInput,
  DescribeTasksCommandOutput,
  ListTasksCommandInput,
  ListTasksCommandOutput,
  RunTaskCommandInput,
  RunTaskCommandOutput,
  StopTaskCommandInput,
  StopTaskCommandOutput,
} from '@aws-sdk/client-ecs'
import {DescribeTasks$, ListTasks$, RunTask$, StopTask$} from '@aws-sdk/client-ecs'
import type {TaskRecord} from '../../scheduler/records.js'
import type {Operation, RequestContext} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {serviceReference, taskReference} from './arns.js'
import {activeCluster} from './cluster-lookup.js'
import type {EcsContext} from './context.js'
import {requireThat, serviceNotFound} from './faults.js'
import {page} from './paging.js'
import {runTask} from './run-task.js'
import {taskView} from './task-view.js'

const DESCRIBE_LIMIT = 100

export function taskOperations(context: EcsContext): Operation[] {
  return [
    operation<RunTaskCommandInput, RunTaskCommandOutput>(RunTask$, (input, request) =>
      runTask(context, input, request),
    ),
    operation<StopTaskCommandInput, StopTaskCommandOutput>(StopTask$, (input, request) => {
      const cluster = activeCluster(context.store, request, input.cluster)
      const arn = taskReference(cluster.scope, cluster.clusterName, input.task ?? '')
      const task = context.store.running.tasks.get(arn)
      requireThat(task !== undefined && task.clusterArn === cluster.clusterArn, 'The referenced task was not found.')
      context.scheduler.stopTask(task, input.reason)
      return {task: taskView(task, {tags: false})}
    }),
    operation<DescribeTasksCommandInput, DescribeTasksCommandOutput>(DescribeTasks$, (input, request) =>
      describeTasks(context, input, request),
    ),
    operation<ListTasksCommandInput, ListTasksCommandOutput>(ListTasks$, (input, request) =>
      listTasks(context, input, request),
    ),
  ]
}

function describeTasks(
  {store}: EcsContext,
  {cluster: reference, tasks = [], include = []}: DescribeTasksCommandInput,
  request: RequestContext,
): Omit<DescribeTasksCommandOutput, '$metadata'> {
  const cluster = activeCluster(store, request, reference)
  requireThat(tasks.length > 0, 'Tasks cannot be empty.')
  requireThat(tasks.length <= DESCRIBE_LIMIT, `Tasks cannot have more than ${DESCRIBE_LIMIT} elements.`)
  const arns = tasks.map((task) => taskReference(cluster.scope, cluster.clusterName, task))
  const find = (arn: string): TaskRecord | undefined => {
    const task = store.running.tasks.get(arn)
    return task?.clusterArn === cluster.clusterArn ? task : undefined
  }
  const found = arns.map(find).filter((task) => task !== undefined)
  return {
    tasks: found.map((task) => taskView(task, {tags: include.includes('TAGS')})),
    failures: arns.filter((arn) => find(arn) === undefined).map((arn) => ({arn, reason: 'MISSING'})),
  }
}

/** Lists tasks that are to run, or with `desiredStatus` STOPPED those that are to stop or have. */
function listTasks(
  {store}: EcsContext,
  input: ListTasksCommandInput,
  request: RequestContext,
): Omit<ListTasksCommandOutput, '$metadata'> {
  const cluster = activeCluster(store, request, input.cluster)
  const {desiredStatus = 'RUNNING', family, startedBy, serviceName, launchType} = input
  requireThat(
    startedBy === undefined || (family === undefined && serviceName === undefined),
    'startedBy cannot be combined with family or serviceName.',
  )
  const service =
    serviceName === undefined ? undefined : serviceReference(cluster.scope, cluster.clusterName, serviceName)
  if (service !== undefined && !store.running.services.has(service)) throw serviceNotFound()
  const matches = (task: TaskRecord): boolean =>
    task.clusterArn === cluster.clusterArn &&
    task.desiredStatus === desiredStatus &&
    (family === undefined || task.family === family) &&
    (startedBy === undefined || task.startedBy === startedBy) &&
    (service === undefined || task.serviceArn === service) &&
    (launchType === undefined || launchType === (task.containerInstanceArn === undefined ? 'FARGATE' : 'EC2'))
  const arns = [...store.running.tasks.values()].filter(matches).map(({taskArn}) => taskArn)
  const {items, ...next} = page(arns, (arn) => arn, input)
  return {taskArns: items, ...next}
}
