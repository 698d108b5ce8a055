import {Flags} from '@oclif/core'
import type {SetSecretOptions} from '../actions/service/secret/set-secret.js'
import {UsageError} from '../errors/errors.js'
import {environmentNameProblem} from '../lib/environment-variable.js'
import {parseSecretReferences} from '../lib/secret-reference.js'
import {repeatableFlag} from './flags.js'
import type {SecretInput} from './secret-value.js'
import {readSecretValue} from './secret-value.js'

/** Where the value of a secret comes from, and where it goes. */
export const secretFlags = {
  'from-file': Flags.string({description: 'file that holds the value', helpValue: '<file>', exclusive: ['stdin']}),
  stdin: Flags.boolean({description: 'read the value from standard input'}),
  store: Flags.string({
    description:
      'where the value is kept; Secrets Manager without it, since what is deleted there can be restored for 30 days',
    options: ['secretsmanager', 'ssm'],
  }),
  'secret-name': Flags.string({
    description: 'name in the store; /fargate/<cluster>/<service>/<NAME> without it',
    helpValue: '<name>',
  }),
  secret: repeatableFlag((value) => ({ok: true, value}))({
    description: 'refer to what exists, in place of a value; repeatable',
    helpValue: '<NAME=arn|parameter>',
    exclusive: ['from-file', 'stdin', 'store', 'secret-name'],
  }),
}

interface SecretFlags {
  readonly 'from-file'?: string | undefined
  readonly stdin: boolean
  readonly store?: string | undefined
  readonly 'secret-name'?: string | undefined
  readonly secret?: readonly string[] | undefined
}

/**
 * What is to be set. Nothing that could be a value is repeated in an error.
 *
 * @param words the arguments behind the service
 * @throws UsageError
 */
export async function secretOf(
  words: readonly string[],
  flags: SecretFlags,
  input: SecretInput,
): Promise<SetSecretOptions['secret']> {
  const [variable, ...rest] = words
  if (rest.length > 0) throw valueOnCommandLine(variable ?? 'NAME')
  if (flags.secret !== undefined) {
    if (variable !== undefined) throw new UsageError('FLAGS_CONFLICT', 'NAME and --secret exclude each other')
    return referencesOf(flags.secret)
  }
  if (variable === undefined) {
    throw new UsageError('ARGUMENT_MISSING', 'missing argument NAME (variable that holds the secret), or --secret', {
      hints: ['fargate service secret set --help'],
    })
  }
  const equals = variable.indexOf('=')
  if (equals !== -1) throw valueOnCommandLine(variable.slice(0, equals))
  checkName(variable, flags)
  const value = await readSecretValue(variable, flags, input)
  const store = flags.store === 'ssm' || flags.store === 'secretsmanager' ? flags.store : undefined
  return {variable, value, store, secretName: flags['secret-name']}
}

/** Other users of the machine see command lines, and shells keep them. */
const valueOnCommandLine = (name: string): UsageError =>
  new UsageError('SECRET_ON_COMMAND_LINE', `a value does not belong on the command line: name ${name} alone`, {
    hints: ['give the value on standard input: --stdin', 'or in a file: --from-file <file>', 'or type it when asked'],
  })

function checkName(variable: string, flags: SecretFlags): void {
  const problem = environmentNameProblem(variable)
  if (problem !== undefined) throw new UsageError('VALUE_INVALID', `NAME: ${problem}`)
  const stored = flags['secret-name']
  if (stored !== undefined) {
    const isName = flags.store === 'ssm' ? /^\/?[\w.-]+(\/[\w.-]+)*$/ : /^[\w/+=.@-]+$/
    if (isName.test(stored) && stored.length <= 512) return
    throw new UsageError('VALUE_INVALID', `--secret-name: ${JSON.stringify(stored)} is no name in this store`)
  }
  if (/^[\w.-]+$/.test(variable)) return
  throw new UsageError(
    'VALUE_INVALID',
    `NAME: ${JSON.stringify(variable)} cannot be part of the name of a secret: use letters, digits, _ . and -`,
    {hints: ['or name the secret yourself: --secret-name <name>']},
  )
}

function referencesOf(texts: readonly string[]): SetSecretOptions['secret'] {
  const references = parseSecretReferences(texts)
  if (references.ok) return references.value
  const names = texts.map((text) => text.split('=')[0]).join(', ')
  const message = `--secret: what ${names} refers to is no ARN of a secret or parameter, and no name of a parameter`
  throw new UsageError('VALUE_INVALID', message, {
    hints: [
      'use NAME=<ARN of a Secrets Manager secret or of an SSM parameter> or NAME=/path/of/parameter',
      'a value is not given on the command line: fargate service secret set <service> NAME --stdin',
    ],
  })
}
