import {MachineError} from '../errors/errors.js'
import type {Environment} from '../output/streams.js'
import {readLocalServer, stateFolder} from './local-address.js'
import {isAlive} from './local-process.js'
import {emptyLocalServer} from './local-server.js'

export interface LocalResetResult {
  /** Of the local AWS that is empty now; null where none runs. */
  readonly url: string | null
  readonly stateFolder: string
}

/**
 * Forgets all that is in the local AWS, whether it runs or not; also what cannot be read any more.
 *
 * @param report told of what could not be removed from the docker engine
 * @throws MachineError STATE_FOLDER where the files cannot be removed
 */
export async function resetLocalAws(env: Environment, report: (line: string) => void): Promise<LocalResetResult> {
  const folder = stateFolder(env)
  if ((await readLocalServer(env)) !== undefined) {
    const {url} = await emptyLocalServer(env)
    return {url, stateFolder: folder}
  }
  const [{forget}, {chooseRuntime}, {systemClock}, {StateFailure}] = await Promise.all([
    import('../local/server/forget.js'),
    import('../local/server/runtime-choice.js'),
    import('../local/clock.js'),
    import('../local/state/failure.js'),
  ])
  try {
    const {docker} = await chooseRuntime({wanted: undefined, env, isRunning: isAlive, clock: systemClock()})
    await forget({
      ...{stateFolder: folder, pid: process.pid, isRunning: isAlive, log: report},
      ...(docker && {docker}),
    })
  } catch (error) {
    if (error instanceof StateFailure) throw new MachineError('STATE_FOLDER', error.message, {cause: error})
    throw error
  }
  return {url: null, stateFolder: folder}
}
