import type {CreateServiceResult} from '../../src/actions/service/create/create-service.js'
import {createService} from '../../src/actions/service/create/create-service.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {imageFlags, imageSource} from '../../src/cli/build-flags.js'
import {capacityFlags, compatibilityFlag, newCapacity} from '../../src/cli/capacity-flags.js'
import {dryRunFlag, parsedArg, waitFlags} from '../../src/cli/flags.js'
import {renderCreateService} from '../../src/cli/render/create-service.js'
import {serviceFlags} from '../../src/cli/service-flags.js'
import {taskFlags, taskOptions} from '../../src/cli/task-flags.js'
import {networkFlags, networkOptions, publicIpFlag, trafficFlags, trafficOptions} from '../../src/cli/traffic-flags.js'
import {serviceNameProblem} from '../../src/lib/names.js'
import {checked} from '../../src/lib/parsed.js'

export default class ServiceCreate extends BaseCommand<CreateServiceResult> {
  static override summary = 'Create a service from a folder or an image, and wait until it is steady.'
  static override description =
    'Makes what is missing: cluster, image repository, log group, roles, security group, target ' +
    'group and listener rules. Run it again after a failure: it continues where it stopped.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web --port 80 --lb web',
    '<%= config.bin %> <%= command.id %> api --port HTTP:8080 --lb web --rule path=/api/* --num 3',
    '<%= config.bin %> <%= command.id %> worker --image public.ecr.aws/nginx/nginx:latest --cpu 512 --memory 1GB',
  ]
  static override args = {
    service: parsedArg((name) => checked(name, serviceNameProblem(name)))({
      required: true,
      description: 'name of the new service',
    }),
  }
  static override takesServiceDefaults = true
  static override flags = {
    ...serviceFlags,
    ...imageFlags,
    ...taskFlags,
    ...trafficFlags,
    ...networkFlags,
    ...publicIpFlag,
    ...capacityFlags,
    ...compatibilityFlag,
    ...waitFlags,
    ...dryRunFlag,
  }

  async run(): Promise<CreateServiceResult> {
    const {args, flags} = await this.parse(ServiceCreate)
    const options = {
      cluster: flags.cluster,
      name: args.service,
      image: imageSource(flags),
      ...(await taskOptions(flags)),
      ...trafficOptions(flags),
      ...networkOptions(flags),
      count: flags.num,
      ...newCapacity(flags),
      circuitBreaker: flags['circuit-breaker'],
      wait: flags.wait,
      timeoutMs: flags.timeout,
      dryRun: flags['dry-run'],
    }
    const context = await this.context(flags)
    const result = await createService(context, options)
    context.output.result(renderCreateService(result))
    return result
  }
}
