import type {LoadBalancerList} from '../../src/actions/lb/list-load-balancers.js'
import {listLoadBalancerSummaries} from '../../src/actions/lb/list-load-balancers.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {renderLoadBalancerList} from '../../src/cli/render/load-balancer-list.js'

export default class LbList extends BaseCommand<LoadBalancerList> {
  static override summary = 'List the load balancers of the region.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --region eu-central-1 --json',
  ]

  async run(): Promise<LoadBalancerList> {
    const {flags} = await this.parse(LbList)
    const context = await this.context(flags)
    const result = await listLoadBalancerSummaries(context)
    context.output.result(renderLoadBalancerList(result))
    return result
  }
}
