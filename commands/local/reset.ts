import {BaseCommand} from '../../src/cli/base-command.js'
import {localEnvironment, localFlags} from '../../src/cli/local-flags.js'
import type {LocalResetResult} from '../../src/cli/local-reset.js'
import {resetLocalAws} from '../../src/cli/local-reset.js'

export default class LocalReset extends BaseCommand<LocalResetResult> {
  static override summary = 'Forget everything in the local AWS; one that runs goes on, empty.'
  static override examples = ['<%= config.bin %> <%= command.id %>']
  static override flags = localFlags

  async run(): Promise<LocalResetResult> {
    const {flags} = await this.parse(LocalReset)
    const output = this.output(flags)
    const result = await resetLocalAws(localEnvironment(flags, this.env), (line) => output.warn(line))
    const {url, stateFolder} = result
    output.result(url === null ? `The local AWS in ${stateFolder} is empty` : `The local AWS on ${url} is empty`)
    return result
  }
}
