import type {Clock, Timer} from '../clock.js'
import {assembled} from './documents.js'
import type {Saved} from './entries.js'
import {damaged, fileReason, StateFailure} from './failure.js'
import type {StatePart, StateParts} from './part.js'
import {Batch, SavedPart} from './saved-part.js'
import type {StateFiles} from './state-files.js'

export interface SaverOptions {
  readonly files: StateFiles
  /** What the files hold. */
  readonly saved: Saved
  /** The machine's time. */
  readonly clock: Clock
  /** For messages. */
  readonly folder: string
  /** Bytes of the journal from which on it is replaced by a snapshot, if it is also larger than what is saved. */
  readonly journalLimit?: number
  /** Told in words for people when saving begins to fail, and when it works again. */
  report(line: string): void
}

/** What happens on the clock is saved so long after it; a call is answered when what it changed is saved. */
const LATER_MS = 100
const RETRY_MS = 1_000
const JOURNAL_LIMIT = 8 * 1024 * 1024
/** The list of additions is written anew when it is so much longer than what is wanted of it. */
const LIST_SLACK = 1_000

/** Writes what has changed in the parts of a local AWS to the files of its state folder. */
export class StateSaver {
  readonly #options: SaverOptions
  readonly #parts = new Map<string, SavedPart>()
  readonly #marked = new Set<string>()
  #timer: Timer | undefined
  /** What is to be written before anything else is looked at. */
  #pending: Batch | undefined
  /** Additions that are in the journal only; undefined where that is not known, after a start. */
  #unlisted: string[] | undefined
  #failed = false
  #closed = false
  #along: readonly string[] = []

  constructor(options: SaverOptions) {
    this.#options = options
  }

  /**
   * Gives all parts what was saved of them. From then on their changes are saved.
   *
   * @param along parts that may change along with any other
   * @throws StateFailure for what is no state of a part
   */
  connect(parts: StateParts, along: readonly string[] = []): void {
    const {saved} = this.#options
    this.#along = along
    for (const [name, part] of Object.entries(parts)) {
      const documents = saved.documents.get(name) ?? new Map<string, unknown>()
      const additions = saved.additions.get(name)
      this.#parts.set(name, new SavedPart(name, part, {documents, lastAddition: additions?.last ?? 0}))
      this.#restore(name, part, assembled(documents), additions?.list)
      this.mark(name)
    }
    saved.documents.clear()
    saved.additions.clear()
  }

  #restore(name: string, part: StatePart, snapshot: unknown, additions: readonly unknown[] | undefined): void {
    try {
      if (snapshot !== undefined) part.restore(snapshot)
      if (additions !== undefined) part.restoreAdditions?.(additions)
    } catch (error) {
      throw damaged(this.#options.folder, `what it holds of ${name} cannot be used (${String(error)})`)
    }
  }

  /** Whether the last attempt to save has failed. */
  get isFailing(): boolean {
    return this.#failed
  }

  /** Something about a part has changed, or may have: it is saved soon. */
  mark(name: string): void {
    this.#marked.add(name)
    this.#plan(LATER_MS)
  }

  /**
   * Saves all that has changed. What is saved survives the end of the process.
   *
   * @throws StateFailure with the reason, for instance a full disk; what could not be saved is saved later
   */
  save(): void {
    if (this.#closed) return
    try {
      this.#flush()
      this.#compact()
    } catch (error) {
      this.#plan(RETRY_MS)
      throw this.#failure(error)
    }
    if (this.#failed) this.#options.report('the state is saved again')
    this.#failed = false
  }

  /** Saves all that has changed; tells whether it could. */
  trySave(): boolean {
    try {
      this.save()
      return true
    } catch (error) {
      // It has been reported, and is tried again.
      if (error instanceof StateFailure) return false
      throw error
    }
  }

  /** Saves everything and closes the files. @throws StateFailure */
  close(): void {
    if (this.#closed) return
    try {
      this.save()
    } finally {
      this.abandon()
    }
  }

  /** Closes the files; what is not saved is lost. */
  abandon(): void {
    if (this.#closed) return
    this.#closed = true
    this.#timer?.cancel()
    this.#options.files.close()
  }

  #plan(milliseconds: number): void {
    if (this.#timer !== undefined || this.#closed) return
    this.#timer = this.#options.clock.after(milliseconds, () => {
      this.#timer = undefined
      this.trySave()
    })
  }

  #failure(error: unknown): unknown {
    if ((error as NodeJS.ErrnoException).code === undefined) return error
    const {folder, report} = this.#options
    const failure = new StateFailure(
      `the local AWS cannot save its state in ${folder}: ${fileReason(error)}; what was saved before is whole`,
      {cause: error},
    )
    if (!this.#failed) report(failure.message)
    this.#failed = true
    return failure
  }

  #flush(): void {
    this.#write()
    const batch = new Batch()
    if (this.#marked.size > 0) for (const name of this.#along) this.#marked.add(name)
    for (const name of this.#marked) {
      this.#parts.get(name)?.collect(batch, (entry) => this.#unlisted?.push(entry))
    }
    this.#marked.clear()
    if (batch.entries.length > 0) this.#pending = batch
    this.#write()
  }

  #write(): void {
    if (this.#pending === undefined) return
    this.#options.files.append(`[${this.#pending.entries.join()}]\n`)
    this.#pending.written()
    this.#pending = undefined
  }

  /** Makes a snapshot of what is in the files once the journal is larger than it would be. */
  #compact(): void {
    const {files, journalLimit = JOURNAL_LIMIT} = this.#options
    const parts = [...this.#parts.values()]
    if (files.journalSize <= journalLimit) return
    if (files.journalSize <= parts.reduce((sum, {size}) => sum + size, 0)) return
    const wanted = parts.reduce((sum, {additions}) => sum + additions, 0)
    const unlisted = this.#unlisted
    const tooLong = files.listed + (unlisted?.length ?? 0) > 2 * wanted + LIST_SLACK
    const rewrite = unlisted === undefined || tooLong
    const additions = rewrite ? parts.flatMap((part) => part.additionEntries()) : unlisted
    files.replace(entriesOf(parts), additions, rewrite)
    this.#unlisted = []
  }
}

function* entriesOf(parts: readonly SavedPart[]): Generator<string> {
  for (const part of parts) yield* part.documentEntries()
}
