import type {ListSecretsResult} from '../../../src/actions/service/secret/list-secrets.js'
import {listSecrets} from '../../../src/actions/service/secret/list-secrets.js'
import {BaseCommand} from '../../../src/cli/base-command.js'
import {containerFlag} from '../../../src/cli/flags.js'
import {existingServiceArg} from '../../../src/cli/name-arguments.js'
import {renderSecrets} from '../../../src/cli/render/service-secrets.js'

export default class ServiceSecretList extends BaseCommand<ListSecretsResult> {
  static override summary = 'Show the secrets of a service and where they come from, never their values.'
  static override examples = ['<%= config.bin %> <%= command.id %> web']
  static override args = {service: existingServiceArg}
  static override flags = {...containerFlag}

  async run(): Promise<ListSecretsResult> {
    const {args, flags} = await this.parse(ServiceSecretList)
    const context = await this.context(flags)
    const {cluster, container} = flags
    const result = await listSecrets(context, {cluster, name: args.service, container})
    if (result.secrets.length === 0) context.output.info(`Service ${args.service} has no secrets`)
    else context.output.result(renderSecrets(result))
    return result
  }
}
