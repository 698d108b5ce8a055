import {join} from 'node:path'
import {UsageError} from '../errors/errors.js'
import type {Files} from './files.js'

/**
 * Checks that there is something to build, before anything is asked of docker or AWS.
 *
 * @throws UsageError BUILD_CONTEXT_NOT_FOUND or DOCKERFILE_NOT_FOUND
 */
export async function checkBuildContext(
  {context, dockerfile}: {readonly context: string; readonly dockerfile?: string},
  files: Files,
): Promise<void> {
  if ((await files.kind(context)) !== 'folder') {
    throw new UsageError('BUILD_CONTEXT_NOT_FOUND', `no folder to build from at ${context}`, {details: {context}})
  }

  // Builders take a lower-case dockerfile where there is no Dockerfile.
  const candidates =
    dockerfile === undefined ? ['Dockerfile', 'dockerfile'].map((name) => join(context, name)) : [dockerfile]
  const kinds = await Promise.all(candidates.map((path) => files.kind(path)))
  if (kinds.includes('file')) return

  const path = candidates[0]
  throw new UsageError('DOCKERFILE_NOT_FOUND', `no Dockerfile at ${path}`, {
    hints: [
      dockerfile === undefined
        ? 'name it with --dockerfile <path>'
        : 'correct --dockerfile: it is relative to the current folder, not to the build context',
    ],
    details: {path},
  })
}
