import type {Scope} from '../../scope.js'
import {clusterReference} from './arns.js'
import {clusterNotFound} from './faults.js'
import type {ClusterRecord, EcsStore} from './store.js'

/** Finds an ACTIVE cluster by name or ARN, `default` where none is named. @throws AwsFault ClusterNotFoundException */
export function activeCluster(store: EcsStore, scope: Scope, reference: string | undefined): ClusterRecord {
  const cluster = store.clusters.get(clusterReference(scope, reference))
  if (cluster === undefined || cluster.status !== 'ACTIVE') throw clusterNotFound()
  return cluster
}
