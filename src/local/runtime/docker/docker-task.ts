import type {IncomingMessage} from 'node:http'
import type {RunningTask, TargetEndpoint, TaskEvents, TaskSpec} from '../../ports.js'
import {containerBody, namespaceBody} from './container-body.js'
import {dependenciesOf, inOrder} from './container-order.js'
import type {ContainerExit} from './docker-container.js'
import {DockerContainer} from './docker-container.js'
import type {Engine} from './engine.js'
import type {HealthFeed} from './health-feed.js'
import {stopSeconds} from './health-timing.js'
import type {TaskImages} from './images.js'
import {readLog} from './log-lines.js'
import type {Labels} from './server-identity.js'
import type {TaskGround} from './task-ground.js'

/** What the tasks of a server share. */
export interface TaskHost {
  readonly engine: Engine
  readonly images: TaskImages
  readonly health: HealthFeed
  readonly labels: Labels
  /** Makes names in the engine this server's own. */
  readonly serverId: string
  readonly speed: number
  ground(): Promise<TaskGround>
  /** Waits real milliseconds, whatever the speed. */
  pause(milliseconds: number): Promise<void>
  /** Told of what goes wrong inside. */
  report(error: unknown): void
}

const OUT_OF_MEMORY = 'OutOfMemoryError: Container killed due to memory usage'
const KILLED_EXIT_CODE = 137
const KILL_LOOKS = 5
const KILL_LOOK_MS = 200
const CANNOT_START =
  'CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task'

/** A task as containers of the engine: one for each of its definition, and one that owns their network. */
export class DockerTask implements Pick<RunningTask, 'stop'> {
  readonly #host: TaskHost
  readonly #spec: TaskSpec
  readonly #events: TaskEvents
  readonly #containers: DockerContainer[]
  readonly #prefix: string
  readonly #labels: Labels
  readonly #disposal = new AbortController()
  readonly #ports = new Map<number, number>()
  readonly #settled: Promise<void>
  #stopping = false

  constructor(host: TaskHost, spec: TaskSpec, events: TaskEvents) {
    this.#host = host
    this.#spec = spec
    this.#events = events
    this.#prefix = `fargate-${host.serverId}-${spec.taskId}`
    this.#labels = {...host.labels, 'fargate.local.task': spec.taskId}
    this.#containers = inOrder(
      spec.containers.map((container) => new DockerContainer(container, this.#containerName(container.name))),
    )
    this.#settled = this.#run().catch((error: unknown) => this.#fail(`CannotCreateContainerError: ${wordsOf(error)}`))
  }

  connect(port: number): TargetEndpoint {
    const published = this.#ports.get(port)
    return published === undefined ? {kind: 'refused'} : {kind: 'address', host: '127.0.0.1', port: published}
  }

  /** Containers stop before those that they depend on, as the agent has it. */
  stop(): void {
    if (this.#stopping) return
    this.#stopping = true
    for (const container of this.#containers.filter(({phase}) => phase === 'waiting')) this.#end(container, {})
    for (const container of this.#containers) {
      this.#stopContainer(container).catch((error: unknown) => this.#host.report(error))
    }
  }

  /** Ends the task at once, reporting nothing any more; settled once nothing of it is left in the engine. */
  async remove(): Promise<void> {
    const {engine, health, report} = this.#host
    this.#disposal.abort()
    this.#ports.clear()
    // What is being created must have a chance to be there, or it would stay.
    await this.#settled
    for (const {id} of this.#containers) if (id !== undefined) health.forget(id)
    await Promise.all(this.#containers.map(({name}) => engine.removeContainer(name).catch(report)))
    await engine.removeContainer(this.#containerName('network')).catch(report)
    await Promise.all(
      (this.#spec.volumes ?? []).map((name) => engine.removeVolume(this.#volumeName(name)).catch(report)),
    )
  }

  get #over(): boolean {
    return this.#stopping || this.#disposal.signal.aborted
  }

  readonly #containerName = (container: string): string => `${this.#prefix}-${container}`
  readonly #volumeName = (volume: string): string => `${this.#prefix}-volume-${volume}`

  async #run(): Promise<void> {
    const opening = this.#openNetwork()
    // Whatever becomes of the images, what the engine makes meanwhile is there before it is removed.
    const images = await this.#provideImages().finally(() => opening.catch(() => undefined))
    const network = await opening
    if (images === undefined || network === undefined) return
    for (const container of this.#containers) {
      if (this.#over) return
      await this.#create(container, images.get(container) ?? '', network)
    }
    for (const container of this.#containers) {
      this.#live(container).catch((error: unknown) => this.#end(container, {reason: wordsOf(error)}))
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
      this.#fail(image.failure, container)
      return undefined
    }
    return all && new Map(all.map(({container, image}) => [container, 'id' in image ? image.id : '']))
  }

  async #openNetwork(): Promise<string | undefined> {
    const {engine, ground} = this.#host
    const {pauseImage: image, network} = await ground()
    if (this.#over) return undefined
    const body = namespaceBody({task: this.#spec, labels: this.#labels, image, network})
    const id = await engine.createContainer(this.#containerName('network'), body)
    await engine.startContainer(id)
    const {NetworkSettings} = await engine.inspectContainer(id)
    for (const [port, bindings] of Object.entries(NetworkSettings.Ports ?? {})) {
      const published = Number(bindings?.[0]?.HostPort)
      if (published > 0) this.#ports.set(Number.parseInt(port, 10), published)
    }
    for (const volume of this.#spec.volumes ?? []) await engine.createVolume(this.#volumeName(volume), this.#labels)
    return id
  }

  async #create(container: DockerContainer, image: string, network: string): Promise<void> {
    const {engine, speed} = this.#host
    const body = containerBody(container.spec, {
      task: this.#spec,
      labels: this.#labels,
      image,
      network,
      volumeName: this.#volumeName,
      containerName: this.#containerName,
      cpus: engine.facts.cpus,
      speed,
    })
    const platform = this.#spec.platform
    const id = await engine.createContainer(container.name, body, platform && `${platform.os}/${platform.architecture}`)
    container.id = id
  }

  /** The life of a container from the wait for others to its exit. */
  async #live(container: DockerContainer): Promise<void> {
    const {engine, health} = this.#host
    const {id, spec} = container
    const unmet = await this.#unmetDependency(container)
    if (id === undefined || this.#over || container.phase !== 'waiting') return
    if (unmet !== undefined) {
      this.#end(container, {reason: unresolved(unmet, spec.name)})
      return
    }
    container.phase = 'starting'
    if (spec.healthCheck !== undefined) health.watch(id, (verdict) => this.#verdict(container, verdict))
    let output: IncomingMessage
    try {
      output = await engine.attach(id, this.#disposal.signal)
      await engine.startContainer(id)
    } catch (error) {
      this.#fail(`${CANNOT_START}: ${wordsOf(error)}`, container)
      return
    }
    container.run()
    if (this.#disposal.signal.aborted) return
    this.#events.started(spec.name)
    await this.#follow(container, id, output)
  }

  async #unmetDependency({spec}: DockerContainer): Promise<string | undefined> {
    for (const {container: name, condition} of dependenciesOf(spec)) {
      const other = this.#containers.find((candidate) => candidate.spec.name === name)
      if (other !== undefined && !(await other.meets(condition))) return name
    }
    return undefined
  }

  /** Passes on output until the container has ended, and then its exit: the last lines come before it. */
  async #follow(container: DockerContainer, id: string, output: IncomingMessage): Promise<void> {
    const {engine, report} = this.#host
    const {signal} = this.#disposal
    const log = this.#passOutput(container, output)
    try {
      await engine.waitForExit(id, signal)
      await log
      this.#end(container, await this.#exitOf(id))
    } catch (error) {
      if (signal.aborted) return
      report(error)
      this.#end(container, {reason: `CannotInspectContainerError: ${wordsOf(error)}`})
    }
  }

  /** The engine hears that memory ran out some time after the end of the process, so a kill is looked at again. */
  async #exitOf(id: string): Promise<ContainerExit> {
    for (let look = 1; ; look++) {
      const {State} = await this.#host.engine.inspectContainer(id)
      if (State.OOMKilled) return {exitCode: State.ExitCode, reason: OUT_OF_MEMORY}
      if (State.ExitCode !== KILLED_EXIT_CODE || this.#over || look === KILL_LOOKS) return {exitCode: State.ExitCode}
      await this.#host.pause(KILL_LOOK_MS)
    }
  }

  async #passOutput({spec}: DockerContainer, output: IncomingMessage): Promise<void> {
    const {signal} = this.#disposal
    try {
      await readLog(output, {terminal: spec.terminal ?? false}, (line) => {
        if (!signal.aborted) this.#events.output(spec.name, line)
      })
    } catch (error) {
      if (!signal.aborted) this.#host.report(error)
    }
  }

  async #stopContainer(container: DockerContainer): Promise<void> {
    const {engine, speed} = this.#host
    const dependents = this.#containers.filter(({spec}) =>
      dependenciesOf(spec).some(({container: name}) => name === container.spec.name),
    )
    await Promise.all(dependents.map(({ended}) => ended))
    if (!(await container.started) || container.phase === 'ended' || container.id === undefined) return
    if (this.#disposal.signal.aborted) return
    await engine.stopContainer(container.id, stopSeconds(container.spec.stopTimeoutSeconds, speed))
  }

  #verdict(container: DockerContainer, verdict: 'HEALTHY' | 'UNHEALTHY'): void {
    if (verdict === 'HEALTHY') container.becomeHealthy()
    if (!this.#disposal.signal.aborted) this.#events.health?.(container.spec.name, verdict)
  }

  #end(container: DockerContainer, exit: ContainerExit): void {
    if (container.phase === 'ended') return
    container.end(exit)
    if (!this.#disposal.signal.aborted) this.#events.exited(container.spec.name, exit)
  }

  #fail(reason: string, container?: DockerContainer): void {
    if (container?.phase === 'ended') return
    container?.end({reason})
    if (!this.#disposal.signal.aborted) this.#events.failed?.(reason, container?.spec.name)
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const unresolved = (dependency: string, target: string): string =>
  `dependency graph: failed to resolve container ordering dependency [${dependency}] for target [${target}]` +
  ' as dependency did not exit successfully.'
