import type {ServiceTasks} from '../../src/actions/service/list-service-tasks.js'
import {listServiceTasks} from '../../src/actions/service/list-service-tasks.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {allTasksFlag} from '../../src/cli/flags.js'
import {existingServiceArg} from '../../src/cli/name-arguments.js'
import {renderTasks} from '../../src/cli/render/task-list.js'

export default class ServicePs extends BaseCommand<ServiceTasks> {
  static override summary = 'List the tasks of a service.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web',
    '<%= config.bin %> <%= command.id %> web --all',
  ]
  static override args = {service: existingServiceArg}
  static override flags = allTasksFlag

  async run(): Promise<ServiceTasks> {
    const {args, flags} = await this.parse(ServicePs)
    const context = await this.context(flags)
    const result = await listServiceTasks(context, {cluster: flags.cluster, name: args.service, stopped: flags.all})
    context.output.result(renderTasks(result, context.clock.now()))
    return result
  }
}
