import {Args, Flags} from '@oclif/core'
import {BaseCommand} from '../../../src/cli/base-command.js'
import {faultFlags, faultMembers, faultPlanOf} from '../../../src/cli/fault-flags.js'
import type {LocalFaults} from '../../../src/cli/local-faults.js'
import {addLocalFaults} from '../../../src/cli/local-faults.js'
import {localEnvironment, localFlags} from '../../../src/cli/local-flags.js'
import {renderFaultChange} from '../../../src/cli/render/local-faults.js'

export default class LocalFaultAdd extends BaseCommand<LocalFaults> {
  static override summary = 'Make something go wrong in the local AWS.'
  static override description =
    'Requests: throttle, server-error, drop, lost-answer, latency, slow-answer, expired-credentials, access-denied, ' +
    'stale-reads. Tasks: no-capacity, unpullable-image, slow-pull, failing-health-checks, spot-interruption, ' +
    'eni-delay. Roles: iam-delay, no-service-linked-role. A fault without flags is about everything, until it is ' +
    'removed. --cluster and --region narrow it where they are given. Times are those of the local AWS.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> throttle --operation ecs:UpdateService --count 3',
    '<%= config.bin %> <%= command.id %> no-capacity --service-name web --for 2m',
    '<%= config.bin %> <%= command.id %> latency --service ecs --delay 3s --probability 0.2',
    '<%= config.bin %> <%= command.id %> --file faults.json',
  ]
  static override args = {kind: Args.string({description: 'what goes wrong'})}
  static override flags = {
    file: Flags.string({description: 'add the faults of this JSON file', helpValue: '<file>'}),
    ...faultFlags,
    ...localFlags,
  }

  async run(): Promise<LocalFaults> {
    const {args, flags} = await this.parse(LocalFaultAdd)
    const plan = await faultPlanOf(args.kind, flags.file, faultMembers(flags, this.argv))
    const added = await addLocalFaults(localEnvironment(flags, this.env), plan)
    this.output(flags).result(renderFaultChange('Added', added))
    return added
  }
}
