import type {ServiceInspection} from '../../src/actions/service/inspect/inspect-service.js'
import {inspectService} from '../../src/actions/service/inspect/inspect-service.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {existingServiceArg} from '../../src/cli/name-arguments.js'
import {renderServiceInspection} from '../../src/cli/render/service-inspection.js'

export default class ServiceInfo extends BaseCommand<ServiceInspection> {
  static override summary = 'Show a service with its tasks, deployments, load balancer and newest events.'
  static override description = 'Shows the newest 11 events, and with --verbose all that ECS remembers.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web',
    '<%= config.bin %> <%= command.id %> web --verbose',
    '<%= config.bin %> <%= command.id %> web --json',
  ]
  static override args = {service: existingServiceArg}

  async run(): Promise<ServiceInspection> {
    const {args, flags} = await this.parse(ServiceInfo)
    const context = await this.context(flags)
    const result = await inspectService(context, {cluster: flags.cluster, name: args.service})
    context.output.result(renderServiceInspection(result, {nowMs: context.clock.now(), allEvents: flags.verbose}))
    return result
  }
}
