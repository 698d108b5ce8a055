import type {Service} from '../../../ecs/services.js'
import {UsageError} from '../../../errors/errors.js'
import type {Capacity} from '../../../lib/capacity.js'
import {formatCapacity, isOnEc2, isSameCapacity} from '../../../lib/capacity.js'
import type {SettingsChange} from '../revise/update.js'
import type {ServiceChanges} from './options.js'

/**
 * Has a service run elsewhere. UpdateService has no launch type: an empty strategy brings back that of before, and a
 * strategy takes its place. ECS wants a new deployment to be forced with it.
 *
 * @throws UsageError CAPACITY_CONFLICT for a launch type to which ECS cannot move the service
 */
export function capacityChange(service: Service, wanted: Capacity | undefined): SettingsChange {
  const {capacity: present, name} = service
  if (wanted === undefined || isSameCapacity(wanted, present)) return {settings: {}, deploys: false, details: []}
  if (wanted.launchType !== undefined && present.launchType !== undefined) {
    const provider = wanted.launchType === 'FARGATE' ? 'FARGATE=1' : '<name of an Auto Scaling group provider>=1'
    throw new UsageError(
      'CAPACITY_CONFLICT',
      `--launch-type ${wanted.launchType}: ECS cannot change the launch type of service ${name}, which is ${present.launchType}`,
      {hints: [`use a capacity provider: fargate service update ${name} --capacity-provider ${provider}`]},
    )
  }
  const capacityProviderStrategy = (wanted.strategy ?? []).map((share) => ({...share}))
  return {
    settings: {capacityProviderStrategy, forceNewDeployment: true},
    deploys: true,
    details: [`capacity ${formatCapacity(present)} → ${formatCapacity(wanted)}`],
  }
}

/** Changes that leave tasks without public addresses where they move to EC2, which has none for them. */
export function withoutPublicIp(service: Service, changes: ServiceChanges): ServiceChanges {
  const {capacity = service.capacity, assignPublicIp} = changes
  if (!isOnEc2(capacity)) return changes
  if (assignPublicIp === true) {
    throw new UsageError('CAPACITY_CONFLICT', '--assign-public-ip: ECS gives tasks on EC2 no public address', {
      hints: ['leave it out, and use subnets with a NAT gateway or VPC endpoints'],
    })
  }
  const isPublic = service.networkConfiguration?.awsvpcConfiguration?.assignPublicIp === 'ENABLED'
  return isPublic ? {...changes, assignPublicIp: false} : changes
}
