import {BaseCommand} from '../src/cli/base-command.js'
import type {Configuration} from '../src/cli/configuration.js'
import {configuration} from '../src/cli/configuration.js'
import {renderConfiguration} from '../src/cli/render/configuration.js'

export default class Config extends BaseCommand<Configuration> {
  static override summary = 'Show the settings that count in this folder, and where each of them comes from.'
  static override description =
    'A flag wins over an environment variable, that over the nearest fargate.yml, and that over the AWS configuration.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --cluster staging --json',
  ]

  async run(): Promise<Configuration> {
    const {flags, raw} = await this.parse(Config)
    const context = await this.context(flags)
    const result = configuration({
      flags,
      typed: new Set(raw.flatMap((token) => (token.type === 'flag' ? [token.flag] : []))),
      env: this.env,
      cwd: this.cwd,
      project: this.project,
      region: await context.aws.region().catch(() => undefined),
    })
    context.output.result(renderConfiguration(result))
    return result
  }
}
