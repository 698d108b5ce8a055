import type {Clock, Timer} from '../../clock.js'
import type {
  ContainerProgress,
  ContainerSpec,
  TargetEndpoint,
  TaskEvents,
  TaskProgress,
  TaskSpec,
} from '../../task-runtime.js'
import type {Behaviour} from './behaviour.js'
import {behaviourOf} from './behaviour.js'

/** Most images let SIGTERM end the process, which the engine reports as 128 + 15. */
const TERMINATED_EXIT_CODE = 143
const TERMINATION_MS = 1_000
const START_MS = 200

interface SimulatedContainer {
  readonly spec: ContainerSpec
  readonly behaviour: Behaviour
  state: 'created' | 'running' | 'exited'
}

const states = {PENDING: 'created', RUNNING: 'running', STOPPED: 'exited'} as const

/** A task of which nothing runs; SIGTERM ends its containers with exit code 143 within their stop timeout. */
export class SimulatedTask {
  readonly #clock: Clock
  readonly #spec: TaskSpec
  readonly #events: TaskEvents
  readonly #containers: SimulatedContainer[]
  readonly #timers: Timer[] = []

  /** @param progress of an earlier run that it goes on with */
  constructor(clock: Clock, spec: TaskSpec, events: TaskEvents, progress?: TaskProgress) {
    this.#clock = clock
    this.#spec = spec
    this.#events = events
    this.#containers = spec.containers.map((container) => ({
      spec: container,
      behaviour: behaviourOf(container),
      state: states[progress?.containers.get(container.name)?.status ?? 'PENDING'],
    }))
    const startAt = (progress?.since ?? clock.now()) + START_MS
    for (const container of this.#containers) {
      const before = progress?.containers.get(container.spec.name)
      if (container.state === 'created') this.#at(startAt, () => this.#start(container))
      if (container.state === 'running') this.#plan(container, before?.startedAt ?? startAt, before)
    }
    if (progress?.stoppingSince !== undefined) this.stop(progress.stoppingSince)
  }

  /** @param since when it was told to stop, in milliseconds since 1970 */
  stop(since = this.#clock.now()): void {
    for (const container of this.#containers) {
      if (container.state === 'created') this.#exit(container, TERMINATED_EXIT_CODE)
      else this.#at(since + TERMINATION_MS, () => this.#exit(container, TERMINATED_EXIT_CODE))
    }
  }

  dispose(): void {
    for (const timer of this.#timers) timer.cancel()
    for (const container of this.#containers) container.state = 'exited'
  }

  connect(port: number): TargetEndpoint {
    const container = this.#containers.find(
      ({spec, state}) => state === 'running' && spec.containerPorts.includes(port),
    )
    if (container === undefined) return {kind: 'refused'}
    const {status, response} = container.behaviour
    const {image} = container.spec
    const body = response ?? `Simulated response of task ${this.#spec.taskId} (${image}): no container runs here.\n`
    return {
      kind: 'simulated',
      respond: () => ({status, headers: {'content-type': 'text/plain; charset=utf-8'}, body}),
    }
  }

  #start(container: SimulatedContainer): void {
    if (container.state !== 'created') return
    container.state = 'running'
    const {name, image} = container.spec
    this.#events.started(name)
    this.#events.output(name, `This container is simulated: ${image} does not really run.`)
    for (const line of container.behaviour.output) this.#events.output(name, line)
    this.#plan(container, this.#clock.now(), undefined)
  }

  /** What becomes of a running container by itself, counted from its start. */
  #plan(container: SimulatedContainer, startedAt: number, before: ContainerProgress | undefined): void {
    const {exit, failsHealthCheck} = container.behaviour
    const {healthCheck} = container.spec
    if (exit !== undefined) {
      this.#at(startedAt + exit.afterSeconds * 1000, () => this.#exit(container, exit.exitCode))
    }
    if (healthCheck === undefined || before?.health !== undefined) return
    const {startPeriodSeconds, intervalSeconds, retries} = healthCheck
    const seconds = failsHealthCheck ? startPeriodSeconds + intervalSeconds * retries : intervalSeconds
    this.#at(startedAt + seconds * 1000, () => this.#check(container))
  }

  #check(container: SimulatedContainer): void {
    if (container.state !== 'running') return
    this.#events.health?.(container.spec.name, container.behaviour.failsHealthCheck ? 'UNHEALTHY' : 'HEALTHY')
  }

  #exit(container: SimulatedContainer, exitCode: number): void {
    if (container.state === 'exited') return
    container.state = 'exited'
    this.#events.exited(container.spec.name, {exitCode})
  }

  #at(time: number, run: () => void): void {
    this.#timers.push(this.#clock.after(Math.max(0, time - this.#clock.now()), run))
  }
}
