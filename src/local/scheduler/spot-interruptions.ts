import type {Clock, Timer} from '../clock.js'
import type {TaskRecord} from './records.js'
import type {TaskLifecycle} from './task-lifecycle.js'
import type {TaskTroubles} from './troubles.js'

export interface SpotInterruptionsOptions {
  readonly clock: Clock
  readonly troubles: TaskTroubles
  readonly lifecycle: TaskLifecycle
}

/** Takes tasks back that run on Fargate Spot. AWS warns with SIGTERM; a service starts another task at once. */
export class SpotInterruptions {
  readonly #options: SpotInterruptionsOptions
  readonly #timers = new Map<string, Timer>()

  constructor(options: SpotInterruptionsOptions) {
    this.#options = options
  }

  /** To be called when a task is RUNNING, and whenever what is to be interrupted has changed. */
  watch(task: TaskRecord): void {
    if (this.#timers.has(task.taskArn)) return
    const delay = this.#delay(task)
    if (delay === undefined || task.startedAt === undefined) return
    const {clock} = this.#options
    const wait = Math.max(0, task.startedAt + delay - clock.now())
    this.#timers.set(
      task.taskArn,
      clock.after(wait, () => this.#interrupt(task)),
    )
  }

  close(): void {
    for (const timer of this.#timers.values()) timer.cancel()
    this.#timers.clear()
  }

  #delay(task: TaskRecord): number | undefined {
    const runsOnSpot = task.capacityProviderName === 'FARGATE_SPOT' && task.lastStatus === 'RUNNING'
    return runsOnSpot ? this.#options.troubles.spotInterruption(task) : undefined
  }

  #interrupt(task: TaskRecord): void {
    this.#timers.delete(task.taskArn)
    if (this.#delay(task) === undefined) return
    this.#options.lifecycle.stop(task, {stopCode: 'SpotInterruption', reason: 'Your Spot Task was interrupted.'})
  }
}
