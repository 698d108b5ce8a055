import type {Readable} from 'node:stream'
import {FolderBlobs} from './folder-blobs.js'
import {MemoryBlobs} from './memory-blobs.js'

/** First and last byte, both included, as HTTP counts them. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** Bytes on their way in, not yet a blob. */
export interface Draft {
  /** Adds what `source` yields; after a failure some of it may be there, for `truncate` to remove. */
  append(source: AsyncIterable<Uint8Array>): Promise<void>
  truncate(size: number): Promise<void>
  /**
   * Makes the draft the blob of `digest`. Synchronous, so that the caller can record the blob before anybody else
   * finds it unused and deletes it.
   */
  keep(digest: string): void
  discard(): void
}

/** Where the bytes of layers and configs are, by digest. */
export interface Blobs {
  draft(id: string): Draft
  read(digest: string, range?: ByteRange): Readable
  delete(digest: string): void
  /** Removes what is not in use: what was received and then not recorded, because the process was killed. */
  keepOnly(isUsed: (digest: string) => boolean): void
  /** Removes drafts; blobs on disk stay. */
  close(): void
}

/** Blobs as files in `folder`, or in memory where none is given. */
export const createBlobs = (folder?: string): Blobs =>
  folder === undefined ? new MemoryBlobs() : new FolderBlobs(folder)
