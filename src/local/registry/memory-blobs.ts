import {Readable} from 'node:stream'
import type {Blobs, ByteRange, Draft} from './blobs.js'

/** Blobs that live as long as the process. */
export class MemoryBlobs implements Blobs {
  readonly #blobs = new Map<string, Buffer>()

  draft(): Draft {
    let content = Buffer.alloc(0)
    return {
      append: async (source) => {
        const chunks: Uint8Array[] = [content]
        for await (const chunk of source) chunks.push(chunk)
        content = Buffer.concat(chunks)
      },
      truncate: async (size) => {
        content = content.subarray(0, size)
      },
      keep: (digest) => {
        this.#blobs.set(digest, content)
      },
      discard: () => {
        content = Buffer.alloc(0)
      },
    }
  }

  read(digest: string, range?: ByteRange): Readable {
    const blob = this.#blobs.get(digest)
    if (blob === undefined) throw new Error(`blob ${digest} is not in memory`)
    return Readable.from([range === undefined ? blob : blob.subarray(range.start, range.end + 1)])
  }

  delete(digest: string): void {
    this.#blobs.delete(digest)
  }

  keepOnly(isUsed: (digest: string) => boolean): void {
    for (const digest of this.#blobs.keys()) if (!isUsed(digest)) this.#blobs.delete(digest)
  }

  close(): void {
    this.#blobs.clear()
  }
}
