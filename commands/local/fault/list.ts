import {BaseCommand} from '../../../src/cli/base-command.js'
import type {LocalFaultList} from '../../../src/cli/local-faults.js'
import {listLocalFaults} from '../../../src/cli/local-faults.js'
import {localEnvironment, localFlags} from '../../../src/cli/local-flags.js'
import {renderFaultList} from '../../../src/cli/render/local-faults.js'

export default class LocalFaultListing extends BaseCommand<LocalFaultList> {
  static override summary = 'List what goes wrong in the local AWS on purpose, and how often it has struck.'
  static override examples = ['<%= config.bin %> <%= command.id %>']
  static override flags = localFlags

  async run(): Promise<LocalFaultList> {
    const {flags} = await this.parse(LocalFaultListing)
    const list = await listLocalFaults(localEnvironment(flags, this.env))
    this.output(flags).result(renderFaultList(list))
    return list
  }
}
