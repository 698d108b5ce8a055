import type {IncomingMessage} from 'node:http'
import type {EngineConnection} from './engine-connection.js'
import {EngineError} from './engine-connection.js'
import type {ContainerBody, ContainerInspection, EngineEvent, ImageInspection, Labelled} from './engine-documents.js'
import {jsonLines} from './json-lines.js'

/** What the engine is. */
export interface EngineFacts {
  /** As image manifests spell it: `amd64`, `arm64`. */
  readonly architecture: string
  readonly os: string
  readonly cpus: number
}

export interface PullOptions {
  /** Host, path and repository. */
  readonly repository: string
  /** A tag or a digest. */
  readonly version: string
  /** `linux/amd64` */
  readonly platform: string
  readonly login?: {readonly username: string; readonly password: string}
}

const named = (label: string): string => JSON.stringify({label: [label]})

/** The calls to the Docker engine that a task needs, one method each. All throw EngineError. */
export class Engine {
  readonly #connection: EngineConnection
  readonly #prefix: string
  readonly facts: EngineFacts

  /** @param version of the engine's API, `1.41` */
  constructor(connection: EngineConnection, version: string, facts: EngineFacts) {
    this.#connection = connection
    this.#prefix = `/v${version}`
    this.facts = facts
  }

  async findImage(reference: string): Promise<ImageInspection | undefined> {
    try {
      return (await this.#get(`/images/${reference}/json`)) as ImageInspection
    } catch (error) {
      if (error instanceof EngineError && error.status === 404) return undefined
      throw error
    }
  }

  async pullImage({repository, version, platform, login}: PullOptions): Promise<void> {
    const headers: Record<string, string> = {}
    if (login !== undefined) headers['x-registry-auth'] = Buffer.from(JSON.stringify(login)).toString('base64url')
    const query = {fromImage: repository, tag: version, platform}
    await this.#progress(
      await this.#connection.open({method: 'POST', path: `${this.#prefix}/images/create`, query, headers}),
    )
  }

  /** Makes an image of one layer from a tar archive. */
  async importImage(archive: Buffer, repo: string, tag: string, changes: readonly string[]): Promise<void> {
    const query = new URLSearchParams({fromSrc: '-', repo, tag})
    for (const change of changes) query.append('changes', change)
    const path = `${this.#prefix}/images/create?${query}`
    await this.#progress(await this.#connection.open({method: 'POST', path, body: archive}))
  }

  async createContainer(name: string, body: ContainerBody, platform?: string): Promise<string> {
    const {Id} = (await this.#post('/containers/create', {name, platform}, body)) as {Id: string}
    return Id
  }

  async startContainer(id: string): Promise<void> {
    await this.#post(`/containers/${id}/start`)
  }

  /** SIGTERM, or the image's own stop signal, and SIGKILL after `seconds`. Returns once the container has stopped. */
  async stopContainer(id: string, seconds: number): Promise<void> {
    await this.#post(`/containers/${id}/stop`, {t: String(seconds)})
  }

  /** Waits for the end of a container, which may already be over. */
  async waitForExit(id: string, signal: AbortSignal): Promise<void> {
    const path = `${this.#prefix}/containers/${id}/wait`
    await this.#connection.ask({method: 'POST', path, query: {condition: 'not-running'}, signal})
  }

  async inspectContainer(id: string): Promise<ContainerInspection> {
    return (await this.#get(`/containers/${id}/json`)) as ContainerInspection
  }

  /**
   * The output of a container until it ends; attached before its start so that nothing is missed. The engine's logs
   * would not do: who follows them does not always get the last line.
   */
  attach(id: string, signal: AbortSignal): Promise<IncomingMessage> {
    const query = {stream: '1', stdout: '1', stderr: '1'}
    return this.#connection.open({method: 'POST', path: `${this.#prefix}/containers/${id}/attach`, query, signal})
  }

  /**
   * Verdicts of health checks.
   *
   * @param since seconds since 1970, with a fraction
   */
  async *healthEvents(label: string, since: string | undefined, signal: AbortSignal): AsyncGenerator<EngineEvent> {
    const filters = JSON.stringify({type: ['container'], event: ['health_status'], label: [label]})
    const path = `${this.#prefix}/events`
    const stream = await this.#connection.open({method: 'GET', path, query: {filters, since}, signal})
    for await (const event of jsonLines(stream)) yield event as EngineEvent
  }

  async createVolume(name: string, labels: Readonly<Record<string, string>>): Promise<void> {
    await this.#post('/volumes/create', {}, {Name: name, Labels: labels})
  }

  async createNetwork(name: string, labels: Readonly<Record<string, string>>): Promise<string> {
    const {Id} = (await this.#post('/networks/create', {}, {Name: name, Driver: 'bridge', Labels: labels})) as {
      Id: string
    }
    return Id
  }

  async listContainers(label: string): Promise<(Labelled & {readonly Id: string})[]> {
    const query = {all: '1', filters: named(label)}
    return (await this.#get('/containers/json', query)) as (Labelled & {Id: string})[]
  }

  async listVolumes(label: string): Promise<(Labelled & {readonly Name: string})[]> {
    const {Volumes} = (await this.#get('/volumes', {filters: named(label)})) as {
      Volumes?: (Labelled & {Name: string})[] | null
    }
    return Volumes ?? []
  }

  async listNetworks(label: string): Promise<(Labelled & {readonly Id: string})[]> {
    return (await this.#get('/networks', {filters: named(label)})) as (Labelled & {Id: string})[]
  }

  async listImages(label: string): Promise<(Labelled & {readonly Id: string})[]> {
    return (await this.#get('/images/json', {filters: named(label)})) as (Labelled & {Id: string})[]
  }

  /** Ends a container at once and removes it with its anonymous volumes; one that has gone is as good as removed. */
  removeContainer(id: string): Promise<void> {
    return this.#remove(`/containers/${id}`, {force: '1', v: '1'})
  }

  removeVolume(name: string): Promise<void> {
    return this.#remove(`/volumes/${name}`)
  }

  removeNetwork(id: string): Promise<void> {
    return this.#remove(`/networks/${id}`)
  }

  removeImage(reference: string): Promise<void> {
    return this.#remove(`/images/${reference}`)
  }

  async #remove(path: string, query: Readonly<Record<string, string>> = {}): Promise<void> {
    try {
      await this.#connection.ask({method: 'DELETE', path: `${this.#prefix}${path}`, query})
    } catch (error) {
      const gone = error instanceof EngineError && (error.status === 404 || /already in progress/.test(error.message))
      if (!gone) throw error
    }
  }

  #get(path: string, query: Readonly<Record<string, string | undefined>> = {}): Promise<unknown> {
    return this.#connection.ask({method: 'GET', path: `${this.#prefix}${path}`, query})
  }

  #post(path: string, query: Readonly<Record<string, string | undefined>> = {}, body?: object): Promise<unknown> {
    const call = {method: 'POST' as const, path: `${this.#prefix}${path}`, query}
    return this.#connection.ask(body === undefined ? call : {...call, body})
  }

  /** Images come and go as a stream with HTTP 200; what goes wrong is one of its lines. */
  async #progress(stream: IncomingMessage): Promise<void> {
    for await (const line of jsonLines(stream)) {
      const {error} = line as {error?: unknown}
      if (typeof error === 'string') throw new EngineError(error)
    }
  }
}
