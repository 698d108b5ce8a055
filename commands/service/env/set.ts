import type {SetEnvironmentResult} from '../../../src/actions/service/env/set-environment.js'
import {setEnvironment} from '../../../src/actions/service/env/set-environment.js'
import {BaseCommand} from '../../../src/cli/base-command.js'
import {environmentFlags, environmentOf} from '../../../src/cli/environment-flags.js'
import {existingServiceArg} from '../../../src/cli/name-arguments.js'
import {renderSetEnvironment} from '../../../src/cli/render/service-environment.js'
import {reviseFlags, reviseOptions} from '../../../src/cli/revise-flags.js'
import {UsageError} from '../../../src/errors/errors.js'

export default class ServiceEnvSet extends BaseCommand<SetEnvironmentResult> {
  static override summary = 'Set environment variables of a service, and wait until its tasks have them.'
  static override description =
    'A variable that is there gets the new value, every other setting of the service stays as it is. For what nobody ' +
    'should see in the task definition there is `fargate service secret set`.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web --env LOG_LEVEL=debug --env ORIGINS=a.example.com,b.example.com',
    '<%= config.bin %> <%= command.id %> web --env-file production.env --no-wait',
  ]
  static override args = {service: existingServiceArg}
  static override flags = {...environmentFlags, ...reviseFlags}

  async run(): Promise<SetEnvironmentResult> {
    const {args, flags} = await this.parse(ServiceEnvSet)
    const environment = await environmentOf(flags)
    if (environment.length === 0) {
      throw new UsageError('ENVIRONMENT_MISSING', 'nothing is to be set: --env or --env-file must be given', {
        hints: [`fargate service env set ${args.service} --env KEY=value`],
      })
    }
    const context = await this.context(flags)
    const result = await setEnvironment(context, {...reviseOptions(args.service, flags), environment})
    context.output.result(renderSetEnvironment(result))
    return result
  }
}
