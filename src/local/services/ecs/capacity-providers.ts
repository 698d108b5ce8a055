import type {CapacityProviderStrategyItem} from '@aws-sdk/client-ecs'
import type {Scope} from '../../scope.js'
import {capacityProviderArn} from './capacity-provider-records.js'
import {requireThat} from './faults.js'
import type {ClusterRecord, EcsStore} from './store.js'

/** The capacity providers that exist without being created. */
export const FARGATE_PROVIDERS: readonly string[] = ['FARGATE', 'FARGATE_SPOT']
const STRATEGY_LIMIT = 20

/** Whether a capacity provider is Fargate's, and not that of an Auto Scaling group. */
export const isFargateProvider = ({capacityProvider = ''}: CapacityProviderStrategyItem): boolean =>
  FARGATE_PROVIDERS.includes(capacityProvider)

export function requireExistingProviders(store: EcsStore, scope: Scope, names: readonly string[]): void {
  const exists = (name: string) => store.capacityProviders.get(capacityProviderArn(scope, name))?.status === 'ACTIVE'
  requireThat(
    names.every((name) => FARGATE_PROVIDERS.includes(name) || exists(name)),
    'The specified capacity provider does not exist. Specify a valid name or ARN and try again.',
  )
}

/** Checks a capacity provider strategy against what is on the cluster. @throws AwsFault InvalidParameterException */
export function requireValidStrategy(
  strategy: readonly CapacityProviderStrategyItem[],
  {capacityProviders}: Pick<ClusterRecord, 'capacityProviders'>,
): void {
  if (strategy.length === 0) return
  requireThat(
    strategy.length <= STRATEGY_LIMIT,
    `A capacity provider strategy can contain a maximum of ${STRATEGY_LIMIT} capacity providers.`,
  )
  requireThat(
    strategy.every(({capacityProvider = ''}) => capacityProviders.includes(capacityProvider)),
    'The specified capacity provider strategy cannot contain a capacity provider that is not associated with the' +
      ' cluster. Associate the capacity provider with the cluster and try again.',
  )
  requireThat(
    strategy.every(isFargateProvider) || !strategy.some(isFargateProvider),
    'A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups and Fargate' +
      ' providers. Specify one or the other and try again.',
  )
  for (const {weight = 0, base = 0} of strategy) {
    requireThat(weight >= 0 && weight <= 1000, 'The weight of a capacity provider must be between 0 and 1000.')
    requireThat(base >= 0 && base <= 100_000, 'The base of a capacity provider must be between 0 and 100000.')
  }
  requireThat(
    strategy.filter(({base = 0}) => base > 0).length <= 1,
    'The specified capacity provider strategy is not valid. Only one capacity provider can have a base value.',
  )
  requireThat(
    strategy.length === 1 || strategy.some(({weight = 0}) => weight > 0),
    'The specified capacity provider strategy is not valid. At least one capacity provider must have a weight' +
      ' greater than zero.',
  )
}

/** The strategy as AWS echoes it: weight and base are always there; a lone provider without a weight has 1. */
export const echoedStrategy = (strategy: readonly CapacityProviderStrategyItem[]): CapacityProviderStrategyItem[] =>
  strategy.map(({capacityProvider, weight, base = 0}) => ({
    capacityProvider,
    weight: weight ?? (strategy.length === 1 ? 1 : 0),
    base,
  }))
