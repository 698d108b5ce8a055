import {BaseCommand} from '../../../src/cli/base-command.js'
import type {LocalFaults} from '../../../src/cli/local-faults.js'
import {clearLocalFaults} from '../../../src/cli/local-faults.js'
import {localEnvironment, localFlags} from '../../../src/cli/local-flags.js'
import {renderFaultChange} from '../../../src/cli/render/local-faults.js'

export default class LocalFaultClear extends BaseCommand<LocalFaults> {
  static override summary = 'Remove every fault of the local AWS.'
  static override examples = ['<%= config.bin %> <%= command.id %>']
  static override flags = localFlags

  async run(): Promise<LocalFaults> {
    const {flags} = await this.parse(LocalFaultClear)
    const removed = await clearLocalFaults(localEnvironment(flags, this.env))
    const none = removed.faults.length === 0
    this.output(flags).result(none ? 'There was no fault; nothing has changed' : renderFaultChange('Removed', removed))
    return removed
  }
}
