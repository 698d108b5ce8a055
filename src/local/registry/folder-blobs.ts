import {createReadStream, mkdirSync, readdirSync, renameSync, rmSync} from 'node:fs'
import {open, rm, truncate} from 'node:fs/promises'
import {join} from 'node:path'
import type {Readable} from 'node:stream'
import type {Blobs, ByteRange, Draft} from './blobs.js'

/** Blobs as files named by their digest; a file appears there whole or not at all. */
export class FolderBlobs implements Blobs {
  readonly #blobs: string
  readonly #drafts: string

  constructor(folder: string) {
    this.#blobs = join(folder, 'sha256')
    this.#drafts = join(folder, 'uploads')
    // What an earlier process was receiving can no longer be resumed: its hash is gone.
    rmSync(this.#drafts, {recursive: true, force: true})
    mkdirSync(this.#blobs, {recursive: true, mode: 0o700})
    mkdirSync(this.#drafts, {recursive: true, mode: 0o700})
  }

  draft(id: string): Draft {
    const path = join(this.#drafts, id)
    return {
      append: async (source) => {
        const file = await open(path, 'a', 0o600)
        try {
          await file.writeFile(source)
        } finally {
          await file.close()
        }
      },
      truncate: (size) => (size === 0 ? rm(path, {force: true}) : truncate(path, size)),
      keep: (digest) => renameSync(path, this.#path(digest)),
      discard: () => rmSync(path, {force: true}),
    }
  }

  read(digest: string, range?: ByteRange): Readable {
    return createReadStream(this.#path(digest), range)
  }

  delete(digest: string): void {
    rmSync(this.#path(digest), {force: true})
  }

  keepOnly(isUsed: (digest: string) => boolean): void {
    for (const name of readdirSync(this.#blobs)) if (!isUsed(`sha256:${name}`)) rmSync(join(this.#blobs, name))
  }

  close(): void {
    rmSync(this.#drafts, {recursive: true, force: true})
  }

  #path(digest: string): string {
    return join(this.#blobs, digest.slice('sha256:'.length))
  }
}
