/**
 * An error that a handler answers with, exactly as AWS names it on the wire.
 *
 * `code` is what the wire carries: the exception name for JSON services (`ClusterNotFoundException`), the short
 * code for query services (`LoadBalancerNotFound`, `InvalidGroup.NotFound`).
 */
export class AwsFault extends Error {
  override readonly name = 'AwsFault'
  readonly code: string
  readonly status: number
  /** Whether the status was given; what the service's model says yields to it. */
  readonly hasStatus: boolean
  /** Further members of the modelled error, for instance `resourceIds` of a ConflictException. */
  readonly members: Readonly<Record<string, unknown>>

  constructor(code: string, message: string, options: {status?: number; members?: Record<string, unknown>} = {}) {
    super(message)
    this.code = code
    this.status = options.status ?? 400
    this.hasStatus = options.status !== undefined
    this.members = options.members ?? {}
  }
}
