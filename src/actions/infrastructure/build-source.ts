import {shortHash} from '../../lib/hash.js'
import type {Context} from '../context.js'

/** How docker makes the image. */
export interface BuildSource {
  /** The folder that docker gets. */
  readonly context: string
  readonly dockerfile?: string | undefined
  /** `undefined` takes the value from the environment, which keeps it out of argv. */
  readonly buildArgs: Readonly<Record<string, string | undefined>>
  readonly target?: string | undefined
  /** Builds and pushes although the clean commit's tag is in the repository. */
  readonly rebuild: boolean
}

/**
 * Checks that there is something to build, before anything is asked of AWS.
 *
 * @throws UsageError BUILD_CONTEXT_NOT_FOUND or DOCKERFILE_NOT_FOUND
 */
export async function checkImageSource({docker}: Pick<Context, 'docker'>, source: string | BuildSource): Promise<void> {
  if (typeof source === 'string') return
  const {context, dockerfile} = source
  await docker.checkContext({context, ...(dockerfile !== undefined && {dockerfile})})
}

/** What stands in the tag besides the commit, where flags let one commit become different images; else nothing. */
export function buildVariant({dockerfile, target, buildArgs}: BuildSource): string | undefined {
  const sorted = Object.entries(buildArgs).sort(([a], [b]) => (a < b ? -1 : 1))
  if (dockerfile === undefined && target === undefined && sorted.length === 0) return undefined
  return shortHash(JSON.stringify([dockerfile, target, sorted]))
}

/** Whether an image of the same tag may be another one: it is built and deployed although the tag is there. */
export function buildsEveryTime({rebuild, buildArgs}: BuildSource): boolean {
  return rebuild || Object.values(buildArgs).includes(undefined)
}
