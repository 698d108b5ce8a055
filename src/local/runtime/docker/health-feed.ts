import type {Clock} from '../../clock.js'
import type {Engine} from './engine.js'
import type {EngineEvent} from './engine-documents.js'

const RECONNECT_MS = 5_000

type Verdict = 'HEALTHY' | 'UNHEALTHY'

export interface HealthFeedOptions {
  readonly engine: Engine
  readonly clock: Clock
  /** `name=value`, of the containers whose checks count. */
  readonly label: string
  report(error: unknown): void
}

/** The verdicts of the engine's health checks, from one stream of events for all containers. */
export class HealthFeed {
  readonly #options: HealthFeedOptions
  readonly #watchers = new Map<string, (verdict: Verdict) => void>()
  readonly #end = new AbortController()
  #since: string | undefined
  #open = false

  constructor(options: HealthFeedOptions) {
    this.#options = options
  }

  /** Tells of each verdict on a container, to be called before the container starts. */
  watch(containerId: string, onVerdict: (verdict: Verdict) => void): void {
    this.#watchers.set(containerId, onVerdict)
    if (!this.#open) this.#connect()
  }

  forget(containerId: string): void {
    this.#watchers.delete(containerId)
  }

  close(): void {
    this.#end.abort()
    this.#watchers.clear()
  }

  #connect(): void {
    this.#open = true
    this.#read()
      .catch((error: unknown) => {
        if (!this.#end.signal.aborted) this.#options.report(error)
      })
      .finally(() => this.#retry())
  }

  async #read(): Promise<void> {
    const {engine, label} = this.#options
    for await (const event of engine.healthEvents(label, this.#since, this.#end.signal)) this.#handle(event)
  }

  /** An engine that was restarted ends the stream; what happened since the last event is read again then. */
  #retry(): void {
    this.#open = false
    if (this.#end.signal.aborted || this.#watchers.size === 0) return
    this.#open = true
    this.#options.clock.after(RECONNECT_MS, () => this.#connect())
  }

  #handle({Action = '', Actor, timeNano}: EngineEvent): void {
    if (timeNano !== undefined) this.#since = (timeNano / 1e9).toFixed(9)
    const verdict = /^health_status: (healthy|unhealthy)$/.exec(Action)?.[1]
    if (verdict !== undefined) this.#watchers.get(Actor?.ID ?? '')?.(verdict === 'healthy' ? 'HEALTHY' : 'UNHEALTHY')
  }
}
