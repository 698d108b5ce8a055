import {Flags} from '@oclif/core'
import type {UpdateServiceOptions} from '../actions/service/update/options.js'
import {UsageError} from '../errors/errors.js'
import {parseRole} from '../lib/aws-identifiers.js'
import type {CapacityProviderShare, Compatibility} from '../lib/capacity.js'
import {checkHealthCheck} from '../lib/health-check.js'
import {parseLogRetention} from '../lib/log-retention.js'
import {parseTags} from '../lib/tag.js'
import {parseCpu, parseEphemeralStorage, parseMemory, parseTaskSize} from '../lib/task-size.js'
import {capacityFlags, capacityOption, compatibilityFlag} from './capacity-flags.js'
import {parsedFlag, repeatableFlag, required, textListFlag, yesNoFlag} from './flags.js'
import type {HealthCheckFlags} from './health-check-flags.js'
import {healthCheckFlags, healthCheckOptions} from './health-check-flags.js'
import {commandOption} from './task-flags.js'
import {networkOptions} from './traffic-flags.js'

const task = {helpGroup: 'TASK'}
const network = {helpGroup: 'NETWORK'}
const text = repeatableFlag((value) => ({ok: true, value}))

/** What can change on a running service. None has a default: what is not given stays as it is. */
export const updateFlags = {
  'circuit-breaker': yesNoFlag({description: 'have ECS stop a failing deployment and roll it back'}),
  cpu: Flags.string({char: 'c', description: 'CPU units or vCPUs: 256, 512, 1 vCPU', ...task}),
  memory: Flags.string({char: 'm', description: 'memory in MiB or GB: 512, 2GB', ...task}),
  architecture: Flags.string({
    description: 'CPU architecture of the task; its images must be built for it',
    options: ['x86_64', 'arm64'],
    ...task,
  }),
  command: text({description: 'command in place of the one of the image', helpValue: '<command>', ...task}),
  'task-command': Flags.string({
    description: 'the same, with commas between its words',
    exclusive: ['command'],
    ...task,
  }),
  'task-role': Flags.string({description: 'name or ARN of the IAM role of the task', ...task}),
  'ephemeral-storage': parsedFlag(parseEphemeralStorage)({description: 'disk in GiB, 21 to 200', ...task}),
  'log-retention': parsedFlag(parseLogRetention)({
    description: 'days to keep logs, or never to keep them for ever',
    ...task,
  }),
  tag: text({
    description: 'tag to add to the service, its task definition and its new tasks; repeatable',
    helpValue: '<KEY=value>',
    ...task,
  }),
  ...healthCheckFlags({isNew: false}),
  'subnet-id': textListFlag({description: 'subnets in place of those of before; repeatable', ...network}),
  'security-group-id': textListFlag({
    description: 'security groups in place of those of before; repeatable',
    ...network,
  }),
  'assign-public-ip': yesNoFlag({description: 'give each task a public IP address', ...network}),
  ...capacityFlags,
  ...compatibilityFlag,
}

interface UpdateFlags extends HealthCheckFlags {
  readonly 'circuit-breaker'?: boolean | undefined
  readonly cpu?: string | undefined
  readonly memory?: string | undefined
  readonly architecture?: string | undefined
  readonly command?: readonly string[] | undefined
  readonly 'task-command'?: string | undefined
  readonly 'task-role'?: string | undefined
  readonly 'ephemeral-storage'?: number | undefined
  readonly 'log-retention'?: number | 'never' | undefined
  readonly tag?: readonly string[] | undefined
  readonly 'subnet-id'?: readonly string[] | undefined
  readonly 'security-group-id'?: readonly string[] | undefined
  readonly 'assign-public-ip'?: boolean | undefined
  readonly 'launch-type'?: string | undefined
  readonly 'capacity-provider'?: readonly CapacityProviderShare[] | undefined
  readonly compatibility?: string | undefined
}

/** The options of an update. @throws UsageError for the first value that breaks its grammar, and where nothing is given */
export function updateOptions(name: string, flags: UpdateFlags): Omit<UpdateServiceOptions, ReviseMember> {
  checkNothing(name, flags)
  if (flags['task-role'] !== undefined) required(parseRole(flags['task-role']), '--task-role')
  const tags = required(parseTags(flags.tag ?? []), '--tag')
  return {
    ...sizeOf(flags),
    architecture: flags.architecture === undefined ? undefined : flags.architecture === 'arm64' ? 'arm64' : 'x86_64',
    command: commandOption(flags),
    taskRole: flags['task-role'],
    ephemeralStorageGib: flags['ephemeral-storage'],
    logRetentionDays: flags['log-retention'],
    tags: Object.fromEntries(tags.map(({key, value}) => [key, value])),
    ...networkOptions(flags),
    assignPublicIp: flags['assign-public-ip'],
    capacity: capacityOption(flags),
    compatibility: flags.compatibility as Compatibility | undefined,
    circuitBreaker: flags['circuit-breaker'],
    ...checkedHealthCheck(flags),
  }
}

type ReviseMember = 'cluster' | 'name' | 'container' | 'wait' | 'timeoutMs' | 'dryRun'

function checkNothing(name: string, flags: UpdateFlags): void {
  const given = Object.keys(updateFlags).some((flag) => flags[flag as keyof UpdateFlags] !== undefined)
  if (given) return
  throw new UsageError('NOTHING_TO_UPDATE', 'nothing is to be updated: name at least one setting', {
    hints: [`fargate service update ${name} --cpu 512 --memory 1024`, 'fargate service update --help'],
  })
}

/** A pair is checked as one; a half of it with the other half of the running task definition. */
function sizeOf({cpu, memory}: UpdateFlags): {readonly cpu?: number; readonly memory?: number} {
  if (cpu !== undefined && memory !== undefined) return required(parseTaskSize(cpu, memory), '--cpu and --memory')
  return {
    ...(cpu !== undefined && {cpu: required(parseCpu(cpu), '--cpu')}),
    ...(memory !== undefined && {memory: required(parseMemory(memory), '--memory')}),
  }
}

/** Codes are looked at again when it is known what kind of load balancer asks for them. */
function checkedHealthCheck(flags: UpdateFlags) {
  const options = healthCheckOptions(flags)
  const checked = checkHealthCheck(options.healthCheck, 'network')
  if (!checked.ok) throw new UsageError('HEALTH_CHECK_INVALID', checked.problem)
  return options
}
