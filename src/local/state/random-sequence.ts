import {seedAfter, seededRandom} from '../random.js'
import type {StatePart} from './part.js'

/** What a run may have drawn and not saved; ids from it may have been seen. */
const SKIPPED_DRAWS = 2 ** 20

interface SavedSequence {
  readonly seed: number
  readonly drawn: number
}

/** The numbers from which ids are made. A later run goes on behind them, so that no id comes twice. */
export class RandomSequence implements StatePart {
  #seed: number
  #drawn = 0
  #next: () => number

  constructor(seed: number) {
    this.#seed = seed
    this.#next = seededRandom(seed)
  }

  readonly next = (): number => {
    this.#drawn++
    return this.#next()
  }

  snapshot(): SavedSequence {
    return {seed: this.#seed, drawn: this.#drawn}
  }

  restore(snapshot: unknown): void {
    const {seed, drawn} = snapshot as SavedSequence
    this.#seed = seed
    this.#drawn = drawn + SKIPPED_DRAWS
    this.#next = seededRandom(seedAfter(seed, this.#drawn))
  }
}
