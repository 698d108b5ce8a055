import type {Clock, Timer} from '../../clock.js'
import type {ContainerSpec, RunningTask, TargetEndpoint, TaskEvents, TaskRuntime, TaskSpec} from '../../ports.js'
import {addressKey} from '../../task-address.js'
import type {Behaviour} from './behaviour.js'
import {behaviourOf} from './behaviour.js'

/** Most images let SIGTERM end the process, which the engine reports as 128 + 15. */
const TERMINATED_EXIT_CODE = 143
const TERMINATION_MS = 1_000
const START_MS = 200

/**
 * A runtime that runs nothing: containers start, answer HTTP requests and exit as the labels of their images say,
 * see {@link behaviourOf}. SIGTERM ends a container with exit code 143 within its stop timeout.
 */
export function createSimulatedRuntime({clock}: {clock: Clock}): TaskRuntime {
  const tasks = new Map<string, SimulatedTask>()
  return {
    kind: 'simulated',
    run(spec, events): RunningTask {
      const task = new SimulatedTask(clock, spec, events)
      const key = addressKey(spec)
      tasks.set(key, task)
      return {
        stop: () => task.stop(),
        dispose() {
          task.dispose()
          if (tasks.get(key) === task) tasks.delete(key)
        },
      }
    },
    connect: (address, port) => tasks.get(addressKey(address))?.connect(port),
  }
}

interface SimulatedContainer {
  readonly spec: ContainerSpec
  readonly behaviour: Behaviour
  state: 'created' | 'running' | 'exited'
}

class SimulatedTask {
  readonly #clock: Clock
  readonly #spec: TaskSpec
  readonly #events: TaskEvents
  readonly #containers: SimulatedContainer[]
  readonly #timers: Timer[] = []

  constructor(clock: Clock, spec: TaskSpec, events: TaskEvents) {
    this.#clock = clock
    this.#spec = spec
    this.#events = events
    this.#containers = spec.containers.map((container) => ({
      spec: container,
      behaviour: behaviourOf(container),
      state: 'created',
    }))
    for (const container of this.#containers) this.#after(START_MS, () => this.#start(container))
  }

  stop(): void {
    for (const container of this.#containers) {
      if (container.state === 'created') this.#exit(container, TERMINATED_EXIT_CODE)
      else this.#after(TERMINATION_MS, () => this.#exit(container, TERMINATED_EXIT_CODE))
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
    const {name, image, healthCheck} = container.spec
    const {exit, output, failsHealthCheck} = container.behaviour
    this.#events.started(name)
    this.#events.output(name, `This container is simulated: ${image} does not really run.`)
    for (const line of output) this.#events.output(name, line)
    if (exit !== undefined) this.#after(exit.afterSeconds * 1000, () => this.#exit(container, exit.exitCode))
    if (healthCheck === undefined) return
    const {startPeriodSeconds, intervalSeconds, retries} = healthCheck
    const seconds = failsHealthCheck ? startPeriodSeconds + intervalSeconds * retries : intervalSeconds
    this.#after(seconds * 1000, () => this.#check(container))
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

  #after(milliseconds: number, run: () => void): void {
    this.#timers.push(this.#clock.after(milliseconds, run))
  }
}
