import {createHmac, randomBytes, timingSafeEqual} from 'node:crypto'
import type {Clock} from '../clock.js'

/** GetDownloadUrlForLayer's links are good for an hour. */
const lifetimeMs = 60 * 60 * 1000

/** Signs paths, so that who has the link needs no login for it. No restart is survived: the key is made anew. */
export class DownloadLinks {
  readonly #clock: Clock
  readonly #key = randomBytes(32)

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The path with a query that opens it. */
  sign(path: string): string {
    const expires = String(this.#clock.now() + lifetimeMs)
    return `${path}?${new URLSearchParams({expires, signature: this.#signature(path, expires)})}`
  }

  /** Whether a query was made for this path, and less than an hour ago. */
  opens(path: string, query: URLSearchParams): boolean {
    const expires = query.get('expires') ?? ''
    const given = Buffer.from(query.get('signature') ?? '')
    const right = Buffer.from(this.#signature(path, expires))
    if (given.length !== right.length || !timingSafeEqual(given, right)) return false
    return this.#clock.now() < Number(expires)
  }

  #signature(path: string, expires: string): string {
    return createHmac('sha256', this.#key).update(`${path}\n${expires}`).digest('hex')
  }
}
