import type {RollbackResult} from '../../src/actions/service/revisions/rollback-service.js'
import {rollbackService} from '../../src/actions/service/revisions/rollback-service.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {dryRunFlag, waitFlags} from '../../src/cli/flags.js'
import {existingServiceArg, revisionArg} from '../../src/cli/name-arguments.js'
import {renderRollback} from '../../src/cli/render/rollback-service.js'

export default class ServiceRollback extends BaseCommand<RollbackResult> {
  static override summary = 'Have a service run an earlier revision again, and wait until it does.'
  static override description =
    'Without a revision it goes back to the last one that ran successfully before the present one, and each further run ' +
    'goes one further back; where ECS has gone back by itself nothing changes. The number of tasks and other settings of ' +
    'the service stay.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web',
    '<%= config.bin %> <%= command.id %> web 1',
    '<%= config.bin %> <%= command.id %> web --dry-run',
  ]
  static override args = {service: existingServiceArg, revision: revisionArg}
  static override flags = {...waitFlags, ...dryRunFlag}

  async run(): Promise<RollbackResult> {
    const {args, flags} = await this.parse(ServiceRollback)
    const context = await this.context(flags)
    const result = await rollbackService(context, {
      cluster: flags.cluster,
      name: args.service,
      revision: args.revision,
      wait: flags.wait,
      timeoutMs: flags.timeout,
      dryRun: flags['dry-run'],
    })
    context.output.result(renderRollback(result))
    return result
  }
}
