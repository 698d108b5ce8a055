import type {ContainerDependency, ContainerSpec} from '../../task-runtime.js'

export interface ContainerExit {
  /** Absent where it never ran. */
  readonly exitCode?: number
  readonly reason?: string
}

/** How far a container of a task has come. */
export class DockerContainer {
  readonly spec: ContainerSpec
  /** In the engine. */
  readonly name: string
  id: string | undefined
  phase: 'waiting' | 'starting' | 'running' | 'ended' = 'waiting'
  readonly #started = Promise.withResolvers<boolean>()
  readonly #healthy = Promise.withResolvers<true>()
  readonly #ended = Promise.withResolvers<ContainerExit>()

  constructor(spec: ContainerSpec, name: string) {
    this.spec = spec
    this.name = name
  }

  /** Whether it has started, once that is decided. */
  get started(): Promise<boolean> {
    return this.#started.promise
  }

  get ended(): Promise<ContainerExit> {
    return this.#ended.promise
  }

  run(): void {
    this.phase = 'running'
    this.#started.resolve(true)
  }

  becomeHealthy(): void {
    this.#healthy.resolve(true)
  }

  end(exit: ContainerExit): void {
    this.phase = 'ended'
    this.#started.resolve(false)
    this.#ended.resolve(exit)
  }

  /** Waits until the container has come as far as another one wants; false when it never will. */
  async meets(condition: ContainerDependency['condition']): Promise<boolean> {
    if (condition === 'START') return this.started
    if (condition === 'HEALTHY') return Promise.race([this.#healthy.promise, this.ended.then(() => false)])
    const {exitCode} = await this.ended
    return condition === 'SUCCESS' ? exitCode === 0 : exitCode !== undefined
  }
}
