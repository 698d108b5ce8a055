import {Flags} from '@oclif/core'
import type {ServiceTasks} from '../../src/actions/service/list-service-tasks.js'
import {listServiceTasks} from '../../src/actions/service/list-service-tasks.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {existingServiceArg} from '../../src/cli/name-arguments.js'
import {renderServiceTasks} from '../../src/cli/render/service-tasks.js'

export default class ServicePs extends BaseCommand<ServiceTasks> {
  static override summary = 'List the tasks of a service.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web',
    '<%= config.bin %> <%= command.id %> web --all',
  ]
  static override args = {service: existingServiceArg}
  static override flags = {
    all: Flags.boolean({
      char: 'a',
      description: 'list tasks that have stopped too, with their reasons; ECS forgets them after about an hour',
    }),
  }

  async run(): Promise<ServiceTasks> {
    const {args, flags} = await this.parse(ServicePs)
    const context = await this.context(flags)
    const result = await listServiceTasks(context, {cluster: flags.cluster, name: args.service, stopped: flags.all})
    context.output.result(renderServiceTasks(result, context.clock.now()))
    return result
  }
}
