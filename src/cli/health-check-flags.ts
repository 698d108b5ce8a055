import {Flags} from '@oclif/core'
import type {HealthCheck} from '../lib/health-check.js'
import {parseSeconds} from '../lib/time-settings.js'
import {parsedFlag} from './flags.js'

const balancing = {helpGroup: 'LOAD BALANCING'}

/**
 * How a load balancer looks at tasks and lets go of them. None has a default in oclif: what is not given is left open.
 *
 * @param isNew whether help tells what a new target group has without the flag
 */
export function healthCheckFlags({isNew}: {readonly isNew: boolean}) {
  const without = (value: string) => (isNew ? `, ${value} without it` : '')
  return {
    'health-check-path': Flags.string({description: 'path that a healthy container answers', ...balancing}),
    'health-check-interval': Flags.integer({
      description: `seconds between two checks${without('10')}`,
      ...balancing,
    }),
    'health-check-timeout': Flags.integer({description: `seconds for an answer${without('5')}`, ...balancing}),
    'health-check-healthy': Flags.integer({description: `good checks to be healthy${without('2')}`, ...balancing}),
    'health-check-unhealthy': Flags.integer({description: `bad checks to be unhealthy${without('2')}`, ...balancing}),
    'health-check-codes': Flags.string({description: 'HTTP codes of a healthy answer: 200-299,302', ...balancing}),
    'health-check-grace-period': parsedFlag((value) => parseSeconds('healthCheckGracePeriod', value))({
      description: `time to start before failed checks count${without('60s')}`,
      ...balancing,
    }),
    'deregistration-delay': parsedFlag((value) => parseSeconds('deregistrationDelay', value))({
      description: `time for a leaving task to finish its requests${without('30s')}`,
      ...balancing,
    }),
  }
}

/** What the flags of {@link healthCheckFlags} say, as oclif parses them. */
export interface HealthCheckFlags {
  readonly 'health-check-path'?: string | undefined
  readonly 'health-check-interval'?: number | undefined
  readonly 'health-check-timeout'?: number | undefined
  readonly 'health-check-healthy'?: number | undefined
  readonly 'health-check-unhealthy'?: number | undefined
  readonly 'health-check-codes'?: string | undefined
  readonly 'health-check-grace-period'?: number | undefined
  readonly 'deregistration-delay'?: number | undefined
}

/** The options of the checks of a load balancer, in seconds and numbers of checks. */
export function healthCheckOptions(flags: HealthCheckFlags) {
  const healthCheck: HealthCheck = {
    path: flags['health-check-path'],
    intervalSeconds: flags['health-check-interval'],
    timeoutSeconds: flags['health-check-timeout'],
    healthyCount: flags['health-check-healthy'],
    unhealthyCount: flags['health-check-unhealthy'],
    codes: flags['health-check-codes'],
  }
  return {
    healthCheck,
    healthCheckGracePeriodSeconds: flags['health-check-grace-period'],
    deregistrationDelaySeconds: flags['deregistration-delay'],
  }
}
