/** What is known about the folder that an image is built from. */
export interface BuildState {
  /** The abbreviated id of the commit that is checked out; absent outside git and before the first commit. */
  readonly commit?: string | undefined
  /** Whether tracked or new files differ from that commit. */
  readonly dirty?: boolean | undefined
  /** What makes another image of the same commit: a hash of build arguments and the like. */
  readonly variant?: string | undefined
  /** Milliseconds since 1970. */
  readonly now: number
}

/**
 * The tag of a new image: the commit, and its variant, if the folder is exactly that commit; the commit and the time if it differs, so
 * that two builds never share a tag; the time alone outside git. Times are UTC, `YYYYMMDDHHMMSS`.
 */
export function imageTag({commit, dirty = false, variant, now}: BuildState): string {
  if (commit === undefined) return timestamp(now)
  if (dirty) return `${commit}-dirty-${timestamp(now)}`
  return variant === undefined ? commit : `${commit}-${variant}`
}

function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replaceAll(/[-T:]/g, '')
}
