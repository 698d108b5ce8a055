import type {
  CreateClusterCommandInput,
  CreateClusterCommandOutput,
  DeleteClusterCommandInput,
  DeleteClusterCommandOutput,
  DescribeClustersCommandInput,
  DescribeClustersCommandOutput,
  ListClustersCommandInput,
  ListClustersCommandOutput,
  PutClusterCapacityProvidersCommandInput,
  PutClusterCapacityProvidersCommandOutput,
} from '@aws-sdk/client-ecs'
import {
  CreateCluster$,
  DeleteCluster$,
  DescribeClusters$,
  ListClusters$,
  PutClusterCapacityProviders$,
} from '@aws-sdk/client-ecs'
import {AwsFault} from '../../aws-fault.js'
import type {Operation, RequestContext} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {clusterArn, clusterReference} from './arns.js'
import {echoedStrategy, requireExistingProviders, requireValidStrategy} from './capacity-providers.js'
import {activeCluster} from './cluster-lookup.js'
import {clusterView} from './cluster-view.js'
import type {EcsContext} from './context.js'
import {clusterNotFound, requireThat} from './faults.js'
import {page} from './paging.js'
import {requireServiceLinkedRole} from './service-linked-role.js'
import type {ClusterRecord} from './store.js'
import {recordsOf} from './store.js'
import {checkedTags} from './tag-rules.js'

const NAME = /^[a-zA-Z0-9_-]{1,255}$/
const DESCRIBE_LIMIT = 100
/** How long a change of capacity providers is UPDATE_IN_PROGRESS. */
const PROVIDER_UPDATE_MS = 5_000

export function clusterOperations(context: EcsContext): Operation[] {
  return [
    operation<CreateClusterCommandInput, CreateClusterCommandOutput>(CreateCluster$, (input, request) =>
      createCluster(context, input, request),
    ),
    operation<DescribeClustersCommandInput, DescribeClustersCommandOutput>(DescribeClusters$, (input, request) =>
      describeClusters(context, input, request),
    ),
    operation<ListClustersCommandInput, ListClustersCommandOutput>(ListClusters$, (input, request) => {
      const active = recordsOf(request, context.store.clusters).filter(({status}) => status === 'ACTIVE')
      const {items, ...next} = page(active, (cluster) => cluster.clusterArn, input)
      return {clusterArns: items.map((cluster) => cluster.clusterArn), ...next}
    }),
    operation<DeleteClusterCommandInput, DeleteClusterCommandOutput>(DeleteCluster$, (input, request) =>
      deleteCluster(context, input, request),
    ),
    operation<PutClusterCapacityProvidersCommandInput, PutClusterCapacityProvidersCommandOutput>(
      PutClusterCapacityProviders$,
      (input, request) => putCapacityProviders(context, input, request),
    ),
  ]
}

/** Makes a cluster; one of that name that is there already is the answer, unchanged. */
function createCluster(
  context: EcsContext,
  input: CreateClusterCommandInput,
  request: RequestContext,
): Omit<CreateClusterCommandOutput, '$metadata'> {
  const {store} = context
  const {account, region} = request
  const scope = {account, region}
  const {clusterName = 'default', capacityProviders = [], defaultCapacityProviderStrategy = []} = input
  requireThat(
    NAME.test(clusterName),
    'The cluster name is not valid. Up to 255 letters (uppercase and lowercase), numbers, underscores, and hyphens are allowed.',
  )
  const arn = clusterArn(scope, clusterName)
  const existing = store.clusters.get(arn)
  if (existing?.status === 'ACTIVE') return {cluster: clusterView(context, existing, ALL_FIELDS)}
  requireExistingProviders(store, scope, capacityProviders)
  requireValidStrategy(defaultCapacityProviderStrategy, {capacityProviders})
  if (capacityProviders.length > 0) requireServiceLinkedRole(context, scope)
  const cluster: ClusterRecord = {
    scope,
    clusterArn: arn,
    clusterName,
    status: 'ACTIVE',
    settings: input.settings ?? [{name: 'containerInsights', value: 'disabled'}],
    ...(input.configuration === undefined ? {} : {configuration: input.configuration}),
    ...(input.serviceConnectDefaults === undefined ? {} : {serviceConnectDefaults: input.serviceConnectDefaults}),
    capacityProviders: [...capacityProviders],
    defaultCapacityProviderStrategy: echoedStrategy(defaultCapacityProviderStrategy),
    tags: checkedTags(input.tags),
  }
  store.clusters.set(arn, cluster)
  return {cluster: clusterView(context, cluster, ALL_FIELDS)}
}

const ALL_FIELDS = ['TAGS', 'SETTINGS', 'CONFIGURATIONS', 'ATTACHMENTS']

function describeClusters(
  context: EcsContext,
  {clusters = ['default'], include = []}: DescribeClustersCommandInput,
  request: RequestContext,
): Omit<DescribeClustersCommandOutput, '$metadata'> {
  requireThat(clusters.length <= DESCRIBE_LIMIT, `Clusters cannot have more than ${DESCRIBE_LIMIT} elements.`)
  const arns = clusters.map((reference) => clusterReference(request, reference))
  const found = arns.map((arn) => context.store.clusters.get(arn)).filter((cluster) => cluster !== undefined)
  return {
    clusters: found.map((cluster) => clusterView(context, cluster, include)),
    failures: arns.filter((arn) => !context.store.clusters.has(arn)).map((arn) => ({arn, reason: 'MISSING'})),
  }
}

/** Deletes an empty cluster: it is INACTIVE from then on. */
function deleteCluster(
  context: EcsContext,
  input: DeleteClusterCommandInput,
  request: RequestContext,
): Omit<DeleteClusterCommandOutput, '$metadata'> {
  const {store} = context
  const cluster = store.clusters.get(clusterReference(request, input.cluster))
  if (cluster === undefined) throw clusterNotFound()
  const belongs = (record: {readonly clusterArn: string}) => record.clusterArn === cluster.clusterArn
  const services = [...store.running.services.values()].filter(belongs)
  if (services.some(({status}) => status === 'ACTIVE')) {
    throw new AwsFault('ClusterContainsServicesException', 'The Cluster cannot be deleted while Services are active.')
  }
  const tasks = [...store.running.tasks.values()].filter(belongs)
  if (tasks.some(({lastStatus}) => lastStatus !== 'STOPPED')) {
    throw new AwsFault('ClusterContainsTasksException', 'The Cluster cannot be deleted while Tasks are active.')
  }
  if (context.scheduler.instances.of(cluster.clusterArn).length > 0) {
    throw new AwsFault(
      'ClusterContainsContainerInstancesException',
      'The Cluster cannot be deleted while Container Instances are active or draining.',
    )
  }
  cluster.status = 'INACTIVE'
  return {cluster: clusterView(context, cluster, [])}
}

function putCapacityProviders(
  context: EcsContext,
  input: PutClusterCapacityProvidersCommandInput,
  request: RequestContext,
): Omit<PutClusterCapacityProvidersCommandOutput, '$metadata'> {
  const cluster = activeCluster(context.store, request, input.cluster)
  const {capacityProviders = [], defaultCapacityProviderStrategy = []} = input
  requireExistingProviders(context.store, cluster.scope, capacityProviders)
  requireValidStrategy(defaultCapacityProviderStrategy, {capacityProviders})
  requireServiceLinkedRole(context, cluster.scope)
  const now = context.clock.now()
  if ((cluster.busyUntil ?? 0) > now) {
    throw new AwsFault(
      'UpdateInProgressException',
      'The specified cluster is in a busy state. Cluster attachments must be in one of [UPDATE_COMPLETE,' +
        ' UPDATE_FAILED] states.',
    )
  }
  requireUnused(context, cluster, capacityProviders)
  cluster.capacityProviders = [...capacityProviders]
  cluster.defaultCapacityProviderStrategy = echoedStrategy(defaultCapacityProviderStrategy)
  cluster.busyUntil = now + PROVIDER_UPDATE_MS
  return {cluster: clusterView(context, cluster, ['ATTACHMENTS'])}
}

function requireUnused({store}: EcsContext, cluster: ClusterRecord, kept: readonly string[]): void {
  const used = [...store.running.services.values()]
    .filter(({clusterArn: arn, status}) => arn === cluster.clusterArn && status !== 'INACTIVE')
    .flatMap(({spec}) => spec.capacityProviderStrategy ?? [])
  if (used.every(({capacityProvider = ''}) => kept.includes(capacityProvider))) return
  throw new AwsFault(
    'ResourceInUseException',
    'The specified capacity provider is in use and cannot be removed from the cluster.',
  )
}
