import {Flags} from '@oclif/core'
import type {DebugServiceResult} from '../../src/actions/service/debug/debug-service.js'
import {debugService} from '../../src/actions/service/debug/debug-service.js'
import {undebugService} from '../../src/actions/service/debug/undebug-service.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {dryRunFlag, waitFlags} from '../../src/cli/flags.js'
import {existingServiceArg} from '../../src/cli/name-arguments.js'
import {renderDebugService} from '../../src/cli/render/debug-service.js'
import {reviseOptions} from '../../src/cli/revise-flags.js'

export default class ServiceDebug extends BaseCommand<DebugServiceResult> {
  static override summary = 'Move a service to EC2 instances, to look inside its tasks, and back.'
  static override description =
    'The capacity provider is one of an Auto Scaling group that the cluster has. What the service was is kept in its ' +
    'tags, and --back returns it to exactly that; the number of its tasks stays. Its task definition becomes compatible ' +
    'with both. ECS gives tasks on EC2 no public address: their subnets need a NAT gateway or VPC endpoints.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web --capacity-provider debugging',
    '<%= config.bin %> <%= command.id %> web --back',
  ]
  static override args = {service: existingServiceArg}
  static override flags = {
    'capacity-provider': Flags.string({
      description: 'capacity provider of an Auto Scaling group, to move to',
      helpValue: '<name>',
      exactlyOne: ['capacity-provider', 'back'],
    }),
    back: Flags.boolean({description: 'return the service to what it was'}),
    ...waitFlags,
    ...dryRunFlag,
  }

  async run(): Promise<DebugServiceResult> {
    const {args, flags} = await this.parse(ServiceDebug)
    const context = await this.context(flags)
    const options = reviseOptions(args.service, flags)
    const {'capacity-provider': capacityProvider} = flags
    const result =
      capacityProvider === undefined
        ? await undebugService(context, options)
        : await debugService(context, {...options, capacityProvider})
    context.output.result(renderDebugService(result, flags.back))
    return result
  }
}
