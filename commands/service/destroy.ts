import {Flags} from '@oclif/core'
import type {DestroyServiceResult} from '../../src/actions/service/destroy/destroy-service.js'
import {destroyService} from '../../src/actions/service/destroy/destroy-service.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {dryRunFlag, forceFlag, waitFlags, yesFlag} from '../../src/cli/flags.js'
import {existingServiceArg} from '../../src/cli/name-arguments.js'
import {renderDestruction} from '../../src/cli/render/destruction.js'

export default class ServiceDestroy extends BaseCommand<DestroyServiceResult> {
  static override summary = 'Delete a service and everything that belongs to it alone.'
  static override description =
    'Deletes its listener rules, target group, security group, task definitions, log group, image ' +
    'repository and secrets, as far as fargate made them. The cluster, the roles and the load balancer stay.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web --force',
    '<%= config.bin %> <%= command.id %> web --force --dry-run',
    '<%= config.bin %> <%= command.id %> web --force --yes --keep-logs --keep-images',
  ]
  static override args = {service: existingServiceArg}
  static override flags = {
    ...forceFlag('scale the service down first'),
    'keep-logs': Flags.boolean({description: 'leave the log group'}),
    'keep-images': Flags.boolean({description: 'leave the image repository'}),
    'keep-secrets': Flags.boolean({description: 'leave the secrets that `service secret set` made'}),
    ...yesFlag,
    timeout: waitFlags.timeout,
    ...dryRunFlag,
  }

  async run(): Promise<DestroyServiceResult> {
    const {args, flags} = await this.parse(ServiceDestroy)
    const context = await this.context(flags)
    const result = await destroyService(context, {
      cluster: flags.cluster,
      name: args.service,
      force: flags.force,
      keepLogs: flags['keep-logs'],
      keepImages: flags['keep-images'],
      keepSecrets: flags['keep-secrets'],
      yes: flags.yes,
      timeoutMs: flags.timeout,
      dryRun: flags['dry-run'],
    })
    context.output.result(renderDestruction(`service ${result.service}`, result))
    return result
  }
}
