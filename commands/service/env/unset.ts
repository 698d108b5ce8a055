import type {UnsetEnvironmentResult} from '../../../src/actions/service/env/unset-environment.js'
import {unsetEnvironment} from '../../../src/actions/service/env/unset-environment.js'
import {BaseCommand} from '../../../src/cli/base-command.js'
import {keyFlag, keysOf} from '../../../src/cli/environment-flags.js'
import {existingServiceArg} from '../../../src/cli/name-arguments.js'
import {renderUnsetEnvironment} from '../../../src/cli/render/service-environment.js'
import {reviseFlags, reviseOptions} from '../../../src/cli/revise-flags.js'

export default class ServiceEnvUnset extends BaseCommand<UnsetEnvironmentResult> {
  static override summary = 'Take variables from a service, and wait until its tasks run without them.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web --key LOG_LEVEL',
    '<%= config.bin %> <%= command.id %> web --key LOG_LEVEL,ORIGINS --dry-run',
  ]
  static override args = {service: existingServiceArg}
  static override flags = {...keyFlag('variable to take away'), ...reviseFlags}

  async run(): Promise<UnsetEnvironmentResult> {
    const {args, flags} = await this.parse(ServiceEnvUnset)
    const keys = keysOf(flags)
    const context = await this.context(flags)
    const result = await unsetEnvironment(context, {...reviseOptions(args.service, flags), keys})
    context.output.result(renderUnsetEnvironment(result))
    return result
  }
}
