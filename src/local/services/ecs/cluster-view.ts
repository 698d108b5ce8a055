import type {Cluster} from '@aws-sdk/client-ecs'
import type {EcsContext} from './context.js'
import type {ClusterRecord} from './store.js'
import {isPending} from './task-counts.js'

/** A cluster as DescribeClusters shows it; tags, settings and configuration only where they are asked for. */
export function clusterView(
  {store, scheduler, clock}: EcsContext,
  cluster: ClusterRecord,
  include: readonly string[],
): Cluster {
  const belongs = (record: {readonly clusterArn: string}) => record.clusterArn === cluster.clusterArn
  const tasks = [...store.running.tasks.values()].filter(belongs)
  const services = [...store.running.services.values()].filter(belongs)
  return {
    clusterArn: cluster.clusterArn,
    clusterName: cluster.clusterName,
    status: cluster.status,
    registeredContainerInstancesCount: scheduler.instances
      .of(cluster.clusterArn)
      .filter((each) => each.registeredAt <= clock.now()).length,
    runningTasksCount: tasks.filter(({lastStatus}) => lastStatus === 'RUNNING').length,
    pendingTasksCount: tasks.filter(isPending).length,
    activeServicesCount: services.filter(({status}) => status === 'ACTIVE').length,
    statistics: [],
    tags: include.includes('TAGS') ? cluster.tags : [],
    settings: include.includes('SETTINGS') ? cluster.settings : [],
    ...(include.includes('CONFIGURATIONS') && cluster.configuration !== undefined
      ? {configuration: cluster.configuration}
      : {}),
    capacityProviders: cluster.capacityProviders,
    defaultCapacityProviderStrategy: cluster.defaultCapacityProviderStrategy,
    ...(cluster.serviceConnectDefaults === undefined ? {} : {serviceConnectDefaults: cluster.serviceConnectDefaults}),
    ...(include.includes('ATTACHMENTS') && cluster.busyUntil !== undefined
      ? {
          attachments: [],
          attachmentsStatus: cluster.busyUntil > clock.now() ? 'UPDATE_IN_PROGRESS' : 'UPDATE_COMPLETE',
        }
      : {}),
  }
}
