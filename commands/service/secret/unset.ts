import {Flags} from '@oclif/core'
import type {UnsetSecretResult} from '../../../src/actions/service/secret/unset-secret.js'
import {unsetSecret} from '../../../src/actions/service/secret/unset-secret.js'
import {BaseCommand} from '../../../src/cli/base-command.js'
import {keyFlag, keysOf} from '../../../src/cli/environment-flags.js'
import {existingServiceArg} from '../../../src/cli/name-arguments.js'
import {renderUnsetSecret} from '../../../src/cli/render/service-secrets.js'
import {reviseFlags, reviseOptions} from '../../../src/cli/revise-flags.js'

export default class ServiceSecretUnset extends BaseCommand<UnsetSecretResult> {
  static override summary = 'Take secrets from a service, and delete those that fargate made for it.'
  static override description =
    'They are deleted when the new deployment is completed. A secret of Secrets Manager can be restored for 30 days. ' +
    'What fargate did not make stays.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web --key DB_PASSWORD',
    '<%= config.bin %> <%= command.id %> web --key DB_PASSWORD --keep',
  ]
  static override args = {service: existingServiceArg}
  static override flags = {
    ...keyFlag('variable that holds the secret'),
    keep: Flags.boolean({description: 'leave the secrets themselves in their store'}),
    ...reviseFlags,
  }

  async run(): Promise<UnsetSecretResult> {
    const {args, flags} = await this.parse(ServiceSecretUnset)
    const keys = keysOf(flags)
    const context = await this.context(flags)
    const result = await unsetSecret(context, {...reviseOptions(args.service, flags), keys, keep: flags.keep})
    context.output.result(renderUnsetSecret(result))
    return result
  }
}
