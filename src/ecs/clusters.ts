import type {CapacityProviderStrategyItem, Cluster as SdkCluster, Tag} from '@aws-sdk/client-ecs'
import {collect} from '../aws/paging.js'
import type {Ecs} from './sdk.js'

export interface Cluster {
  readonly arn: string
  readonly name: string
  readonly status: string
  /** Those that tasks of the cluster can use. */
  readonly capacityProviders: readonly string[]
  readonly defaultCapacityProviderStrategy: readonly CapacityProviderStrategyItem[]
  /** Container instances that are registered, whether they have room or not. */
  readonly containerInstances: number
}

/** Finds a cluster by name or ARN; an INACTIVE one counts as absent, since CreateCluster revives its name. */
export async function findCluster(ecs: Ecs, cluster: string): Promise<Cluster | undefined> {
  const {clusters = []} = await ecs('DescribeClusters', {clusters: [cluster]})
  const found = clusters.find(({status}) => status !== 'INACTIVE')
  if (found === undefined) return undefined
  return narrowCluster(found)
}

/** The ARNs of all clusters of the region. */
export async function listClusters(ecs: Ecs): Promise<string[]> {
  return collect(
    (nextToken) => ecs('ListClusters', {maxResults: 100, ...(nextToken && {nextToken})}),
    (page) => page.nextToken,
    (page) => page.clusterArns,
  )
}

/** Creates a cluster; an existing one of that name is answered as it is. */
export async function createCluster(ecs: Ecs, clusterName: string, tags: Tag[]): Promise<Cluster> {
  const {cluster = {}} = await ecs('CreateCluster', {clusterName, tags})
  return narrowCluster({clusterName, ...cluster})
}

/** Sets which capacity providers the tasks of a cluster can use; the list takes the place of the present one. */
export async function putCapacityProviders(
  ecs: Ecs,
  cluster: string,
  {
    capacityProviders,
    defaultCapacityProviderStrategy,
  }: Pick<Cluster, 'capacityProviders' | 'defaultCapacityProviderStrategy'>,
): Promise<void> {
  await ecs('PutClusterCapacityProviders', {
    cluster,
    capacityProviders: [...capacityProviders],
    defaultCapacityProviderStrategy: [...defaultCapacityProviderStrategy],
  })
}

function narrowCluster(cluster: SdkCluster): Cluster {
  return {
    arn: cluster.clusterArn ?? '',
    name: cluster.clusterName ?? '',
    status: cluster.status ?? '',
    capacityProviders: cluster.capacityProviders ?? [],
    defaultCapacityProviderStrategy: cluster.defaultCapacityProviderStrategy ?? [],
    containerInstances: cluster.registeredContainerInstancesCount ?? 0,
  }
}
