import type {ListEnvironmentResult} from '../../../src/actions/service/env/list-environment.js'
import {listEnvironment} from '../../../src/actions/service/env/list-environment.js'
import {BaseCommand} from '../../../src/cli/base-command.js'
import {containerFlag} from '../../../src/cli/flags.js'
import {existingServiceArg} from '../../../src/cli/name-arguments.js'
import {renderEnvironment} from '../../../src/cli/render/service-environment.js'

export default class ServiceEnvList extends BaseCommand<ListEnvironmentResult> {
  static override summary = 'Show the environment variables of a service, a KEY=value on each line.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web',
    '<%= config.bin %> <%= command.id %> web > web.env',
  ]
  static override args = {service: existingServiceArg}
  static override flags = {...containerFlag}

  async run(): Promise<ListEnvironmentResult> {
    const {args, flags} = await this.parse(ServiceEnvList)
    const context = await this.context(flags)
    const {cluster, container} = flags
    const result = await listEnvironment(context, {cluster, name: args.service, container})
    if (result.environment.length === 0) context.output.info(`Service ${args.service} has no environment variables`)
    else context.output.result(renderEnvironment(result))
    return result
  }
}
