import type {DeployServiceResult} from '../../src/actions/service/deploy-service.js'
import {deployService} from '../../src/actions/service/deploy-service.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {imageFlags, imageSource} from '../../src/cli/build-flags.js'
import {containerFlag, dryRunFlag, waitFlags} from '../../src/cli/flags.js'
import {existingServiceArg} from '../../src/cli/name-arguments.js'
import {renderDeployService} from '../../src/cli/render/deploy-service.js'

export default class ServiceDeploy extends BaseCommand<DeployServiceResult> {
  static override summary = 'Bring a new image to a service, and wait until it runs or say why it does not.'
  static override description =
    'Builds and pushes the current folder, tagged with its git commit, unless --image is given. Every other ' +
    'setting of the service stays as it is.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web',
    '<%= config.bin %> <%= command.id %> web --image public.ecr.aws/nginx/nginx:1.27',
    '<%= config.bin %> <%= command.id %> web --no-wait --json',
  ]
  static override args = {service: existingServiceArg}
  static override takesServiceDefaults = true
  static override flags = {...imageFlags, ...containerFlag, ...waitFlags, ...dryRunFlag}

  async run(): Promise<DeployServiceResult> {
    const {args, flags} = await this.parse(ServiceDeploy)
    const image = imageSource(flags)
    const context = await this.context(flags)
    const result = await deployService(context, {
      cluster: flags.cluster,
      name: args.service,
      container: flags.container,
      image,
      wait: flags.wait,
      timeoutMs: flags.timeout,
      dryRun: flags['dry-run'],
    })
    context.output.result(renderDeployService(result))
    return result
  }
}
