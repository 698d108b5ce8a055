import type {Clock, Timer} from '../clock.js'
import type {Blobs} from './blobs.js'
import type {Repository} from './repository.js'
import {Upload} from './upload.js'

/** How long a client may be silent before its upload is thrown away. */
const idleMs = 60 * 60 * 1000

interface Session {
  readonly upload: Upload
  readonly repository: Repository
  timer: Timer
}

/** The uploads under way; each belongs to the repository it was begun in. */
export class Uploads {
  readonly #blobs: Blobs
  readonly #clock: Clock
  readonly #random: () => number
  readonly #sessions = new Map<string, Session>()

  constructor(options: {blobs: Blobs; clock: Clock; random: () => number}) {
    this.#blobs = options.blobs
    this.#clock = options.clock
    this.#random = options.random
  }

  begin(repository: Repository): Upload {
    const id = this.#newId()
    const upload = new Upload(id, this.#blobs.draft(id))
    this.#sessions.set(id, {upload, repository, timer: this.#expiry(id)})
    return upload
  }

  /** The upload, whose time to live starts anew; undefined when it is over or belongs to another repository. */
  find(repository: Repository, id: string): Upload | undefined {
    const session = this.#sessions.get(id)
    if (session?.repository !== repository) return undefined
    session.timer.cancel()
    session.timer = this.#expiry(id)
    return session.upload
  }

  /** Forgets an upload whose bytes have become a blob. */
  finish(upload: Upload): void {
    this.#sessions.get(upload.id)?.timer.cancel()
    this.#sessions.delete(upload.id)
  }

  discard(upload: Upload): void {
    this.finish(upload)
    upload.discard()
  }

  /** Ends the uploads into a repository that is gone. */
  discardOf(repository: Repository): void {
    for (const session of [...this.#sessions.values()]) {
      if (session.repository === repository) this.discard(session.upload)
    }
  }

  close(): void {
    for (const {upload} of [...this.#sessions.values()]) this.discard(upload)
  }

  #expiry(id: string): Timer {
    return this.#clock.after(idleMs, () => {
      const session = this.#sessions.get(id)
      if (session === undefined) return
      if (session.upload.receiving) session.timer = this.#expiry(id)
      else this.discard(session.upload)
    })
  }

  #newId(): string {
    const digits = Array.from({length: 32}, () => Math.floor(this.#random() * 16).toString(16)).join('')
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  }
}
