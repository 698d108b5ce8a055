import {readFileSync, rmSync, writeFileSync} from 'node:fs'
import type {Engine} from './engine.js'

/**
 * The images that tasks brought into the engine, by the name under which they were pulled. They are written to a file,
 * since a pulled image bears no label of ours: so the next server can remove what one has left that was killed.
 */
export class BroughtImages {
  readonly #engine: Engine
  readonly #file: string
  readonly #references = new Set<string>()

  constructor(engine: Engine, file: string) {
    this.#engine = engine
    this.#file = file
    for (const reference of readReferences(file)) this.#references.add(reference)
  }

  /** Notes an image before it is pulled. */
  add(reference: string): void {
    if (this.#references.has(reference)) return
    this.#references.add(reference)
    this.#write()
  }

  /** Removes them from the engine; one that somebody uses stays, and is told of. */
  async remove(report: (error: unknown) => void): Promise<void> {
    await Promise.all([...this.#references].map((reference) => this.#engine.removeImage(reference).catch(report)))
    this.#references.clear()
    rmSync(this.#file, {force: true})
  }

  #write(): void {
    writeFileSync(this.#file, JSON.stringify([...this.#references]), {mode: 0o600})
  }
}

function readReferences(file: string): string[] {
  try {
    const references: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return Array.isArray(references) ? references.filter((entry) => typeof entry === 'string') : []
  } catch (error) {
    const unfinished = error instanceof SyntaxError
    if (unfinished || (error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
