import {randomBytes} from 'node:crypto'
import type {Clock} from '../clock.js'
import type {Registry} from '../registry/registry.js'
import type {DockerRuntime, Engine} from '../runtime/docker/index.js'
import {createDockerRuntime, removeBroughtImages, removeLeftovers} from '../runtime/docker/index.js'
import {homePaths} from './saved-home.js'

/** What a server that runs tasks on a Docker engine knows of its machine. */
export interface DockerMachine {
  readonly engine: Engine
  /** Where process ids are the same: servers of different machines may share an engine. */
  readonly machine: string
  isRunning(pid: number): boolean
}

export interface DockerTasksOptions extends DockerMachine {
  readonly stateFolder: string
  readonly pid: number
  readonly clock: Clock
  readonly speed: number
  log(line: string): void
}

/** The tasks of one server on a Docker engine, under one name from reset to reset. */
export interface DockerTasks {
  createRuntime(registry: Registry): DockerRuntime
  /** Removes what servers have left that no longer run; to be called once no other one uses the state folder. */
  removeLeftovers(): Promise<void>
  /** The same, and the images that their tasks brought into the engine. */
  removeAll(): Promise<void>
}

export function dockerTasks(options: DockerTasksOptions): DockerTasks {
  const {engine, machine, pid, stateFolder, clock, speed, log, isRunning} = options
  const server = {id: randomBytes(4).toString('hex'), machine, pid, folder: stateFolder}
  const report = (error: unknown) => log(`docker: ${error instanceof Error ? error.message : String(error)}`)
  const imagesFile = homePaths(stateFolder).dockerImages
  const removeDead = () => removeLeftovers({engine, server, report}, isRunning).catch(report)
  return {
    createRuntime: (registry) =>
      createDockerRuntime({
        engine,
        clock,
        speed,
        server,
        report,
        imagesFile,
        login() {
          const {user, password} = registry.issueToken()
          return {username: user, password}
        },
      }),
    removeLeftovers: removeDead,
    async removeAll() {
      await removeDead()
      await removeBroughtImages({engine, imagesFile, report})
    },
  }
}
