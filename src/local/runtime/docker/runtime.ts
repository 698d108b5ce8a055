import type {Clock} from '../../clock.js'
import {addressKey} from '../../task-address.js'
import type {TaskRuntime} from '../../task-runtime.js'
import {BroughtImages} from './brought-images.js'
import {DockerTask} from './docker-task.js'
import type {Engine} from './engine.js'
import {HealthFeed} from './health-feed.js'
import {TaskImages} from './images.js'
import {removeLabelled} from './leftovers.js'
import type {ServerIdentity} from './server-identity.js'
import {isLeftover, SERVER_LABEL, serverLabels} from './server-identity.js'
import type {TaskGround} from './task-ground.js'
import {prepareGround} from './task-ground.js'
import type {TaskHost} from './task-host.js'

export interface DockerRuntimeOptions {
  readonly engine: Engine
  readonly clock: Clock
  /** How many times faster than the machine's clock `clock` runs. */
  readonly speed: number
  readonly server: ServerIdentity
  /** Where the names of pulled images are kept until they are removed. */
  readonly imagesFile: string
  /** A login for the local registry. */
  login(): {readonly username: string; readonly password: string}
  /** Told of what goes wrong inside. */
  report(error: unknown): void
}

export type DockerRuntime = TaskRuntime & {close(): Promise<void>}

/**
 * A runtime that runs tasks as containers on the Docker engine of this machine. A task's containers share one network
 * namespace, as in the network mode awsvpc; the ports of their port mappings are published on 127.0.0.1 only.
 */
export function createDockerRuntime(options: DockerRuntimeOptions): DockerRuntime {
  const {engine, clock, server, speed, login, report} = options
  const brought = new BroughtImages(engine, options.imagesFile)
  const health = new HealthFeed({engine, clock, label: `${SERVER_LABEL}=${server.id}`, report})
  const tasks = new Map<string, DockerTask>()
  const removals = new Set<Promise<void>>()
  let ground: Promise<TaskGround> | undefined
  const host: TaskHost = {
    engine,
    health,
    images: new TaskImages({engine, brought, login}),
    labels: serverLabels(server),
    serverId: server.id,
    pause: (milliseconds) =>
      new Promise((resolve) => {
        clock.after(milliseconds * speed, resolve)
      }),
    speed,
    ground() {
      ground ??= prepareGround(engine, server).catch((error: unknown) => {
        ground = undefined
        throw error
      })
      return ground
    },
    report,
  }
  return {
    kind: 'docker',
    checksHealth: true,
    clockSpeed: speed,
    run(spec, events) {
      const task = new DockerTask(host, spec, events)
      const key = addressKey(spec)
      tasks.set(key, task)
      return {
        stop: () => task.stop(),
        dispose() {
          if (tasks.get(key) === task) tasks.delete(key)
          const removal = task
            .remove()
            .catch(report)
            .finally(() => removals.delete(removal))
          removals.add(removal)
        },
      }
    },
    connect: (address, port) => tasks.get(addressKey(address))?.connect(port),
    async close() {
      health.close()
      await Promise.all([...tasks.values()].map((task) => task.remove()))
      await Promise.all(removals)
      await removeLabelled(engine, (labels) => labels[SERVER_LABEL] === server.id, report)
      await brought.remove(report)
    },
  }
}

/** Removes what servers have left in the engine that were killed. */
export async function removeLeftovers(
  {engine, server, report}: Pick<DockerRuntimeOptions, 'engine' | 'server' | 'report'>,
  isRunning: (pid: number) => boolean,
): Promise<void> {
  await removeLabelled(engine, (labels) => isLeftover(labels, server, isRunning), report)
}

/** Removes the images from the engine that tasks of killed servers have brought there. */
export async function removeBroughtImages({
  engine,
  imagesFile,
  report,
}: Pick<DockerRuntimeOptions, 'engine' | 'imagesFile' | 'report'>): Promise<void> {
  await new BroughtImages(engine, imagesFile).remove(report)
}
