import type {Tag} from '@aws-sdk/client-ecs'
import type {Ecs} from './sdk.js'

export interface Cluster {
  readonly arn: string
  readonly name: string
  readonly status: string
}

/** Finds a cluster by name or ARN; an INACTIVE one counts as absent, since CreateCluster revives its name. */
export async function findCluster(ecs: Ecs, cluster: string): Promise<Cluster | undefined> {
  const {clusters = []} = await ecs('DescribeClusters', {clusters: [cluster]})
  const found = clusters.find(({status}) => status !== 'INACTIVE')
  if (found === undefined) return undefined
  return {arn: found.clusterArn ?? '', name: found.clusterName ?? '', status: found.status ?? ''}
}

/** Creates a cluster; an existing one of that name is answered as it is. */
export async function createCluster(ecs: Ecs, clusterName: string, tags: Tag[]): Promise<Cluster> {
  const {cluster = {}} = await ecs('CreateCluster', {clusterName, tags})
  return {arn: cluster.clusterArn ?? '', name: cluster.clusterName ?? clusterName, status: cluster.status ?? ''}
}
