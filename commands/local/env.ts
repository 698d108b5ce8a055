import {BaseCommand} from '../../src/cli/base-command.js'
import {requireLocalServer} from '../../src/cli/local-address.js'
import {localEnvironment, localFlags} from '../../src/cli/local-flags.js'
import type {LocalVariables} from '../../src/cli/local-variables.js'
import {exportLines, localVariables} from '../../src/cli/local-variables.js'

export default class LocalEnv extends BaseCommand<LocalVariables> {
  static override summary = 'Print the variables that point other AWS tools to the local AWS.'
  static override examples = ['eval "$(<%= config.bin %> <%= command.id %>)"']
  static override flags = localFlags

  async run(): Promise<LocalVariables> {
    const {flags} = await this.parse(LocalEnv)
    const env = localEnvironment(flags, this.env)
    const variables = localVariables(flags, env, await requireLocalServer(env))
    this.output(flags).result(exportLines(variables))
    return variables
  }
}
