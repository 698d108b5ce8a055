import {Flags} from '@oclif/core'
import {parseRole} from '../lib/aws-identifiers.js'
import {parseCommand} from '../lib/command-line.js'
import {parseCsvRecord} from '../lib/csv-record.js'
import type {EnvironmentVariable} from '../lib/environment-variable.js'
import {mergeEnvironment, parseEnvironmentVariable} from '../lib/environment-variable.js'
import {parseLogRetention} from '../lib/log-retention.js'
import {parseSecretReferences} from '../lib/secret-reference.js'
import {parseTags} from '../lib/tag.js'
import {parseEphemeralStorage, parseTaskSize} from '../lib/task-size.js'
import {readEnvironmentFiles} from './environment-files.js'
import {parsedFlag, repeatableFlag, required} from './flags.js'

const helpGroup = 'TASK'
const text = repeatableFlag((value) => ({ok: true, value}))

/** What a task is made of, apart from its image. */
export const taskFlags = {
  cpu: Flags.string({char: 'c', description: 'CPU units or vCPUs: 256, 512, 1 vCPU', default: '256', helpGroup}),
  memory: Flags.string({char: 'm', description: 'memory in MiB or GB: 512, 2GB', default: '512', helpGroup}),
  architecture: Flags.string({
    description: 'CPU architecture of the image and the task',
    options: ['x86_64', 'arm64'],
    default: 'x86_64',
    helpGroup,
  }),
  env: repeatableFlag(parseEnvironmentVariable)({
    char: 'e',
    description: 'environment variable; repeatable',
    helpValue: '<KEY=value>',
    helpGroup,
  }),
  'env-file': text({description: 'file of KEY=value lines; repeatable', helpValue: '<file>', helpGroup}),
  secret: text({
    description: 'variable whose value ECS reads from SSM or Secrets Manager; repeatable',
    helpValue: '<NAME=arn|parameter>',
    helpGroup,
  }),
  command: text({description: 'command in place of the one of the image', helpValue: '<command>', helpGroup}),
  'task-command': Flags.string({
    description: 'the same, with commas between its words',
    exclusive: ['command'],
    helpGroup,
  }),
  'task-role': Flags.string({description: 'name or ARN of the IAM role of the task', helpGroup}),
  'ephemeral-storage': parsedFlag(parseEphemeralStorage)({description: 'disk in GiB, 21 to 200', helpGroup}),
  'log-retention': parsedFlag(parseLogRetention)({
    description: 'days to keep logs, or never to keep them for ever; 30 for a new log group',
    helpGroup,
  }),
  tag: text({description: 'tag on everything that is made; repeatable', helpValue: '<KEY=value>', helpGroup}),
}

interface TaskFlags {
  readonly cpu: string
  readonly memory: string
  readonly architecture: string
  readonly env?: readonly EnvironmentVariable[] | undefined
  readonly 'env-file'?: readonly string[] | undefined
  readonly secret?: readonly string[] | undefined
  readonly command?: readonly string[] | undefined
  readonly 'task-command'?: string | undefined
  readonly 'task-role'?: string | undefined
  readonly 'ephemeral-storage'?: number | undefined
  readonly 'log-retention'?: number | 'never' | undefined
  readonly tag?: readonly string[] | undefined
}

/** The options of a task. @throws UsageError for the first value that breaks its grammar */
export async function taskOptions(flags: TaskFlags) {
  const {cpu, memory} = required(parseTaskSize(flags.cpu, flags.memory), '--cpu and --memory')
  if (flags['task-role'] !== undefined) required(parseRole(flags['task-role']), '--task-role')
  const secrets = required(parseSecretReferences(flags.secret ?? []), '--secret')
  const tags = required(parseTags(flags.tag ?? []), '--tag')
  const fromFiles = await readEnvironmentFiles(flags['env-file'] ?? [])
  return {
    cpu,
    memory,
    architecture: flags.architecture === 'arm64' ? ('arm64' as const) : ('x86_64' as const),
    environment: mergeEnvironment(fromFiles, flags.env ?? []),
    secrets,
    command: commandOption(flags),
    taskRole: flags['task-role'],
    ephemeralStorageGib: flags['ephemeral-storage'],
    logRetentionDays: flags['log-retention'],
    tags: Object.fromEntries(tags.map(({key, value}) => [key, value])),
  }
}

/** A command in either of its two spellings. @throws UsageError */
export function commandOption(flags: Pick<TaskFlags, 'command' | 'task-command'>): readonly string[] | undefined {
  const words = flags['task-command']
  if (words !== undefined) return required(parseCsvRecord(words), '--task-command')
  return flags.command === undefined ? undefined : required(parseCommand(flags.command), '--command')
}
