import {stat} from 'node:fs/promises'
import {dirname, join, resolve} from 'node:path'
import {UsageError} from '../../errors/errors.js'
import type {Environment} from '../../output/streams.js'

const names = ['fargate.yml', 'fargate.yaml']

/**
 * The project file that counts in a folder: the one that FARGATE_CONFIG names, or else the nearest `fargate.yml` in the
 * folder or above it, up to the top of the git work tree.
 *
 * @throws UsageError when FARGATE_CONFIG names no file, or a folder has both spellings
 */
export async function findProjectFile(env: Environment, cwd: string): Promise<string | undefined> {
  if (env.FARGATE_CONFIG) {
    const named = resolve(cwd, env.FARGATE_CONFIG)
    if (await isFile(named)) return named
    throw new UsageError('PROJECT_FILE_NOT_FOUND', `FARGATE_CONFIG: there is no file ${named}`)
  }
  for (let folder = cwd; ; folder = dirname(folder)) {
    const found = await fileIn(folder)
    if (found !== undefined) return found
    if (folder === dirname(folder) || (await exists(join(folder, '.git')))) return undefined
  }
}

async function fileIn(folder: string): Promise<string | undefined> {
  const paths = names.map((name) => join(folder, name))
  const present = await Promise.all(paths.map(isFile))
  const [first, second] = paths.filter((_path, index) => present[index])
  if (second !== undefined) {
    throw new UsageError('PROJECT_FILE_AMBIGUOUS', `${folder} has a fargate.yml and a fargate.yaml: keep one of them`)
  }
  return first
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
