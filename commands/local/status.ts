import {BaseCommand} from '../../src/cli/base-command.js'
import {readLocalServer} from '../../src/cli/local-address.js'
import {localEnvironment, localFlags} from '../../src/cli/local-flags.js'
import type {LocalStatusResult} from '../../src/cli/local-status.js'
import {localStatus} from '../../src/cli/local-status.js'
import {renderLocalStatus} from '../../src/cli/render/local-status.js'

export default class LocalStatus extends BaseCommand<LocalStatusResult> {
  static override summary = 'Show whether the local AWS runs, and where its load balancers answer.'
  static override examples = ['<%= config.bin %> <%= command.id %>']
  static override flags = localFlags

  async run(): Promise<LocalStatusResult> {
    const {flags} = await this.parse(LocalStatus)
    const server = await readLocalServer(localEnvironment(flags, this.env))
    const result = server === undefined ? {running: false as const} : await localStatus(server)
    this.output(flags).result(renderLocalStatus(result))
    return result
  }
}
