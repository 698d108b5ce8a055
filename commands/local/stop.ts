import {BaseCommand} from '../../src/cli/base-command.js'
import {createSystemClock} from '../../src/cli/clock.js'
import {readLocalServer} from '../../src/cli/local-address.js'
import {localEnvironment, localFlags} from '../../src/cli/local-flags.js'
import {controlLocalServer, waitForEnd} from '../../src/cli/local-server.js'
import {MachineError} from '../../src/errors/errors.js'

interface LocalStopResult {
  /** False when none was running. */
  readonly stopped: boolean
}

export default class LocalStop extends BaseCommand<LocalStopResult> {
  static override summary = 'Stop the local AWS and forget everything in it.'
  static override examples = ['<%= config.bin %> <%= command.id %>']
  static override flags = localFlags

  async run(): Promise<LocalStopResult> {
    const {flags} = await this.parse(LocalStop)
    const output = this.output(flags)
    if ((await readLocalServer(localEnvironment(flags, this.env))) === undefined) {
      output.result('No local AWS is running; nothing has changed')
      return {stopped: false}
    }
    const server = await controlLocalServer(localEnvironment(flags, this.env), 'stop')
    const ended = await output.step('Stopping the local AWS', () => waitForEnd(server, createSystemClock()))
    if (!ended) throw new MachineError('LOCAL_STOP_FAILED', `the local AWS (process ${server.pid}) does not end`)
    output.result('Stopped the local AWS')
    return {stopped: true}
  }
}
