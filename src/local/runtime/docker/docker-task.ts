import type {RunningTask, TargetEndpoint, TaskEvents, TaskSpec} from '../../task-runtime.js'
import {containerBody} from './container-body.js'
import type {TaskLife} from './container-life.js'
import {end, fail, live, stopContainer} from './container-life.js'
import {inOrder} from './container-order.js'
import {DockerContainer} from './docker-container.js'
import type {TaskHost} from './task-host.js'
import {wordsOf} from './task-host.js'
import type {TaskNames} from './task-names.js'
import {taskNames} from './task-names.js'
import type {TaskNamespace} from './task-namespace.js'
import {openNamespace} from './task-namespace.js'

/** A task as containers of the engine: one for each of its definition, and one that owns their network. */
export class DockerTask implements Pick<RunningTask, 'stop'> {
  readonly #host: TaskHost
  readonly #spec: TaskSpec
  readonly #names: TaskNames
  readonly #containers: DockerContainer[]
  readonly #life: TaskLife
  readonly #disposal = new AbortController()
  readonly #settled: Promise<void>
  #namespace: TaskNamespace | undefined
  #stopping = false

  constructor(host: TaskHost, spec: TaskSpec, events: TaskEvents) {
    this.#host = host
    this.#spec = spec
    this.#names = taskNames(host, spec)
    this.#containers = inOrder(
      spec.containers.map((container) => new DockerContainer(container, this.#names.container(container.name))),
    )
    const {signal: disposal} = this.#disposal
    this.#life = {host, events, disposal, containers: this.#containers, isOver: this.#isOver}
    this.#settled = this.#run().catch((error: unknown) =>
      fail(this.#life, `CannotCreateContainerError: ${wordsOf(error)}`),
    )
  }

  connect(port: number): TargetEndpoint {
    const published = this.#disposal.signal.aborted ? undefined : this.#namespace?.ports.get(port)
    return published === undefined ? {kind: 'refused'} : {kind: 'address', host: '127.0.0.1', port: published}
  }

  /** Containers stop before those that they depend on. */
  stop(): void {
    if (this.#stopping) return
    this.#stopping = true
    for (const container of this.#containers.filter(({phase}) => phase === 'waiting')) end(this.#life, container, {})
    for (const container of this.#containers) {
      stopContainer(this.#life, container).catch((error: unknown) => this.#host.report(error))
    }
  }

  /** Ends the task at once, reporting nothing any more; settled once nothing of it is left in the engine. */
  async remove(): Promise<void> {
    const {engine, health, report} = this.#host
    this.#disposal.abort()
    // What is being created must have a chance to be there, or it would stay.
    await this.#settled
    for (const {id} of this.#containers) if (id !== undefined) health.forget(id)
    await Promise.all(this.#containers.map(({name}) => engine.removeContainer(name).catch(report)))
    await engine.removeContainer(this.#names.network).catch(report)
    const volumes = (this.#spec.volumes ?? []).map((name) => this.#names.volume(name))
    await Promise.all(volumes.map((name) => engine.removeVolume(name).catch(report)))
  }

  readonly #isOver = (): boolean => this.#stopping || this.#disposal.signal.aborted

  async #run(): Promise<void> {
    const opening = openNamespace(this.#host, this.#names, this.#spec, this.#isOver)
    // Whatever becomes of the images, what the engine makes meanwhile is there before it is removed.
    const images = await this.#provideImages().finally(() => opening.catch(() => undefined))
    this.#namespace = await opening
    if (images === undefined || this.#namespace === undefined) return
    for (const container of this.#containers) {
      if (this.#isOver()) return
      await this.#create(container, images.get(container) ?? '', this.#namespace.id)
    }
    for (const container of this.#containers) {
      live(this.#life, container).catch((error: unknown) => end(this.#life, container, {reason: wordsOf(error)}))
    }
  }

  async #provideImages(): Promise<Map<DockerContainer, string> | undefined> {
    const {images} = this.#host
    const disposed = new Promise<undefined>((resolve) => {
      this.#disposal.signal.addEventListener('abort', () => resolve(undefined))
    })
    const provided = Promise.all(
      this.#containers.map(async (container) => ({
        container,
        image: await images.provide(container.spec, this.#spec.platform),
      })),
    )
    const all = await Promise.race([provided, disposed])
    for (const {container, image} of all ?? []) {
      if (!('failure' in image)) continue
      fail(this.#life, image.failure, container)
      return undefined
    }
    return all && new Map(all.map(({container, image}) => [container, 'id' in image ? image.id : '']))
  }

  async #create(container: DockerContainer, image: string, network: string): Promise<void> {
    const {engine, speed} = this.#host
    const body = containerBody(container.spec, {
      task: this.#spec,
      labels: this.#names.labels,
      image,
      network,
      volumeName: this.#names.volume,
      containerName: this.#names.container,
      cpus: engine.facts.cpus,
      speed,
    })
    const platform = this.#spec.platform
    const id = await engine.createContainer(container.name, body, platform && `${platform.os}/${platform.architecture}`)
    container.id = id
  }
}
