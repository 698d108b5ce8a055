import {BaseCommand} from '../../src/cli/base-command.js'
import {createSystemClock} from '../../src/cli/clock.js'
import {readLocalServer, stateFolder} from '../../src/cli/local-address.js'
import {localEnvironment, localFlags} from '../../src/cli/local-flags.js'
import {stopLocalServer, waitForEnd} from '../../src/cli/local-server.js'
import {MachineError} from '../../src/errors/errors.js'

interface LocalStopResult {
  /** False when none was running. */
  readonly stopped: boolean
  /** Where the next start finds what was in it. */
  readonly stateFolder: string
}

export default class LocalStop extends BaseCommand<LocalStopResult> {
  static override summary = 'Stop the local AWS; the next start goes on with what is in it.'
  static override description = 'What is in it is kept in its state folder, until "local reset" forgets it.'
  static override examples = ['<%= config.bin %> <%= command.id %>']
  static override flags = localFlags

  async run(): Promise<LocalStopResult> {
    const {flags} = await this.parse(LocalStop)
    const output = this.output(flags)
    const env = localEnvironment(flags, this.env)
    const folder = stateFolder(env)
    if ((await readLocalServer(env)) === undefined) {
      output.result('No local AWS is running; nothing has changed')
      return {stopped: false, stateFolder: folder}
    }
    const {server, saved} = await stopLocalServer(env)
    if (!saved) output.warn(`what changed last could not be saved in ${folder}`)
    const ended = await output.step('Stopping the local AWS', () => waitForEnd(server, createSystemClock()))
    if (!ended) throw new MachineError('LOCAL_STOP_FAILED', `the local AWS (process ${server.pid}) does not end`)
    output.result(
      `Stopped the local AWS\nWhat is in it is kept in ${folder}: "fargate local start" goes on, "fargate local reset" forgets it`,
    )
    return {stopped: true, stateFolder: folder}
  }
}
