/**
 * What a part of the local AWS gives so that its records survive a restart. Where nothing else is said the whole
 * snapshot is one document, which is compared with the saved one after each change of the part.
 */
export interface StatePart {
  /** All that the part remembers, as plain JSON: objects, maps by string, arrays. It is read at once and not changed. */
  snapshot(): unknown
  /** Takes back what a `snapshot` was, maps as objects, before the part is used; timers are derived from the records. */
  restore(snapshot: unknown): void
  /**
   * How many levels of the snapshot are keys, each leading to a document that is saved on its own. 2 fits
   * `{parameters: {<key>: record}}`: a change of one record writes one record.
   */
  readonly depth?: number
  /**
   * The documents that may have changed since it was last asked; undefined for one that is gone. Where it is not given
   * all documents are compared, which a part with thousands of large ones cannot afford.
   */
  changes?(): Iterable<DocumentChange>
  /** What was added to a list that only grows since it was last asked: it is appended, and never compared. */
  additions?(): readonly unknown[]
  /** The whole of that list, as far as it is still wanted. */
  allAdditions?(): readonly unknown[]
  /** Takes back the list, oldest first, after `restore`; what is no longer wanted may be among it. */
  restoreAdditions?(additions: readonly unknown[]): void
}

/** The keys that lead to a document from the top of a snapshot. */
export type DocumentPath = readonly string[]

export interface DocumentChange {
  readonly path: DocumentPath
  readonly document: unknown
}

/** The parts of a local AWS by name; those of a service have the service's signing name. */
export type StateParts = Readonly<Record<string, StatePart>>
