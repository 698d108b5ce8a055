import type {
  ContainerInstance,
  DeregisterContainerInstanceCommandInput,
  DeregisterContainerInstanceCommandOutput,
  DescribeContainerInstancesCommandInput,
  DescribeContainerInstancesCommandOutput,
  ListContainerInstancesCommandInput,
  ListContainerInstancesCommandOutput,
  Resource,
  UpdateContainerInstancesStateCommandInput,
  UpdateContainerInstancesStateCommandOutput,
} from '@aws-sdk/client-ecs'
import {
  DeregisterContainerInstance$,
  DescribeContainerInstances$,
  ListContainerInstances$,
  UpdateContainerInstancesState$,
} from '@aws-sdk/client-ecs'
import type {ContainerInstanceRecord} from '../../scheduler/records.js'
import type {Scope} from '../../scope.js'
import {regionalArn} from '../../scope.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {activeCluster} from './cluster-lookup.js'
import type {EcsContext} from './context.js'
import {clientFault, invalidParameter, requireThat} from './faults.js'
import {page} from './paging.js'
import type {ClusterRecord} from './store.js'
import {isPending} from './task-counts.js'

const DESCRIBE_LIMIT = 100

/** The operations on the instances of a cluster; instances come and go by themselves. */
export function containerInstanceOperations(context: EcsContext): Operation[] {
  const {scheduler, store} = context
  return [
    operation<ListContainerInstancesCommandInput, ListContainerInstancesCommandOutput>(
      ListContainerInstances$,
      (input, scope) => {
        if (input.filter !== undefined) {
          throw invalidParameter('Filters of container instances are not emulated by the local AWS.')
        }
        const found = registered(context, activeCluster(store, scope, input.cluster)).filter(
          ({status}) => input.status === undefined || status === input.status,
        )
        const {items, ...next} = page(found, ({containerInstanceArn}) => containerInstanceArn, input)
        return {containerInstanceArns: items.map(({containerInstanceArn}) => containerInstanceArn), ...next}
      },
    ),

    operation<DescribeContainerInstancesCommandInput, DescribeContainerInstancesCommandOutput>(
      DescribeContainerInstances$,
      (input, {account, region}) => {
        const {found, failures} = select(context, input, {account, region})
        const showTags = input.include?.includes('TAGS') === true
        return {containerInstances: found.map((instance) => view(context, instance, showTags)), failures}
      },
    ),

    operation<UpdateContainerInstancesStateCommandInput, UpdateContainerInstancesStateCommandOutput>(
      UpdateContainerInstancesState$,
      (input, {account, region}) => {
        const {status} = input
        if (status !== 'ACTIVE' && status !== 'DRAINING') {
          throw invalidParameter(`Container instances cannot be set to ${status}.`)
        }
        const {found, failures} = select(context, input, {account, region})
        for (const instance of found) {
          instance.status = status
          store.running.containerInstances.touch(instance.containerInstanceArn)
        }
        return {containerInstances: found.map((instance) => view(context, instance, false)), failures}
      },
    ),

    operation<DeregisterContainerInstanceCommandInput, DeregisterContainerInstanceCommandOutput>(
      DeregisterContainerInstance$,
      (input, {account, region}) => {
        const asked = {cluster: input.cluster, containerInstances: [input.containerInstance ?? '']}
        const [instance] = select(context, asked, {account, region}).found
        if (instance === undefined) throw clientFault('The referenced container instance was not found.')
        const tasks = scheduler.instances.tasksOn(instance)
        requireThat(
          tasks.length === 0 || input.force === true,
          'Found running tasks on the instance. Use the force option to deregister it all the same.',
        )
        for (const task of tasks) scheduler.stopTask(task, 'Container instance deregistration forced by user')
        store.running.containerInstances.delete(instance.containerInstanceArn)
        return {containerInstance: {...view(context, instance, false), status: 'INACTIVE'}}
      },
    ),
  ]
}

/** An instance is in its cluster once it has started. */
const registered = ({scheduler, clock}: EcsContext, {clusterArn}: ClusterRecord): ContainerInstanceRecord[] =>
  scheduler.instances.of(clusterArn).filter(({registeredAt}) => registeredAt <= clock.now())

function select(
  context: EcsContext,
  {cluster, containerInstances = []}: Pick<DescribeContainerInstancesCommandInput, 'cluster' | 'containerInstances'>,
  scope: Scope,
) {
  const record = activeCluster(context.store, scope, cluster)
  requireThat(containerInstances.length > 0, 'Container instance cannot be empty.')
  requireThat(containerInstances.length <= DESCRIBE_LIMIT, `instanceIds can have at most ${DESCRIBE_LIMIT} items.`)
  const arns = containerInstances.map((reference) =>
    reference.startsWith('arn:')
      ? reference
      : regionalArn('ecs', scope, `container-instance/${record.clusterName}/${reference}`),
  )
  const all = registered(context, record)
  const found = arns.flatMap((arn) => all.find(({containerInstanceArn}) => containerInstanceArn === arn) ?? [])
  const missing = arns.filter((arn) => !found.some(({containerInstanceArn}) => containerInstanceArn === arn))
  return {found, failures: missing.map((arn) => ({arn, reason: 'MISSING'}))}
}

function view({scheduler}: EcsContext, instance: ContainerInstanceRecord, showTags: boolean): ContainerInstance {
  const tasks = scheduler.instances.tasksOn(instance)
  const left = scheduler.instances.remaining(instance)
  return {
    containerInstanceArn: instance.containerInstanceArn,
    ec2InstanceId: instance.ec2InstanceId,
    capacityProviderName: instance.capacityProviderName,
    version: 1,
    versionInfo: {},
    remainingResources: resources(left.cpu, left.memoryMib),
    registeredResources: resources(instance.cpu, instance.memoryMib),
    status: instance.status,
    agentConnected: true,
    runningTasksCount: tasks.filter(({lastStatus}) => lastStatus === 'RUNNING').length,
    pendingTasksCount: tasks.filter(isPending).length,
    attributes: [{name: 'ecs.os-type', value: 'linux'}],
    registeredAt: new Date(instance.registeredAt),
    attachments: [],
    tags: showTags ? instance.tags : [],
  }
}

const resources = (cpu: number, memory: number): Resource[] =>
  Object.entries({CPU: cpu, MEMORY: memory}).map(([name, integerValue]) => ({
    name,
    type: 'INTEGER',
    doubleValue: 0,
    longValue: 0,
    integerValue,
  }))
