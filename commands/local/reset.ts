import {BaseCommand} from '../../src/cli/base-command.js'
import {localEnvironment, localFlags} from '../../src/cli/local-flags.js'
import {controlLocalServer} from '../../src/cli/local-server.js'

interface LocalResetResult {
  readonly url: string
}

export default class LocalReset extends BaseCommand<LocalResetResult> {
  static override summary = 'Empty the local AWS; it keeps running on the same port.'
  static override examples = ['<%= config.bin %> <%= command.id %>']
  static override flags = localFlags

  async run(): Promise<LocalResetResult> {
    const {flags} = await this.parse(LocalReset)
    const {url} = await controlLocalServer(localEnvironment(flags, this.env), 'reset')
    this.output(flags).result(`The local AWS on ${url} is empty`)
    return {url}
  }
}
