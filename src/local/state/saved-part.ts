import {documentsOf, documentText, pathKey} from './documents.js'
import type {StatePart} from './part.js'

/** What is to be written together, and what is true once it is written. */
export class Batch {
  readonly entries: string[] = []
  readonly #effects: (() => void)[] = []

  add(entry: string, effect: () => void): void {
    this.entries.push(entry)
    this.#effects.push(effect)
  }

  written(): void {
    for (const effect of this.#effects) effect()
  }
}

/** A part and what the files hold of it. */
export class SavedPart {
  readonly #name: string
  readonly #part: StatePart
  /** The JSON of each document in the files, by the JSON of its path. */
  readonly #texts: Map<string, string>
  #lastAddition: number

  constructor(
    name: string,
    part: StatePart,
    saved: {readonly documents: ReadonlyMap<string, unknown>; readonly lastAddition: number},
  ) {
    this.#name = name
    this.#part = part
    this.#texts = new Map([...saved.documents].map(([key, document]) => [key, documentText(document)]))
    this.#lastAddition = saved.lastAddition
  }

  /** Characters of all documents. */
  get size(): number {
    let size = 0
    for (const text of this.#texts.values()) size += text.length
    return size
  }

  /** How many additions are still wanted. */
  get additions(): number {
    return this.#part.allAdditions?.().length ?? 0
  }

  /** Adds what has changed to a batch; additions go to `onAddition` too once they are written. */
  collect(batch: Batch, onAddition: (entry: string) => void): void {
    if (this.#part.changes === undefined) this.#compareAll(batch)
    else for (const {path, document} of this.#part.changes()) this.#compare(batch, pathKey(path), document)
    for (const addition of this.#part.additions?.() ?? []) {
      this.#lastAddition++
      const entry = this.#additionEntry(this.#lastAddition, addition)
      batch.add(entry, () => onAddition(entry))
    }
  }

  /** The entries of a snapshot. */
  *documentEntries(): Generator<string> {
    for (const [key, text] of this.#texts) yield this.#documentEntry(key, text)
  }

  /** The entries of a new list of additions. */
  additionEntries(): string[] {
    const all = this.#part.allAdditions?.() ?? []
    const first = this.#lastAddition - all.length + 1
    return all.map((addition, index) => this.#additionEntry(first + index, addition))
  }

  #compareAll(batch: Batch): void {
    const gone = new Set(this.#texts.keys())
    for (const {path, document} of documentsOf(this.#part.snapshot(), this.#part.depth ?? 0)) {
      const key = pathKey(path)
      gone.delete(key)
      this.#compare(batch, key, document)
    }
    for (const key of gone) this.#compare(batch, key, undefined)
  }

  #compare(batch: Batch, key: string, document: unknown): void {
    const saved = this.#texts.get(key)
    const text = document === undefined ? undefined : documentText(document)
    if (saved === text) return
    batch.add(this.#documentEntry(key, text), () => {
      if (text === undefined) this.#texts.delete(key)
      else this.#texts.set(key, text)
    })
  }

  #documentEntry(key: string, text: string | undefined): string {
    return `{"p":${JSON.stringify(this.#name)},"k":${key}${text === undefined ? '' : `,"d":${text}`}}`
  }

  #additionEntry(number: number, addition: unknown): string {
    return `{"p":${JSON.stringify(this.#name)},"n":${number},"a":${documentText(addition)}}`
  }
}
