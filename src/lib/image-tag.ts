/** What is known about the folder that an image is built from. */
export interface BuildState {
  /** The abbreviated id of the commit that is checked out; absent outside git and before the first commit. */
  readonly commit?: string | undefined
  /** Whether tracked or new files differ from that commit. */
  readonly dirty?: boolean | undefined
  /** Milliseconds since 1970. */
  readonly now: number
}

/**
 * The tag of a new image: the commit if the folder is exactly that commit; the commit and the time if it differs, so
 * that two builds never share a tag; the time alone outside git. Times are UTC, `YYYYMMDDHHMMSS`.
 */
export function imageTag({commit, dirty = false, now}: BuildState): string {
  if (commit === undefined) return timestamp(now)
  return dirty ? `${commit}-dirty-${timestamp(now)}` : commit
}

function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replaceAll(/[-T:]/g, '')
}
