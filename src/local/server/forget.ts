import {existsSync, rmSync} from 'node:fs'
import {systemClock} from '../clock.js'
import type {DockerMachine} from './docker-tasks.js'
import {dockerTasks} from './docker-tasks.js'
import {lockFolder} from './folder-lock.js'
import {forgetRuns, homePaths} from './saved-home.js'

export interface ForgetOptions {
  readonly stateFolder: string
  /** Of this process. */
  readonly pid: number
  readonly docker?: DockerMachine
  isRunning(pid: number): boolean
  /** One line for people on what cannot be removed. */
  log(line: string): void
}

/**
 * Removes what the runs of a local AWS that does not run have left: their state, whether it can be read or not, and
 * their containers and images in the engine.
 *
 * @throws StateFailure where one runs with the folder, or the files cannot be removed
 */
export async function forget(options: ForgetOptions): Promise<void> {
  const {stateFolder, docker} = options
  if (!existsSync(stateFolder)) return
  const clock = systemClock()
  const lock = await lockFolder({...options, folder: stateFolder, clock})
  try {
    forgetRuns(stateFolder)
    rmSync(homePaths(stateFolder).clock, {force: true})
    if (docker !== undefined) await dockerTasks({...options, ...docker, clock, speed: 1}).removeAll()
  } finally {
    lock.close()
  }
}
