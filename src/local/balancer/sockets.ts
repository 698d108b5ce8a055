import type net from 'node:net'
import type {Listening} from './listening.js'
import {listen} from './listening.js'

/** A server that is to listen. */
export interface WantedServer {
  /** The port that it had before, if it had one. */
  readonly port: number | undefined
  create(): net.Server
  /** Told of the port on which it listens. */
  bound(port: number): void
}

/** The sockets of the balancer, one for each listener. */
export class Sockets {
  readonly #opening = new Map<string, Promise<Listening>>()
  readonly #bound = new Map<string, number>()
  readonly #work = new Set<Promise<unknown>>()

  /** Opens what is missing and closes what is no longer wanted. */
  refresh(wanted: ReadonlyMap<string, WantedServer>): void {
    for (const [arn, server] of wanted) if (!this.#opening.has(arn)) this.#open(arn, server)
    for (const arn of this.#opening.keys()) if (!wanted.has(arn)) this.#close(arn)
  }

  /** The port of this machine for a listener; undefined until it is bound. */
  port(arn: string): number | undefined {
    return this.#bound.get(arn)
  }

  /** Waits until everything that was to be opened or closed is. */
  async ready(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work)
  }

  async close(): Promise<void> {
    this.refresh(new Map())
    await this.ready()
  }

  #open(arn: string, {create, port: wanted, bound}: WantedServer): void {
    const opening = listen(create(), wanted)
    this.#opening.set(arn, opening)
    this.#track(
      opening.then(({port}) => {
        if (this.#opening.get(arn) !== opening) return
        this.#bound.set(arn, port)
        bound(port)
      }),
    )
  }

  #close(arn: string): void {
    const opening = this.#opening.get(arn)
    this.#opening.delete(arn)
    this.#bound.delete(arn)
    if (opening !== undefined) this.#track(opening.then((listening) => listening.close()))
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#work.delete(tracked))
    this.#work.add(tracked)
  }
}
