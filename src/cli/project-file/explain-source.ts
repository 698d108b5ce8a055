import {relative} from 'node:path'
import {CliError} from '../../errors/errors.js'
import type {AppliedSetting} from './defaults.js'

/** Adds to an error about a flag that nobody typed where its value stands. */
export function explainSource(error: unknown, path: string, cwd: string, applied: readonly AppliedSetting[]): unknown {
  if (!(error instanceof CliError)) return error
  const named = applied.filter(({flag}) => new RegExp(`--${flag}(?![\\w-])`).test(error.message))
  const [first] = named
  if (first === undefined) return error
  const file = relative(cwd, path) || path
  error.message += named.map(({flag, line}) => ` (${flag} is set in ${file}:${line})`).join('')
  return error
}
