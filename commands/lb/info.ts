import type {LoadBalancerInspection} from '../../src/actions/lb/inspect-load-balancer.js'
import {inspectLoadBalancer} from '../../src/actions/lb/inspect-load-balancer.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {existingLoadBalancerArg} from '../../src/cli/name-arguments.js'
import {renderLoadBalancerInspection} from '../../src/cli/render/load-balancer-inspection.js'

export default class LbInfo extends BaseCommand<LoadBalancerInspection> {
  static override summary = 'Show a load balancer with its ports, rules and the services behind it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web',
    '<%= config.bin %> <%= command.id %> web --cluster production --json',
  ]
  static override args = {'load-balancer': existingLoadBalancerArg}

  async run(): Promise<LoadBalancerInspection> {
    const {args, flags} = await this.parse(LbInfo)
    const context = await this.context(flags)
    const result = await inspectLoadBalancer(context, {cluster: flags.cluster, name: args['load-balancer']})
    context.output.result(renderLoadBalancerInspection(result))
    return result
  }
}
