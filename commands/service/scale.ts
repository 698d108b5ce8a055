import type {ScaleServiceResult} from '../../src/actions/service/scale-service.js'
import {scaleService} from '../../src/actions/service/scale-service.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {dryRunFlag, parsedArg, waitFlags} from '../../src/cli/flags.js'
import {existingServiceArg} from '../../src/cli/name-arguments.js'
import {renderScaleService} from '../../src/cli/render/scale-service.js'
import {parseScale} from '../../src/lib/scale-expression.js'

export default class ServiceScale extends BaseCommand<ScaleServiceResult> {
  static override summary = 'Change how many tasks a service runs.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web 5',
    '<%= config.bin %> <%= command.id %> web +2',
    '<%= config.bin %> <%= command.id %> web -1 --no-wait',
  ]
  static override args = {
    service: existingServiceArg,
    count: parsedArg(parseScale)({required: true, description: 'number of tasks, or a change: 5, +2, -1'}),
  }
  static override flags = {...waitFlags, ...dryRunFlag}

  async run(): Promise<ScaleServiceResult> {
    const {args, flags} = await this.parse(ServiceScale)
    const context = await this.context(flags)
    const result = await scaleService(context, {
      cluster: flags.cluster,
      name: args.service,
      scale: args.count,
      wait: flags.wait,
      timeoutMs: flags.timeout,
      dryRun: flags['dry-run'],
    })
    context.output.result(renderScaleService(result))
    return result
  }
}
