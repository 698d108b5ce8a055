import type {TaskSpec} from '../../task-runtime.js'

const MISSING = /manifest unknown|not found|name unknown/i
const DENIED = /pull access denied|access to the resource is denied|unauthorized|no basic auth credentials/i
const OTHER_PLATFORM = /no matching manifest|does not match the specified platform|no match for platform/i

/**
 * Says in the words of the container agent on Fargate why an image cannot be pulled. It gives up at once on what the
 * registry refuses and retries the rest, and says how often.
 *
 * @param resolved the full name of the image
 * @param words of the engine
 */
export function pullFailure(resolved: string, words: string, platform: TaskSpec['platform']): string {
  if (OTHER_PLATFORM.test(words)) return wrongPlatform(platform)
  const cannotResolve = (times: number) =>
    `CannotPullContainerError: pull image manifest has been retried ${times} time(s): failed to resolve ref ${resolved}: `
  if (DENIED.test(words)) {
    const server = 'server message: insufficient_scope: authorization failed'
    return `${cannotResolve(1)}pull access denied, repository does not exist or may require authorization: ${server}`
  }
  if (MISSING.test(words)) return `${cannotResolve(1)}${resolved}: not found`
  return `${cannotResolve(5)}failed to do request: ${words}`
}

/** The reason of a task whose image is not there for its platform. */
export function wrongPlatform(platform: TaskSpec['platform']): string {
  const name = `${platform?.os ?? 'linux'}/${platform?.architecture ?? 'amd64'}`
  return (
    'CannotPullContainerError: pull image manifest has been retried 7 time(s):' +
    ` image Manifest does not contain descriptor matching platform '${name}'`
  )
}
