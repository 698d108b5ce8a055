import type {Service} from '../../../ecs/services.js'
import {UsageError} from '../../../errors/errors.js'
import type {RunningService} from '../revise/running.js'
import type {SettingsChange} from '../revise/update.js'
import {capacityChange, withoutPublicIp} from './capacity-change.js'
import type {ServiceChanges} from './options.js'

/**
 * The settings of a service that differ from what is asked for.
 *
 * @throws UsageError LOAD_BALANCER_REQUIRED for a grace period without a load balancer, which ECS refuses
 */
export function settingsChange({service}: RunningService, changes: ServiceChanges): SettingsChange {
  const parts = [
    gracePeriod(service, changes),
    circuitBreaker(service, changes),
    network(service, withoutPublicIp(service, changes)),
    capacityChange(service, changes.capacity),
  ]
  return {
    settings: Object.assign({}, ...parts.map(({settings}) => settings)),
    deploys: parts.some(({deploys}) => deploys),
    details: parts.flatMap(({details}) => details),
  }
}

const nothing: SettingsChange = {settings: {}, deploys: false, details: []}

function gracePeriod(service: Service, {healthCheckGracePeriodSeconds: wanted}: ServiceChanges): SettingsChange {
  if (wanted === undefined) return nothing
  if (service.loadBalancers.length === 0) {
    const message = `--health-check-grace-period: service ${service.name} has no load balancer that checks its tasks`
    throw new UsageError('LOAD_BALANCER_REQUIRED', message)
  }
  const present = service.healthCheckGracePeriodSeconds ?? 0
  if (present === wanted) return nothing
  const details = [`health check grace period ${present} → ${wanted} s`]
  return {settings: {healthCheckGracePeriodSeconds: wanted}, deploys: false, details}
}

/** ECS is sent the other members as they are, so that none of them falls back to a default. */
function circuitBreaker(service: Service, {circuitBreaker: wanted}: ServiceChanges): SettingsChange {
  if (wanted === undefined) return nothing
  const {deploymentCircuitBreaker: present} = service.deploymentConfiguration ?? {}
  if ((present?.enable ?? false) === wanted && (present?.rollback ?? false) === wanted) return nothing
  return {
    settings: {
      deploymentConfiguration: {
        ...service.deploymentConfiguration,
        deploymentCircuitBreaker: {...present, enable: wanted, rollback: wanted},
      },
    },
    deploys: false,
    details: [`circuit breaker ${wanted ? 'on' : 'off'}`],
  }
}

/** ECS takes the network configuration as a whole, and replaces the tasks to apply it. */
function network(service: Service, {subnetIds, securityGroupIds, assignPublicIp}: ServiceChanges): SettingsChange {
  if (subnetIds.length === 0 && securityGroupIds.length === 0 && assignPublicIp === undefined) return nothing
  const present = service.networkConfiguration?.awsvpcConfiguration
  const isPublic = present?.assignPublicIp === 'ENABLED'
  const details = [
    ...listDetail('subnets', present?.subnets, subnetIds),
    ...listDetail('security groups', present?.securityGroups, securityGroupIds),
    ...(assignPublicIp === undefined || assignPublicIp === isPublic
      ? []
      : [assignPublicIp ? 'public addresses' : 'no public addresses']),
  ]
  if (details.length === 0) return nothing
  const awsvpcConfiguration = {
    ...present,
    subnets: subnetIds.length > 0 ? [...subnetIds] : present?.subnets,
    ...(securityGroupIds.length > 0 && {securityGroups: [...securityGroupIds]}),
    ...(assignPublicIp !== undefined && {
      assignPublicIp: assignPublicIp ? ('ENABLED' as const) : ('DISABLED' as const),
    }),
  }
  return {settings: {networkConfiguration: {awsvpcConfiguration}}, deploys: true, details}
}

function listDetail(what: string, present: readonly string[] = [], wanted: readonly string[]): string[] {
  const isSame = [...present].sort().join() === [...wanted].sort().join()
  return wanted.length === 0 || isSame ? [] : [`${what} ${present.join(', ')} → ${wanted.join(', ')}`]
}
