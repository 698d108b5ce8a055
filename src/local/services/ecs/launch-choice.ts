import type {CapacityProviderStrategyItem, LaunchType} from '@aws-sdk/client-ecs'
import {AwsFault} from '../../aws-fault.js'
import type {TaskDefinitionRecord} from '../../scheduler/records.js'
import {echoedStrategy, FARGATE_PROVIDERS, requireValidStrategy} from './capacity-providers.js'
import {requireThat} from './faults.js'
import type {ClusterRecord} from './store.js'

const LINUX_VERSIONS = ['LATEST', '1.4.0', '1.3.0']
const WINDOWS_VERSIONS = ['LATEST', '1.0.0']

/** Where tasks run: on a launch type or by a capacity provider strategy, never both. */
export interface LaunchChoice {
  readonly launchType?: LaunchType
  readonly capacityProviderStrategy?: CapacityProviderStrategyItem[]
  readonly platformVersion?: string
}

/**
 * Decides where tasks run. Without a word in the request it is the cluster's default strategy, and without one EC2.
 *
 * @throws AwsFault InvalidParameterException, or PlatformUnknownException for a platform version that is not there
 */
export function launchChoice(
  cluster: ClusterRecord,
  definition: TaskDefinitionRecord,
  request: {
    readonly launchType?: LaunchType | undefined
    readonly capacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined
    readonly platformVersion?: string | undefined
  },
): LaunchChoice {
  const {launchType, capacityProviderStrategy = []} = request
  requireThat(
    launchType === undefined || capacityProviderStrategy.length === 0,
    'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
  )
  requireValidStrategy(capacityProviderStrategy, cluster)
  const chosen =
    capacityProviderStrategy.length > 0 ? capacityProviderStrategy : cluster.defaultCapacityProviderStrategy
  const byStrategy = launchType === undefined && chosen.length > 0
  const onFargate = byStrategy
    ? chosen.every(({capacityProvider = ''}) => FARGATE_PROVIDERS.includes(capacityProvider))
    : launchType === 'FARGATE'
  if (onFargate) requireFargate(definition)
  return {
    ...(byStrategy ? {capacityProviderStrategy: echoedStrategy(chosen)} : {launchType: launchType ?? 'EC2'}),
    ...(onFargate ? {platformVersion: checkedPlatform(definition, request.platformVersion)} : {}),
  }
}

function requireFargate({compatibilities}: TaskDefinitionRecord): void {
  requireThat(compatibilities.includes('FARGATE'), 'Task definition does not support launch_type FARGATE.')
}

function checkedPlatform({registration}: TaskDefinitionRecord, version = 'LATEST'): string {
  const system = registration.runtimePlatform?.operatingSystemFamily ?? 'LINUX'
  const known = system === 'LINUX' ? LINUX_VERSIONS : WINDOWS_VERSIONS
  if (known.includes(version)) return version
  throw new AwsFault('PlatformUnknownException', 'The specified platform does not exist.')
}
