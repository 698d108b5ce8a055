import type {ServiceList as Result} from '../../src/actions/service/list-services.js'
import {listServiceSummaries} from '../../src/actions/service/list-services.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {renderServiceList} from '../../src/cli/render/service-list.js'

export default class ServiceList extends BaseCommand<Result> {
  static override summary = 'List the services of a cluster.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --cluster production --json',
  ]

  async run(): Promise<Result> {
    const {flags} = await this.parse(ServiceList)
    const context = await this.context(flags)
    const result = await listServiceSummaries(context, {cluster: flags.cluster})
    context.output.result(renderServiceList(result))
    return result
  }
}
