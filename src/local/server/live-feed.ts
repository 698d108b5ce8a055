import type {Clock, Timer} from '../clock.js'
import type {RequestLog} from '../request-log/request-log.js'
import type {ServedRequest} from '../request-log/served-request.js'
import type {Inventory} from './inventory/inventory.js'

/** Someone who watches: is given the name of an event and its data, one line of JSON. */
export type LiveReader = (event: 'state' | 'requests', data: string) => void

export interface LiveFeedOptions {
  readonly look: () => Inventory
  /** What the server says of itself, with its time. */
  readonly describe: () => object
  readonly log: RequestLog
  /** In the time of the machine. */
  readonly clock: Clock
}

const lookEveryMs = 300
/** Also without any change the readers hear something from time to time, and see that the server is there. */
const silentLooks = 16
const firstRequests = 200
/** Of a burst between two looks only the last ones are told. */
const toldRequests = 200

/**
 * Tells its readers what is there, and from then on what has changed. It looks at most every 300 ms, and only while
 * somebody reads.
 */
export class LiveFeed {
  readonly #options: LiveFeedOptions
  readonly #readers = new Set<LiveReader>()
  /** What the readers know: each thing as JSON, by its key. */
  #known = new Map<string, string>()
  #requests: ServedRequest[] = []
  #silence = 0
  #timer: Timer | undefined
  #unfollow: (() => void) | undefined

  constructor(options: LiveFeedOptions) {
    this.#options = options
  }

  /** Begins to tell a reader; the answered function ends it. */
  connect(reader: LiveReader): () => void {
    this.#tell()
    this.#readers.add(reader)
    if (this.#readers.size === 1) this.#begin()
    reader('state', this.#state(true, this.#known.values(), []))
    reader('requests', JSON.stringify(this.#options.log.latest(firstRequests)))
    return () => {
      this.#readers.delete(reader)
      if (this.#readers.size === 0) this.close()
    }
  }

  close(): void {
    this.#timer?.cancel()
    this.#unfollow?.()
    this.#known = new Map()
  }

  #begin(): void {
    this.#known = inventoryByKey(this.#options.look())
    this.#requests = []
    this.#unfollow = this.#options.log.follow((request) => this.#requests.push(request))
    this.#plan()
  }

  #plan(): void {
    this.#timer = this.#options.clock.after(lookEveryMs, () => {
      this.#tell()
      this.#plan()
    })
  }

  /** Tells everybody what is new since the last time. */
  #tell(): void {
    if (this.#readers.size === 0) return
    const present = inventoryByKey(this.#options.look())
    const changed = [...present].filter(([key, json]) => this.#known.get(key) !== json).map(([, json]) => json)
    const gone = [...this.#known.keys()].filter((key) => !present.has(key))
    this.#known = present
    this.#silence = changed.length + gone.length === 0 ? this.#silence + 1 : 0
    if (this.#silence % silentLooks === 0) this.#send('state', this.#state(false, changed, gone))
    if (this.#requests.length > 0) this.#send('requests', JSON.stringify(this.#requests.slice(-toldRequests)))
    this.#requests = []
  }

  #send(event: Parameters<LiveReader>[0], data: string): void {
    for (const reader of this.#readers) reader(event, data)
  }

  #state(full: boolean, set: Iterable<string>, gone: readonly string[]): string {
    const server = JSON.stringify(this.#options.describe())
    return `{"full":${full},"server":${server},"set":[${[...set].join()}],"gone":${JSON.stringify(gone)}}`
  }
}

/** Each thing as the JSON of `{kind, key, view}`. */
function inventoryByKey({services, tasks, loadBalancers, targetGroups, faults}: Inventory): Map<string, string> {
  return new Map([
    ...services.map((view) => entry('service', view.arn, view)),
    ...tasks.map((view) => entry('task', view.arn, view)),
    ...loadBalancers.map((view) => entry('loadBalancer', view.arn, view)),
    ...targetGroups.map((view) => entry('targetGroup', view.arn, view)),
    ...faults.map((view) => entry('fault', view.id, view)),
  ])
}

const entry = (kind: string, key: string, view: object): [string, string] => [key, JSON.stringify({kind, key, view})]
