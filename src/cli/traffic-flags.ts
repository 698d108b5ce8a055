import {Flags} from '@oclif/core'
import {parseSecurityGroupIds, parseSubnetIds} from '../lib/aws-identifiers.js'
import type {Port} from '../lib/port-expression.js'
import {parsePort} from '../lib/port-expression.js'
import {parseRules} from '../lib/rule-expression.js'
import {parsedFlag, required, textListFlag, yesNoFlag} from './flags.js'
import type {HealthCheckFlags} from './health-check-flags.js'
import {healthCheckFlags, healthCheckOptions} from './health-check-flags.js'

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
  ...healthCheckFlags({isNew: true}),
}

interface TrafficFlags extends HealthCheckFlags {
  readonly port?: Port | undefined
  readonly lb?: string | undefined
  readonly rule?: readonly string[] | undefined
  readonly 'replace-default': boolean
}

/** @throws UsageError for a rule that is not valid */
export function trafficOptions(flags: TrafficFlags) {
  return {
    port: flags.port,
    loadBalancer: flags.lb,
    rules: required(parseRules(flags.rule ?? []), '--rule'),
    replaceDefault: flags['replace-default'],
    ...healthCheckOptions(flags),
  }
}
