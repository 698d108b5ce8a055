import {chmodSync, closeSync, existsSync, ftruncateSync, openSync, readdirSync, renameSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {FORMAT_VERSION, headerLine, Saved} from './entries.js'
import {damaged, StateFailure} from './failure.js'
import {makeFolder} from './folder.js'
import {appendWhole, jsonLinesOf} from './lines.js'

/** How many entries share a line of a snapshot. */
const ENTRIES_PER_LINE = 200
const LIST_FILE = 'additions.jsonl'

/** A line of a snapshot tells that it is whole. */
const isEnd = (value: unknown): value is {readonly end: number} =>
  typeof value === 'object' && value !== null && 'end' in value

/**
 * The saved state in a folder: a snapshot, a journal of what has changed since, and the list of additions up to the
 * snapshot. Snapshot and journal bear the number of their generation; a snapshot gets its name when it is whole.
 */
export class StateFiles {
  readonly #folder: string
  #generation = 0
  #journal: number | undefined
  #journalSize = 0
  /** Additions in the list file, and where the last of them ends. */
  #listed = 0
  #listSize = 0

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Bytes of the journal. */
  get journalSize(): number {
    return this.#journalSize
  }

  get listed(): number {
    return this.#listed
  }

  /**
   * Reads everything and opens the journal for more.
   *
   * @throws StateFailure for files that are damaged or of another version; the error of node:fs
   */
  load(): Saved {
    makeFolder(this.#folder)
    // Secret values and private keys are in it.
    chmodSync(this.#folder, 0o700)
    const saved = new Saved()
    this.#generation = Math.max(0, ...this.#generations())
    this.#readList(saved)
    if (this.#generation > 0) this.#readSnapshot(saved, this.#path('snapshot', this.#generation))
    const journal = this.#path('journal', this.#generation)
    const end = existsSync(journal) ? this.#readJournal(saved, journal) : 0
    this.#openJournal(end)
    this.#removeOld()
    return saved
  }

  /** Adds entries of one moment: after a kill either all of them are there, or none. */
  append(line: string): void {
    if (this.#journal === undefined) throw new Error('the journal is closed')
    const text = this.#journalSize === 0 ? headerLine() + line : line
    this.#journalSize = appendWhole(this.#journal, this.#journalSize, text)
  }

  /**
   * Replaces snapshot and journal by a new snapshot.
   *
   * @param additions to the list, since the last snapshot; with `rewrite` all that is wanted of it
   */
  replace(entries: Iterable<string>, additions: readonly string[], rewrite: boolean): void {
    this.#writeList(additions, rewrite)
    const next = this.#generation + 1
    const file = this.#path('snapshot', next)
    writeLines(`${file}.new`, snapshotLines(entries))
    renameSync(`${file}.new`, file)
    this.close()
    this.#generation = next
    this.#openJournal(0)
    this.#removeOld()
  }

  close(): void {
    if (this.#journal !== undefined) closeSync(this.#journal)
    this.#journal = undefined
  }

  #path(kind: 'snapshot' | 'journal', generation: number): string {
    return join(this.#folder, `${kind}-${generation}.jsonl`)
  }

  #generations(): number[] {
    return readdirSync(this.#folder).map((name) => Number(/^snapshot-(\d+)\.jsonl$/.exec(name)?.[1] ?? 0))
  }

  #readSnapshot(saved: Saved, file: string): void {
    let entries = 0
    let whole = false
    for (const {number, value} of jsonLinesOf(file)) {
      if (number === 1) checkHeader(file, value)
      else if (isEnd(value)) whole = value.end === entries
      else {
        saved.apply(file, number, value)
        entries += (value as unknown[]).length
      }
    }
    if (!whole) throw damaged(file, 'its end is missing')
  }

  /** Answers where the last complete line ends. */
  #readJournal(saved: Saved, file: string): number {
    let end = 0
    for (const line of jsonLinesOf(file)) {
      if (line.number === 1) checkHeader(file, line.value)
      else saved.apply(file, line.number, line.value)
      end = line.end
    }
    return end
  }

  #readList(saved: Saved): void {
    const file = join(this.#folder, LIST_FILE)
    if (!existsSync(file)) return
    for (const {number, value, end} of jsonLinesOf(file)) {
      if (number === 1) checkHeader(file, value)
      else saved.apply(file, number, [value])
      this.#listed = number - 1
      this.#listSize = end
    }
  }

  #writeList(additions: readonly string[], rewrite: boolean): void {
    const file = join(this.#folder, LIST_FILE)
    if (rewrite || this.#listSize === 0) {
      this.#listSize = writeLines(`${file}.new`, [headerLine(), ...additions.map((entry) => `${entry}\n`)])
      renameSync(`${file}.new`, file)
      this.#listed = additions.length
      return
    }
    const descriptor = openSync(file, 'r+')
    try {
      this.#listSize = appendWhole(descriptor, this.#listSize, additions.map((entry) => `${entry}\n`).join(''))
    } finally {
      closeSync(descriptor)
    }
    this.#listed += additions.length
  }

  #openJournal(end: number): void {
    const file = this.#path('journal', this.#generation)
    this.#journal = openSync(file, existsSync(file) ? 'r+' : 'w', 0o600)
    ftruncateSync(this.#journal, end)
    this.#journalSize = end
  }

  #removeOld(): void {
    for (const name of readdirSync(this.#folder)) {
      const generation = /^(?:snapshot|journal)-(\d+)\.jsonl$/.exec(name)?.[1]
      const isOld = generation !== undefined && Number(generation) < this.#generation
      if (isOld || name.endsWith('.new')) rmSync(join(this.#folder, name), {force: true})
    }
  }
}

function* snapshotLines(entries: Iterable<string>): Generator<string> {
  yield headerLine()
  let count = 0
  let group: string[] = []
  for (const entry of entries) {
    group.push(entry)
    count++
    if (group.length < ENTRIES_PER_LINE) continue
    yield `[${group.join()}]\n`
    group = []
  }
  if (group.length > 0) yield `[${group.join()}]\n`
  yield `${JSON.stringify({end: count})}\n`
}

/** Writes a file anew and answers its size; what was written of one that cannot be is removed. */
function writeLines(file: string, lines: Iterable<string>): number {
  const descriptor = openSync(file, 'w', 0o600)
  let size = 0
  try {
    for (const line of lines) size = appendWhole(descriptor, size, line)
    return size
  } catch (error) {
    rmSync(file, {force: true})
    throw error
  } finally {
    closeSync(descriptor)
  }
}

function checkHeader(file: string, header: unknown): void {
  const version = (header as {readonly fargateLocalState?: unknown} | null)?.fargateLocalState
  if (version === FORMAT_VERSION) return
  if (typeof version !== 'number') throw damaged(file, 'it does not begin as it should')
  throw new StateFailure(
    `the state in ${file} has version ${version}, and this fargate knows version ${FORMAT_VERSION} only: use the fargate that wrote it, forget it with "fargate local reset", or use another folder: --state-dir <folder>`,
  )
}
