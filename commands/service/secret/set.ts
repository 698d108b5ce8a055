import {Args} from '@oclif/core'
import type {SetSecretResult} from '../../../src/actions/service/secret/set-secret.js'
import {setSecret} from '../../../src/actions/service/secret/set-secret.js'
import {BaseCommand} from '../../../src/cli/base-command.js'
import {existingServiceArg} from '../../../src/cli/name-arguments.js'
import {renderSetSecret} from '../../../src/cli/render/service-secrets.js'
import {reviseFlags, reviseOptions} from '../../../src/cli/revise-flags.js'
import {secretFlags, secretOf} from '../../../src/cli/secret-flags.js'

export default class ServiceSecretSet extends BaseCommand<SetSecretResult> {
  static override summary = 'Give a service a secret, and wait until its tasks have it.'
  static override description =
    'Keeps the value in AWS Secrets Manager or in the SSM Parameter Store, lets the execution role of the tasks read it ' +
    'and refers to it as the variable NAME. The value comes from a file, from standard input, or is typed when asked; ' +
    'never from the command line. A new value of a secret starts a new deployment, since tasks read it when they start.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web DB_PASSWORD',
    '<%= config.bin %> <%= command.id %> web DB_PASSWORD --stdin < password.txt',
    '<%= config.bin %> <%= command.id %> web --secret API_TOKEN=/shared/api-token',
  ]
  static override strict = false
  static override args = {
    service: existingServiceArg,
    name: Args.string({description: 'variable that holds the secret'}),
  }
  static override flags = {...secretFlags, ...reviseFlags}

  async run(): Promise<SetSecretResult> {
    const {args, argv, flags} = await this.parse(ServiceSecretSet)
    const {stdin, stderr} = this.streams
    const words = (argv as string[]).slice(1)
    const secret = await secretOf(words, flags, {stdin, stderr, signal: this.interruptions().signal})
    const context = await this.context(flags)
    const result = await setSecret(context, {...reviseOptions(args.service, flags), secret})
    context.output.result(renderSetSecret(result))
    return result
  }
}
