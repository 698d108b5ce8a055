import type {Hash} from 'node:crypto'
import {createHash} from 'node:crypto'
import type {Draft} from './blobs.js'

/** A blob being received: its bytes go to the draft, its digest is computed on the way. */
export class Upload {
  readonly id: string
  readonly #draft: Draft
  #hash: Hash = createHash('sha256')
  readonly #parts: number[] = []
  #receiving = false
  #discarded = false

  constructor(id: string, draft: Draft) {
    this.id = id
    this.#draft = draft
  }

  /** Bytes received so far: where the next chunk begins. */
  get size(): number {
    return this.#parts.reduce((sum, length) => sum + length, 0)
  }

  /** How many bytes came at a time, in their order. */
  get parts(): readonly number[] {
    return this.#parts
  }

  /** True while a chunk is coming in. */
  get receiving(): boolean {
    return this.#receiving
  }

  /** Takes one chunk, whole or not at all: when the sender goes away half-way, nothing of it stays. */
  async append(source: AsyncIterable<Uint8Array>): Promise<void> {
    const hash = this.#hash.copy()
    let length = 0
    async function* measured(): AsyncGenerator<Uint8Array> {
      for await (const chunk of source) {
        hash.update(chunk)
        length += chunk.length
        yield chunk
      }
    }
    this.#receiving = true
    try {
      await this.#draft.append(measured())
      this.#hash = hash
      if (length > 0) this.#parts.push(length)
    } catch (error) {
      if (!this.#discarded) await this.#draft.truncate(this.size)
      throw error
    } finally {
      this.#receiving = false
      // Discarded while the chunk came in: the draft may have been made anew since.
      if (this.#discarded) this.#draft.discard()
    }
  }

  /** The digest of what has been received. */
  digest(): string {
    return `sha256:${this.#hash.copy().digest('hex')}`
  }

  keep(): void {
    this.#draft.keep(this.digest())
  }

  discard(): void {
    this.#discarded = true
    this.#draft.discard()
  }
}
