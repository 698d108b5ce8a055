import type {DestroyLoadBalancerResult} from '../../src/actions/lb/destroy-load-balancer.js'
import {destroyLoadBalancer} from '../../src/actions/lb/destroy-load-balancer.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {dryRunFlag, forceFlag, waitFlags, yesFlag} from '../../src/cli/flags.js'
import {existingLoadBalancerArg} from '../../src/cli/name-arguments.js'
import {renderDestruction} from '../../src/cli/render/destruction.js'

export default class LbDestroy extends BaseCommand<DestroyLoadBalancerResult> {
  static override summary = 'Delete a load balancer with its listeners and all else of its own.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web',
    '<%= config.bin %> <%= command.id %> web --yes --dry-run',
  ]
  static override args = {'load-balancer': existingLoadBalancerArg}
  static override flags = {
    ...forceFlag('delete it although services are behind it'),
    ...yesFlag,
    timeout: waitFlags.timeout,
    ...dryRunFlag,
  }

  async run(): Promise<DestroyLoadBalancerResult> {
    const {args, flags} = await this.parse(LbDestroy)
    const context = await this.context(flags)
    const result = await destroyLoadBalancer(context, {
      name: args['load-balancer'],
      force: flags.force,
      yes: flags.yes,
      timeoutMs: flags.timeout,
      dryRun: flags['dry-run'],
    })
    context.output.result(renderDestruction(`load balancer ${result.loadBalancer}`, result))
    return result
  }
}
