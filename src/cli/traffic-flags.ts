import {Flags} from '@oclif/core'
import {parseSecurityGroupIds, parseSubnetIds} from '../lib/aws-identifiers.js'
import type {HealthCheck} from '../lib/health-check.js'
import type {Port} from '../lib/port-expression.js'
import {parsePort} from '../lib/port-expression.js'
import {parseRules} from '../lib/rule-expression.js'
import {parseSeconds} from '../lib/time-settings.js'
import {parsedFlag, required, textListFlag, yesNoFlag} from './flags.js'

const network = {helpGroup: 'NETWORK'}
const balancing = {helpGroup: 'LOAD BALANCING'}

/** Where tasks stand in the network. */
export const networkFlags = {
  'subnet-id': textListFlag({description: 'subnet; repeatable; the default subnets without it', ...network}),
  'security-group-id': textListFlag({
    description: 'security group; repeatable; one of its own without it',
    ...network,
  }),
}

/** Whether tasks are reached, and reach others, without a NAT gateway. */
export const publicIpFlag = {
  'assign-public-ip': yesNoFlag({
    description: 'give each task a public IP address: the default on Fargate, and not to be had on EC2',
    ...network,
  }),
}

/** @throws UsageError for an id that cannot be one */
export function networkOptions(flags: {
  readonly 'subnet-id'?: readonly string[] | undefined
  readonly 'security-group-id'?: readonly string[] | undefined
}) {
  return {
    subnetIds: required(parseSubnetIds(flags['subnet-id'] ?? []), '--subnet-id'),
    securityGroupIds: required(parseSecurityGroupIds(flags['security-group-id'] ?? []), '--security-group-id'),
  }
}

/** How requests reach a service. */
export const trafficFlags = {
  port: parsedFlag(parsePort)({
    char: 'p',
    description: 'port of the container: 80, HTTP:8080, TCP:5432',
    ...balancing,
  }),
  lb: Flags.string({char: 'l', description: 'load balancer in front of the service', ...balancing}),
  rule: textListFlag({
    char: 'r',
    description: 'requests to take: path=/api/* or host=api.example.com; repeatable',
    ...balancing,
  }),
  'replace-default': Flags.boolean({
    description: 'take over a default action that belongs to somebody else',
    ...balancing,
  }),
  'health-check-path': Flags.string({description: 'path that a healthy container answers', ...balancing}),
  'health-check-interval': Flags.integer({description: 'seconds between two checks, 10 without it', ...balancing}),
  'health-check-timeout': Flags.integer({description: 'seconds for an answer, 5 without it', ...balancing}),
  'health-check-healthy': Flags.integer({description: 'good checks to be healthy, 2 without it', ...balancing}),
  'health-check-unhealthy': Flags.integer({description: 'bad checks to be unhealthy, 2 without it', ...balancing}),
  'health-check-codes': Flags.string({description: 'HTTP codes of a healthy answer: 200-299,302', ...balancing}),
  'health-check-grace-period': parsedFlag((value) => parseSeconds('healthCheckGracePeriod', value))({
    description: 'time to start before failed checks count, 60s without it',
    ...balancing,
  }),
  'deregistration-delay': parsedFlag((value) => parseSeconds('deregistrationDelay', value))({
    description: 'time for a leaving task to finish its requests, 30s without it',
    ...balancing,
  }),
}

interface TrafficFlags {
  readonly port?: Port | undefined
  readonly lb?: string | undefined
  readonly rule?: readonly string[] | undefined
  readonly 'replace-default': boolean
  readonly 'health-check-path'?: string | undefined
  readonly 'health-check-interval'?: number | undefined
  readonly 'health-check-timeout'?: number | undefined
  readonly 'health-check-healthy'?: number | undefined
  readonly 'health-check-unhealthy'?: number | undefined
  readonly 'health-check-codes'?: string | undefined
  readonly 'health-check-grace-period'?: number | undefined
  readonly 'deregistration-delay'?: number | undefined
}

/** @throws UsageError for a rule that is not valid */
export function trafficOptions(flags: TrafficFlags) {
  const healthCheck: HealthCheck = {
    path: flags['health-check-path'],
    intervalSeconds: flags['health-check-interval'],
    timeoutSeconds: flags['health-check-timeout'],
    healthyCount: flags['health-check-healthy'],
    unhealthyCount: flags['health-check-unhealthy'],
    codes: flags['health-check-codes'],
  }
  return {
    port: flags.port,
    loadBalancer: flags.lb,
    rules: required(parseRules(flags.rule ?? []), '--rule'),
    replaceDefault: flags['replace-default'],
    healthCheck,
    healthCheckGracePeriodSeconds: flags['health-check-grace-period'],
    deregistrationDelaySeconds: flags['deregistration-delay'],
  }
}
