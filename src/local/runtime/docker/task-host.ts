import type {Engine} from './engine.js'
import type {HealthFeed} from './health-feed.js'
import type {TaskImages} from './images.js'
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

/** The words of whatever was thrown, for the reason of a container. */
export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
