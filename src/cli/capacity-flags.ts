import {Flags} from '@oclif/core'
import {UsageError} from '../errors/errors.js'
import type {Capacity, CapacityProviderShare, Compatibility, LaunchType} from '../lib/capacity.js'
import {checkStrategy, compatibilities, isOnEc2, launchTypes, parseCapacityProvider} from '../lib/capacity.js'
import {repeatableFlag, required} from './flags.js'

const helpGroup = 'CAPACITY'

/** Where tasks run. */
export const capacityFlags = {
  'launch-type': Flags.string({
    description: 'Fargate, or the container instances of the cluster',
    options: [...launchTypes],
    exclusive: ['capacity-provider'],
    helpGroup,
  }),
  'capacity-provider': repeatableFlag(parseCapacityProvider)({
    description: 'capacity provider and its share of the tasks, e.g. FARGATE_SPOT=3 or blue=1,2; repeatable',
    helpValue: '<name=weight[,base]>',
    helpGroup,
  }),
}

export const compatibilityFlag = {
  compatibility: Flags.string({
    description: 'where the task definition can run; both where tasks are to run on EC2, otherwise fargate',
    options: [...compatibilities],
    helpGroup,
  }),
}

interface CapacityFlags {
  readonly 'launch-type'?: string | undefined
  readonly 'capacity-provider'?: readonly CapacityProviderShare[] | undefined
}

/** What the flags say; undefined where they say nothing. @throws UsageError for a strategy that ECS would refuse */
export function capacityOption(flags: CapacityFlags): Capacity | undefined {
  const strategy = flags['capacity-provider'] ?? []
  if (strategy.length > 0) return {strategy: required(checkStrategy(strategy), '--capacity-provider')}
  const launchType = flags['launch-type']
  return launchType === undefined ? undefined : {launchType: launchType as LaunchType}
}

/**
 * Where tasks run that are made anew, and what follows from it.
 *
 * @throws UsageError for what does not go together
 */
export function newCapacity(
  flags: CapacityFlags & {
    readonly compatibility?: string | undefined
    readonly 'assign-public-ip'?: boolean | undefined
  },
) {
  const capacity: Capacity = capacityOption(flags) ?? {launchType: 'FARGATE'}
  const onEc2 = isOnEc2(capacity)
  const compatibility = (flags.compatibility ?? (onEc2 ? 'both' : 'fargate')) as Compatibility
  if (compatibility === (onEc2 ? 'fargate' : 'ec2')) {
    throw new UsageError(
      'CAPACITY_CONFLICT',
      `--compatibility ${compatibility}: the tasks are to run on ${onEc2 ? 'EC2' : 'Fargate'}`,
      {hints: ['use --compatibility both']},
    )
  }
  if (onEc2 && flags['assign-public-ip'] === true) {
    throw new UsageError('CAPACITY_CONFLICT', '--assign-public-ip: ECS gives tasks on EC2 no public address', {
      hints: ['leave it out, and use subnets with a NAT gateway or VPC endpoints'],
    })
  }
  return {capacity, compatibility, assignPublicIp: flags['assign-public-ip'] ?? !onEc2}
}
