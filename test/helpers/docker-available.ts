import {createDocker} from '../../src/docker/docker.js'
import {MachineError} from '../../src/errors/errors.js'
import {createRunner} from '../../src/process/execa-runner.js'

/**
 * Why tests that need a docker engine cannot run here; `undefined` when they can.
 *
 * @throws MachineError in CI, where they must run
 */
export async function dockerAvailable(env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  try {
    await createDocker({runner: createRunner(env), program: 'docker', configFile: ''}).available()
    return undefined
  } catch (error) {
    if (env.CI || !(error instanceof MachineError)) throw error
    return error.message
  }
}
