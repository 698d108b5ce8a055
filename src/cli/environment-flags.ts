import type {EnvironmentVariable} from '../lib/environment-variable.js'
import {mergeEnvironment, parseEnvironmentNames, parseEnvironmentVariable} from '../lib/environment-variable.js'
import {readEnvironmentFiles} from './environment-files.js'
import {repeatableFlag, required, textListFlag} from './flags.js'

/** Environment variables, from the command line and from files. */
export const environmentFlags = {
  env: repeatableFlag(parseEnvironmentVariable)({
    char: 'e',
    description: 'environment variable; repeatable',
    helpValue: '<KEY=value>',
  }),
  'env-file': repeatableFlag((value) => ({ok: true, value}))({
    description: 'file of KEY=value lines; repeatable',
    helpValue: '<file>',
  }),
}

/** What the flags say; the command line wins over files. @throws UsageError */
export async function environmentOf(flags: {
  readonly env?: readonly EnvironmentVariable[] | undefined
  readonly 'env-file'?: readonly string[] | undefined
}): Promise<EnvironmentVariable[]> {
  return mergeEnvironment(await readEnvironmentFiles(flags['env-file'] ?? []), flags.env ?? [])
}

export const keyFlag = (description: string) => ({
  key: textListFlag({
    char: 'k',
    description: `${description}; repeatable`,
    helpValue: '<KEY>',
    required: true,
  }),
})

/** @throws UsageError for a key that cannot be one */
export const keysOf = ({key}: {readonly key?: readonly string[] | undefined}): string[] =>
  required(parseEnvironmentNames(key ?? []), '--key')
