import type {UpdateServiceResult} from '../../src/actions/service/update/update-service.js'
import {updateServiceSettings} from '../../src/actions/service/update/update-service.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {existingServiceArg} from '../../src/cli/name-arguments.js'
import {renderUpdateService} from '../../src/cli/render/update-service.js'
import {reviseFlags, reviseOptions} from '../../src/cli/revise-flags.js'
import {updateFlags, updateOptions} from '../../src/cli/update-flags.js'

export default class ServiceUpdate extends BaseCommand<UpdateServiceResult> {
  static override summary = 'Change settings of a running service, and wait until its tasks have them.'
  static override description =
    'What is not named stays as it is. However much changes, there is one deployment, and none for what needs none, ' +
    'such as health checks. For images there is `fargate service deploy`, for variables `fargate service env set`.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web --cpu 512 --memory 1GB',
    '<%= config.bin %> <%= command.id %> web --health-check-grace-period 2m --no-circuit-breaker',
    '<%= config.bin %> <%= command.id %> web --ephemeral-storage 50 --log-retention 90 --tag team=blue --dry-run',
  ]
  static override args = {service: existingServiceArg}
  static override flags = {...updateFlags, ...reviseFlags}

  async run(): Promise<UpdateServiceResult> {
    const {args, flags} = await this.parse(ServiceUpdate)
    const options = {...reviseOptions(args.service, flags), ...updateOptions(args.service, flags)}
    const context = await this.context(flags)
    const result = await updateServiceSettings(context, options)
    context.output.result(renderUpdateService(result))
    return result
  }
}
