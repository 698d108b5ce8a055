import type {RequestFilter, ServedRequest} from './served-request.js'
import {isWanted} from './served-request.js'

export interface RequestLogLimits {
  readonly maxRequests: number
  /** Of all requests together, as JSON. */
  readonly maxCharacters: number
}

/** Some hours of a busy day, in a few megabytes. */
const defaultLimits: RequestLogLimits = {maxRequests: 5_000, maxCharacters: 2_000_000}

type Listener = (request: ServedRequest) => void

/** The latest requests of a server; the oldest make room for new ones. */
export class RequestLog {
  readonly #limits: RequestLogLimits
  readonly #kept: {readonly request: ServedRequest; readonly characters: number}[] = []
  readonly #listeners = new Set<Listener>()
  #characters = 0
  #count = 0

  constructor(limits = defaultLimits) {
    this.#limits = limits
  }

  add(served: Omit<ServedRequest, 'number'>): void {
    this.#count += 1
    const request = {number: this.#count, ...served}
    const characters = JSON.stringify(request).length
    this.#kept.push({request, characters})
    this.#characters += characters
    while (this.#kept.length > this.#limits.maxRequests || this.#characters > this.#limits.maxCharacters) {
      this.#characters -= this.#kept.shift()?.characters ?? this.#characters
    }
    for (const listener of this.#listeners) listener(request)
  }

  /** The last `count` of those that are wanted and still kept, oldest first. */
  latest(count: number, filter: RequestFilter = {}): ServedRequest[] {
    const found: ServedRequest[] = []
    for (let index = this.#kept.length - 1; index >= 0 && found.length < count; index--) {
      const request = this.#kept[index]?.request
      if (request !== undefined && isWanted(request, filter)) found.push(request)
    }
    return found.reverse()
  }

  /** Tells each new request to `listener`, until the function that it answers is called. */
  follow(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
