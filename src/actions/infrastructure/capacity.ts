import type {AwsClients} from '../../aws/clients.js'
import type {Cluster} from '../../ecs/clusters.js'
import {findCluster} from '../../ecs/clusters.js'
import {AwsError} from '../../errors/errors.js'
import type {Capacity, CapacityProviderShare, LaunchType} from '../../lib/capacity.js'
import {isOnEc2} from '../../lib/capacity.js'
import type {AnyStep, Step} from '../../plan/step.js'
import {lookUp} from '../../plan/step.js'
import {capacityProvidersStep} from './capacity-providers.js'

type Aws = Pick<AwsClients, 'ecs'>

/** What tells CreateService and RunTask where tasks run. */
export function capacityInput({launchType, strategy}: Capacity): {
  readonly launchType?: LaunchType
  readonly capacityProviderStrategy?: CapacityProviderShare[]
} {
  return launchType === undefined ? {capacityProviderStrategy: strategy.map((share) => ({...share}))} : {launchType}
}

/** What a cluster needs before tasks of it can run there: Fargate's providers are added, others have to be there. */
export function capacitySteps(aws: Aws, cluster: Step<string>, name: string, capacity: Capacity): AnyStep[] {
  if (isOnEc2(capacity)) {
    return [lookUp({id: 'capacity', title: `capacity of cluster ${name}`, find: () => requireEc2(aws, name, capacity)})]
  }
  return capacity.launchType === undefined ? [capacityProvidersStep(aws, cluster, ['FARGATE', 'FARGATE_SPOT'])] : []
}

/** The default strategy of a cluster, which the same call replaces. */
const strategyText = (cluster: Cluster | undefined): string =>
  `'${JSON.stringify(cluster?.defaultCapacityProviderStrategy ?? [])}'`

/**
 * Sees to it that a cluster can run tasks on EC2. Instances of an Auto Scaling group may still be to come.
 *
 * @throws AwsError CAPACITY_PROVIDER_NOT_FOUND for one that the cluster does not have, NO_CONTAINER_INSTANCES for a
 *   launch type EC2 without any
 */
async function requireEc2({ecs}: Aws, cluster: string, capacity: Capacity): Promise<void> {
  const found = await findCluster(ecs, cluster)
  const there = found?.capacityProviders ?? []
  const missing = (capacity.strategy ?? [])
    .map(({capacityProvider}) => capacityProvider)
    .filter((name) => !there.includes(name))
  if (missing.length > 0) {
    const has = there.length === 0 ? 'it has none' : `it has ${there.join(', ')}`
    throw new AwsError(
      'CAPACITY_PROVIDER_NOT_FOUND',
      `cluster ${cluster} does not have capacity provider ${missing.join(', ')}: ${has}`,
      {
        details: {cluster, missing, capacityProviders: there},
        hints: [
          `associate it first: aws ecs put-cluster-capacity-providers --cluster ${cluster} --capacity-providers ${[...there, ...missing].join(' ')} --default-capacity-provider-strategy ${strategyText(found)}`,
        ],
      },
    )
  }
  if (capacity.launchType !== 'EC2' || (found?.containerInstances ?? 0) > 0) return
  throw new AwsError('NO_CONTAINER_INSTANCES', `cluster ${cluster} has no container instance for launch type EC2`, {
    details: {cluster},
    hints: [
      'register an instance with the ECS agent, or use the provider of an Auto Scaling group: --capacity-provider',
    ],
  })
}
