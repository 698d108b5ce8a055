import {damaged} from './failure.js'
import type {DocumentPath} from './part.js'

/** One change of the saved state. The short names are what stands in the files. */
export type Entry =
  /** A document of part `p` under the keys `k`, or that it is gone. */
  | {readonly p: string; readonly k: DocumentPath; readonly d?: unknown}
  /** The `n`th addition to the list of part `p`. */
  | {readonly p: string; readonly n: number; readonly a: unknown}

/** The version of the files; one that is not known is never touched. */
export const FORMAT_VERSION = 1

export interface Header {
  readonly fargateLocalState: number
}

export const headerLine = (): string => `${JSON.stringify({fargateLocalState: FORMAT_VERSION} satisfies Header)}\n`

/** All that is saved, in memory. */
export class Saved {
  /** By part, then by path. */
  readonly documents = new Map<string, Map<string, unknown>>()
  readonly additions = new Map<string, {last: number; readonly list: unknown[]}>()

  /** Takes a line of a file: the entries of one moment. */
  apply(file: string, line: number, entries: unknown): void {
    if (!Array.isArray(entries)) throw damaged(file, `line ${line} is no list of changes`)
    for (const entry of entries as unknown[]) {
      if (!isEntry(entry)) throw damaged(file, `line ${line} holds what is no change`)
      if ('n' in entry) this.#add(entry)
      else this.#set(entry)
    }
  }

  #set(entry: Extract<Entry, {k: DocumentPath}>): void {
    const documents = this.documents.get(entry.p) ?? new Map<string, unknown>()
    this.documents.set(entry.p, documents)
    const key = JSON.stringify(entry.k)
    if (entry.d === undefined) documents.delete(key)
    else documents.set(key, entry.d)
  }

  /** An addition may stand in the journal and in the list already, where a server was killed between the two. */
  #add({p, n, a}: Extract<Entry, {n: number}>): void {
    const additions = this.additions.get(p) ?? {last: 0, list: []}
    this.additions.set(p, additions)
    if (n <= additions.last) return
    additions.last = n
    additions.list.push(a)
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false
  const {p, k, n} = value as Record<string, unknown>
  if (typeof p !== 'string') return false
  return Number.isInteger(n) || (Array.isArray(k) && k.every((key) => typeof key === 'string'))
}
