import type {
  AutoScalingGroupProvider,
  AutoScalingGroupProviderUpdate,
  CapacityProvider,
  CreateCapacityProviderCommandInput,
  CreateCapacityProviderCommandOutput,
  DeleteCapacityProviderCommandInput,
  DeleteCapacityProviderCommandOutput,
  DescribeCapacityProvidersCommandInput,
  DescribeCapacityProvidersCommandOutput,
  UpdateCapacityProviderCommandInput,
  UpdateCapacityProviderCommandOutput,
} from '@aws-sdk/client-ecs'
import {
  CreateCapacityProvider$,
  DeleteCapacityProvider$,
  DescribeCapacityProviders$,
  UpdateCapacityProvider$,
} from '@aws-sdk/client-ecs'
import type {Scope} from '../../scope.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import type {CapacityProviderRecord} from './capacity-provider-records.js'
import {capacityProviderArn, capacityProviderReference} from './capacity-provider-records.js'
import {FARGATE_PROVIDERS} from './capacity-providers.js'
import {activeCluster} from './cluster-lookup.js'
import type {EcsContext} from './context.js'
import {clientFault, invalidParameter, requireThat} from './faults.js'
import {page} from './paging.js'
import {requireServiceLinkedRole} from './service-linked-role.js'
import type {EcsStore} from './store.js'
import {recordsOf} from './store.js'
import {checkedTags} from './tag-rules.js'

const NAME = /^(?!aws|ecs|fargate)[\w-]{1,255}$/i
const GROUP_ARN = /^arn:[\w-]+:autoscaling:[\w-]+:\d{12}:autoScalingGroup:[0-9a-f-]{36}:autoScalingGroupName\/.{1,255}$/
const DESCRIBE_LIMIT = 100

/** CreateCapacityProvider, DescribeCapacityProviders, UpdateCapacityProvider and DeleteCapacityProvider. */
export function capacityProviderOperations(context: EcsContext): Operation[] {
  const {store} = context
  return [
    operation<CreateCapacityProviderCommandInput, CreateCapacityProviderCommandOutput>(
      CreateCapacityProvider$,
      (input, {account, region}) => ({capacityProvider: view(create(context, input, {account, region}), true)}),
    ),

    operation<DescribeCapacityProvidersCommandInput, DescribeCapacityProvidersCommandOutput>(
      DescribeCapacityProviders$,
      (input, {account, region}) => describeProviders(store, input, {account, region}),
    ),

    operation<UpdateCapacityProviderCommandInput, UpdateCapacityProviderCommandOutput>(
      UpdateCapacityProvider$,
      ({name = '', autoScalingGroupProvider = {}}, scope) => {
        const provider = findActive(store, scope, name)
        const current = provider.autoScalingGroupProvider
        provider.autoScalingGroupProvider = withDefaults({...current, ...merged(current, autoScalingGroupProvider)})
        provider.updateStatus = 'UPDATE_COMPLETE'
        return {capacityProvider: view(provider, true)}
      },
    ),

    operation<DeleteCapacityProviderCommandInput, DeleteCapacityProviderCommandOutput>(
      DeleteCapacityProvider$,
      ({capacityProvider = ''}, scope) => {
        const provider = findActive(store, scope, capacityProvider)
        requireUnassociated(store, provider)
        provider.status = 'INACTIVE'
        provider.updateStatus = 'DELETE_COMPLETE'
        return {capacityProvider: view(provider, true)}
      },
    ),
  ]
}

function create(context: EcsContext, input: CreateCapacityProviderCommandInput, scope: Scope): CapacityProviderRecord {
  const {store} = context
  const {name = '', autoScalingGroupProvider: group, managedInstancesProvider} = input
  requireThat(
    NAME.test(name),
    'The specified capacity provider name is not valid. Up to 255 characters are allowed, including letters (upper and' +
      ' lowercase), numbers, underscores (_), and hyphens (-). The name cannot be prefixed with "aws", "ecs", or' +
      ' "fargate". Specify a valid name and try again.',
  )
  if (managedInstancesProvider !== undefined) {
    throw invalidParameter('Amazon ECS Managed Instances are not emulated by the local AWS.')
  }
  const arn = capacityProviderArn(scope, name)
  if (store.capacityProviders.get(arn)?.status === 'ACTIVE') {
    throw clientFault(
      'The specified capacity provider already exists. To change the configuration of an existing capacity provider,' +
        ' update the capacity provider.',
    )
  }
  requireThat(
    GROUP_ARN.test(group?.autoScalingGroupArn ?? ''),
    'The specified Auto Scaling group ARN is invalid. Specify a valid ARN and try again.',
  )
  requireServiceLinkedRole(context, scope)
  const provider: CapacityProviderRecord = {
    scope,
    capacityProviderArn: arn,
    name,
    status: 'ACTIVE',
    autoScalingGroupProvider: withDefaults({...group, autoScalingGroupArn: group?.autoScalingGroupArn}),
    tags: checkedTags(input.tags),
  }
  store.capacityProviders.set(arn, provider)
  return provider
}

const merged = (
  {managedScaling}: AutoScalingGroupProvider,
  update: AutoScalingGroupProviderUpdate,
): AutoScalingGroupProviderUpdate => ({
  ...update,
  ...(update.managedScaling !== undefined && {managedScaling: {...managedScaling, ...update.managedScaling}}),
})

/** Managed scaling is off unless it is asked for; what it does is given by AWS's defaults. */
function withDefaults(group: AutoScalingGroupProvider): AutoScalingGroupProvider {
  const {managedScaling, managedTerminationProtection = 'DISABLED', managedDraining = 'ENABLED'} = group
  const status = managedScaling?.status ?? (managedScaling === undefined ? 'DISABLED' : 'ENABLED')
  if (managedTerminationProtection === 'ENABLED' && status === 'DISABLED') {
    throw invalidParameter(
      'The specified managed termination protection configuration for the capacity provider is invalid. To enable' +
        ' managed termination protection for a capacity provider, managed scaling must be enabled.',
    )
  }
  return {
    autoScalingGroupArn: group.autoScalingGroupArn,
    managedScaling: {
      status,
      targetCapacity: managedScaling?.targetCapacity ?? 100,
      minimumScalingStepSize: managedScaling?.minimumScalingStepSize ?? 1,
      maximumScalingStepSize: managedScaling?.maximumScalingStepSize ?? 10_000,
      instanceWarmupPeriod: managedScaling?.instanceWarmupPeriod ?? 300,
    },
    managedTerminationProtection,
    managedDraining,
  }
}

function describeProviders(
  store: EcsStore,
  input: DescribeCapacityProvidersCommandInput,
  scope: Scope,
): Omit<DescribeCapacityProvidersCommandOutput, '$metadata'> {
  const {capacityProviders: names, cluster, include = []} = input
  requireThat(
    (names ?? []).length <= DESCRIBE_LIMIT,
    `CapacityProviders cannot have more than ${DESCRIBE_LIMIT} elements.`,
  )
  const associated = cluster === undefined ? undefined : activeCluster(store, scope, cluster).capacityProviders
  const showTags = include.includes('TAGS')
  const own = recordsOf(scope, store.capacityProviders)
  // One that is deleted is described for as long as somebody asks for it by name.
  const listed = names === undefined ? own.filter(({status}) => status === 'ACTIVE') : own
  const all = [
    ...FARGATE_PROVIDERS.map((name) => fargateView(scope, name)),
    ...listed.map((one) => view(one, showTags)),
  ]
  const visible = all.filter(({name = ''}) => associated?.includes(name) ?? true)
  const wanted = names?.map((name) => capacityProviderReference(scope, name))
  const found = visible.filter(({capacityProviderArn: arn = ''}) => wanted?.includes(arn) ?? true)
  const arns = found.map(({capacityProviderArn: arn}) => arn)
  const {items, ...next} = page(found, ({capacityProviderArn: arn = ''}) => arn, input)
  return {
    capacityProviders: items,
    failures: (wanted ?? []).filter((arn) => !arns.includes(arn)).map((arn) => ({arn, reason: 'MISSING'})),
    ...next,
  }
}

function findActive(store: EcsStore, scope: Scope, reference: string): CapacityProviderRecord {
  const arn = capacityProviderReference(scope, reference)
  if (FARGATE_PROVIDERS.includes(arn.slice(arn.lastIndexOf('/') + 1))) {
    throw invalidParameter('The specified capacity provider is reserved and cannot be updated or deleted.')
  }
  const provider = store.capacityProviders.get(arn)
  if (provider?.status === 'ACTIVE') return provider
  throw invalidParameter('The specified capacity provider does not exist. Specify a valid name or ARN and try again.')
}

function requireUnassociated(store: EcsStore, {scope, name}: CapacityProviderRecord): void {
  const cluster = recordsOf(scope, store.clusters).find(
    ({status, capacityProviders}) => status === 'ACTIVE' && capacityProviders.includes(name),
  )
  if (cluster === undefined) return
  throw clientFault(
    `The capacity provider cannot be deleted because it is associated with cluster: ${cluster.clusterName}. Remove the` +
      ' capacity provider from the cluster and try again.',
  )
}

const view = (provider: CapacityProviderRecord, showTags: boolean): CapacityProvider => ({
  capacityProviderArn: provider.capacityProviderArn,
  name: provider.name,
  status: provider.status,
  autoScalingGroupProvider: provider.autoScalingGroupProvider,
  ...(provider.updateStatus !== undefined && {updateStatus: provider.updateStatus}),
  tags: showTags ? provider.tags : [],
  type: 'EC2_AUTOSCALING',
})

const fargateView = (scope: Scope, name: string): CapacityProvider => ({
  capacityProviderArn: capacityProviderArn(scope, name),
  name,
  status: 'ACTIVE',
  tags: [],
  type: name === 'FARGATE' ? 'FARGATE' : 'FARGATE_SPOT',
})
