import {readFile} from 'node:fs/promises'
import {UsageError} from '../errors/errors.js'
import {parseEnvironmentFile} from '../lib/environment-file.js'
import type {EnvironmentVariable} from '../lib/environment-variable.js'
import {mergeEnvironment} from '../lib/environment-variable.js'
import {required} from './flags.js'

/**
 * The variables of `--env-file`; a later file wins.
 *
 * @throws UsageError when a file cannot be read, or a line of it is not valid; the line itself may be a secret and is
 *   not shown
 */
export async function readEnvironmentFiles(paths: readonly string[]): Promise<EnvironmentVariable[]> {
  const files = await Promise.all(paths.map(async (path) => parse(path, await read(path))))
  return mergeEnvironment(...files)
}

const parse = (path: string, content: string) => required(parseEnvironmentFile(content, path), '--env-file')

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException
    throw new UsageError('FILE_UNREADABLE', `--env-file: cannot read ${path}: ${code ?? message}`, {cause: error})
  }
}
