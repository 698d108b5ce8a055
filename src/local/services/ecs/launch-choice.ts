import type {CapacityProviderStrategyItem, LaunchType, NetworkConfiguration} from '@aws-sdk/client-ecs'
import {AwsFault} from '../../aws-fault.js'
import type {TaskDefinitionRecord} from '../../scheduler/records.js'
import {echoedStrategy, isFargateProvider, requireValidStrategy} from './capacity-providers.js'
import {requireThat} from './faults.js'
import type {ClusterRecord} from './store.js'

const LINUX_VERSIONS = ['LATEST', '1.4.0', '1.3.0']
const WINDOWS_VERSIONS = ['LATEST', '1.0.0']

/** What decides whether Fargate places the tasks. */
export interface Placeable {
  readonly launchType?: LaunchType | undefined
  readonly capacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined
}

/** Whether tasks run on Fargate. */
export const isOnFargate = ({launchType, capacityProviderStrategy = []}: Placeable): boolean =>
  launchType === 'FARGATE' || (capacityProviderStrategy.length > 0 && capacityProviderStrategy.every(isFargateProvider))

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
  const onFargate = byStrategy ? chosen.every(isFargateProvider) : launchType === 'FARGATE'
  if (onFargate) requireFargate(definition)
  return {
    ...(byStrategy ? {capacityProviderStrategy: echoedStrategy(chosen)} : {launchType: launchType ?? 'EC2'}),
    ...(onFargate ? {platformVersion: checkedPlatform(definition, request.platformVersion)} : {}),
  }
}

/**
 * What tasks cannot have on EC2: a platform version, and a public address for their own network interface.
 *
 * @throws AwsFault InvalidParameterException
 */
export function requireFitting(
  choice: LaunchChoice,
  {
    platformVersion,
    networkConfiguration,
  }: {
    readonly platformVersion?: string | undefined
    readonly networkConfiguration?: NetworkConfiguration | undefined
  },
): void {
  if (isOnFargate(choice)) return
  requireThat(platformVersion === undefined, 'The platform version must be null when specifying an EC2 launch type.')
  requireThat(
    networkConfiguration?.awsvpcConfiguration?.assignPublicIp !== 'ENABLED',
    'Assign public IP is not supported for this launch type.',
  )
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
