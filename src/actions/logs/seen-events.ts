interface Identified {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly timestamp: number
}

/**
 * Remembers which events were shown, so that overlapping windows show each once. The memory is bounded: where it is
 * full the oldest are forgotten, and `floor` rises so that nobody reads them again.
 */
export class SeenEvents {
  readonly #limit: number
  /** Timestamps by id, in the order of arrival. */
  readonly #seen = new Map<string, number>()
  #floor = 0

  /** @param limit the most events that are remembered */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** Milliseconds since 1970: from here on it is known which events were shown. */
  get floor(): number {
    return this.#floor
  }

  /** Answers whether the event is new, and remembers it. */
  add({id, timestamp}: Identified): boolean {
    if (timestamp < this.#floor || this.#seen.has(id)) return false
    this.#seen.set(id, timestamp)
    if (this.#seen.size > this.#limit) this.#forgetFirst()
    return true
  }

  /** Forgets events that no window will reach again. */
  forgetBefore(time: number): void {
    for (const [id, timestamp] of this.#seen) {
      if (timestamp >= time) return
      this.#seen.delete(id)
    }
  }

  #forgetFirst(): void {
    for (const [id, timestamp] of this.#seen) {
      this.#seen.delete(id)
      this.#floor = Math.max(this.#floor, timestamp + 1)
      return
    }
  }
}
