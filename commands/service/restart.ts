import type {RestartServiceResult} from '../../src/actions/service/restart-service.js'
import {restartService} from '../../src/actions/service/restart-service.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {dryRunFlag, waitFlags} from '../../src/cli/flags.js'
import {existingServiceArg} from '../../src/cli/name-arguments.js'
import {renderRestartService} from '../../src/cli/render/restart-service.js'

export default class ServiceRestart extends BaseCommand<RestartServiceResult> {
  static override summary = 'Replace every task of a service by a new one.'
  static override examples = ['<%= config.bin %> <%= command.id %> web']
  static override args = {service: existingServiceArg}
  static override flags = {...waitFlags, ...dryRunFlag}

  async run(): Promise<RestartServiceResult> {
    const {args, flags} = await this.parse(ServiceRestart)
    const context = await this.context(flags)
    const result = await restartService(context, {
      cluster: flags.cluster,
      name: args.service,
      wait: flags.wait,
      timeoutMs: flags.timeout,
      dryRun: flags['dry-run'],
    })
    context.output.result(renderRestartService(result))
    return result
  }
}
