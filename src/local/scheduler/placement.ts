import type {CapacityProviderStrategyItem} from '@aws-sdk/client-ecs'
import type {Scope} from '../scope.js'

/**
 * Why Fargate has no room for another task, as AWS states it, for instance `Capacity is unavailable at this time`;
 * undefined where it has.
 */
export type FindPlacementProblem = (scope: Scope, order: PlacementOrder) => string | undefined

/** What is to be placed. */
export interface PlacementOrder {
  readonly clusterName: string
  /** `service:web` for the task of a service, or for instance `family:job`. */
  readonly group: string
  readonly family: string
  /** Undefined for the launch type FARGATE. */
  readonly capacityProviderName?: string | undefined
}

const FARGATE_PROVIDERS: readonly (string | undefined)[] = ['FARGATE', 'FARGATE_SPOT']

/** Whether a task needs a container instance: with the launch type EC2 or the provider of an Auto Scaling group. */
export const runsOnInstance = ({
  launchType,
  capacityProviderName,
}: {
  readonly launchType?: string | undefined
  readonly capacityProviderName?: string | undefined
}): boolean =>
  launchType === 'EC2' || (capacityProviderName !== undefined && !FARGATE_PROVIDERS.includes(capacityProviderName))

/**
 * Chooses the capacity provider of the next task: first every base is filled, in the order of the strategy, then
 * the tasks over the bases follow the weights.
 *
 * @param running how many tasks each provider has already
 */
export function nextProvider(
  strategy: readonly CapacityProviderStrategyItem[],
  running: ReadonlyMap<string, number>,
): string | undefined {
  const counted = strategy.map(({capacityProvider = '', base = 0, weight = 0}) => {
    const count = running.get(capacityProvider) ?? 0
    return {capacityProvider, base, weight, missing: base - count, over: Math.max(0, count - base)}
  })
  const short = counted.find(({missing}) => missing > 0)
  if (short !== undefined) return short.capacityProvider
  const weighted = counted.filter(({weight}) => weight > 0)
  const [first, ...rest] = weighted
  if (first === undefined) return undefined
  return rest.reduce(
    (best, item) => ((item.over + 1) / item.weight < (best.over + 1) / best.weight ? item : best),
    first,
  ).capacityProvider
}

/** How many tasks each capacity provider runs. */
export function countProviders(
  tasks: readonly {readonly capacityProviderName?: string | undefined}[],
): Map<string, number> {
  const counts = new Map<string, number>()
  for (const {capacityProviderName: name} of tasks)
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
