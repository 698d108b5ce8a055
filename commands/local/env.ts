import {BaseCommand} from '../../src/cli/base-command.js'
import type {LocalVariables} from '../../src/cli/local-variables.js'
import {exportLines, localVariables} from '../../src/cli/local-variables.js'

export default class LocalEnv extends BaseCommand<LocalVariables> {
  static override summary = 'Print the variables that point other AWS tools to the local AWS.'
  static override examples = ['eval "$(<%= config.bin %> <%= command.id %>)"']

  async run(): Promise<LocalVariables> {
    const {flags} = await this.parse(LocalEnv)
    const variables = await localVariables(flags, this.env)
    this.output(flags).result(exportLines(variables))
    return variables
  }
}
