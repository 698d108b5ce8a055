import {randomBytes} from 'node:crypto'
import type {Clock} from '../clock.js'
import type {StatePart} from '../state/part.js'

/** ECR's authorization tokens are valid for 12 hours. */
const lifetimeMs = 12 * 60 * 60 * 1000

export interface IssuedToken {
  readonly user: 'AWS'
  readonly password: string
  readonly expiresAt: number
}

/**
 * Passwords that GetAuthorizationToken gave out. A password opens every repository of this registry: docker keeps one
 * login per host, and here one host serves all accounts and regions.
 */
export class Tokens implements StatePart {
  readonly depth = 1
  readonly #clock: Clock
  readonly #secret: () => string
  readonly #expiries = new Map<string, number>()

  constructor(clock: Clock, secret: () => string = () => randomBytes(48).toString('base64url')) {
    this.#clock = clock
    this.#secret = secret
  }

  /** When each password expires. */
  snapshot(): ReadonlyMap<string, number> {
    return this.#expiries
  }

  restore(snapshot: unknown): void {
    for (const [password, expiresAt] of Object.entries(snapshot as Record<string, number>)) {
      this.#expiries.set(password, expiresAt)
    }
  }

  issue(): IssuedToken {
    this.#forgetOld()
    const token = {user: 'AWS', password: this.#secret(), expiresAt: this.#clock.now() + lifetimeMs} as const
    this.#expiries.set(token.password, token.expiresAt)
    return token
  }

  check(user: string, password: string): 'valid' | 'expired' | 'unknown' {
    const expiresAt = this.#expiries.get(password)
    if (user !== 'AWS' || expiresAt === undefined) return 'unknown'
    return this.#clock.now() < expiresAt ? 'valid' : 'expired'
  }

  /** Expired passwords are remembered as long again, so that a client hears why it is refused. */
  #forgetOld(): void {
    for (const [password, expiresAt] of this.#expiries) {
      if (this.#clock.now() > expiresAt + lifetimeMs) this.#expiries.delete(password)
    }
  }
}
