import {readFile} from 'node:fs/promises'
import {resolve} from 'node:path'
import {Flags} from '@oclif/core'
import {UsageError} from '../errors/errors.js'

/** For the command that starts a local AWS: what goes wrong in it. */
export const faultStartFlags = {
  faults: Flags.string({description: 'JSON file with what goes wrong on purpose', helpValue: '<file>'}),
  seed: Flags.integer({
    description: 'number that makes ids, and faults with a probability, the same from run to run',
    min: 0,
    max: 2 ** 32 - 1,
  }),
}

interface FaultStartOptions {
  readonly faultsFile?: string
  readonly seed?: number
}

/** Checks the plan file against what a local AWS emulates, before anything is started. @throws UsageError */
export async function faultStartOptions(flags: {
  readonly faults?: string | undefined
  readonly seed?: number | undefined
}): Promise<FaultStartOptions> {
  const seed = flags.seed === undefined ? {} : {seed: flags.seed}
  if (flags.faults === undefined) return seed
  const text = await readFaultFile('--faults', flags.faults)
  const [{parsePlanFile}, {emulatedOperations}] = await Promise.all([
    import('../local/faults/index.js'),
    import('../local/emulated-operations.js'),
  ])
  const plan = parsePlanFile(text, await emulatedOperations())
  if (!plan.ok) throw new UsageError('FAULTS_INVALID', `--faults ${flags.faults}: ${plan.problem}`)
  return {...seed, faultsFile: resolve(flags.faults)}
}

/** @throws UsageError FAULTS_UNREADABLE */
export async function readFaultFile(flag: string, path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'there is no such file' : error.message
    throw new UsageError('FAULTS_UNREADABLE', `${flag} ${path}: ${reason}`, {cause: error})
  })
}
