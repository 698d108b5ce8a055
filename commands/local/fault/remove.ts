import {Args} from '@oclif/core'
import {BaseCommand} from '../../../src/cli/base-command.js'
import type {LocalFaults} from '../../../src/cli/local-faults.js'
import {removeLocalFaults} from '../../../src/cli/local-faults.js'
import {localEnvironment, localFlags} from '../../../src/cli/local-flags.js'
import {renderFaultChange} from '../../../src/cli/render/local-faults.js'

export default class LocalFaultRemove extends BaseCommand<LocalFaults> {
  static override summary = 'Remove one fault of the local AWS.'
  static override examples = ['<%= config.bin %> <%= command.id %> throttle-1']
  static override args = {id: Args.string({required: true, description: 'id that `local fault list` shows'})}
  static override flags = localFlags

  async run(): Promise<LocalFaults> {
    const {args, flags} = await this.parse(LocalFaultRemove)
    const removed = await removeLocalFaults(localEnvironment(flags, this.env), [args.id])
    this.output(flags).result(renderFaultChange('Removed', removed))
    return removed
  }
}
