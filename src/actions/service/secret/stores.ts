import type {AwsClients} from '../../../aws/clients.js'
import {absentOn} from '../../../aws/errors.js'
import type {Arn} from '../../../lib/arn.js'
import {formatArn, parseArn} from '../../../lib/arn.js'
import type {SecretValue} from '../../../secretsmanager/secrets.js'
import {
  createSecret,
  currentSecretValue,
  deleteSecret,
  findSecret,
  putSecretValue,
  restoreSecret,
  secretsWithTags,
} from '../../../secretsmanager/secrets.js'
import {
  createParameter,
  deleteParameter,
  overwriteParameter,
  parametersWithTags,
  parameterTags,
  parameterValue,
} from '../../../ssm/parameters.js'
import type {Tags} from '../../tags.js'
import {upperCaseTags} from '../../tags.js'

export type StoreKind = 'secretsmanager' | 'ssm'

export interface StoredSecret {
  readonly store: StoreKind
  readonly arn: string
  readonly name: string
  readonly tags: Tags
  /** Deleted, and to be had back. */
  readonly isDeleted: boolean
}

export interface NewSecret {
  readonly name: string
  readonly value: string
  readonly description: string
  readonly tags: Tags
}

/** Where values of secrets are kept, in the same words for both services. */
export interface SecretStore {
  readonly kind: StoreKind
  /** As it is called: `secret` or `parameter`. */
  readonly noun: string
  /** Characters that a value can have. */
  readonly longestValue: number
  /** @param id a name or an ARN */
  find(id: string): Promise<StoredSecret | undefined>
  /** `undefined` where there is none, or where this user may not read it. */
  value(secret: StoredSecret): Promise<SecretValue | undefined>
  /** Answers the ARN. */
  create(secret: NewSecret): Promise<string>
  /** Also brings back one that is deleted. */
  change(secret: StoredSecret, value: string): Promise<void>
  delete(secret: StoredSecret): Promise<void>
  withTags(tags: Tags): Promise<StoredSecret[]>
}

type Aws = Pick<AwsClients, 'secretsmanager' | 'ssm'>

/** @param beside the ARN of a thing in the account and region of the parameters; SSM answers no ARN for a new one */
export const secretStore = (aws: Aws, kind: StoreKind, beside: string): SecretStore =>
  kind === 'ssm' ? parameterStore(aws, beside) : secretsManager(aws)

function secretsManager({secretsmanager}: Aws): SecretStore {
  return {
    kind: 'secretsmanager',
    noun: 'secret',
    longestValue: 65_536,
    find: async (id) => {
      const found = await findSecret(secretsmanager, id)
      return found && {...found, store: 'secretsmanager'}
    },
    value: ({arn}) => whereAllowed(currentSecretValue(secretsmanager, arn)),
    create: ({tags, ...secret}) => createSecret(secretsmanager, {...secret, tags: upperCaseTags(tags)}),
    change: async ({arn, isDeleted}, value) => {
      if (isDeleted) await restoreSecret(secretsmanager, arn)
      await putSecretValue(secretsmanager, arn, value)
    },
    delete: ({arn}) => deleteSecret(secretsmanager, arn),
    withTags: async (tags) =>
      (await secretsWithTags(secretsmanager, tags)).map((each) => ({...each, store: 'secretsmanager'})),
  }
}

function parameterStore({ssm}: Aws, beside: string): SecretStore {
  const stored = (name: string, tags: Tags): StoredSecret => ({
    store: 'ssm',
    arn: parameterArn(name, beside),
    name,
    tags,
    isDeleted: false,
  })
  return {
    kind: 'ssm',
    noun: 'parameter',
    longestValue: 4096,
    find: async (id) => {
      const name = parameterName(id)
      const tags = await parameterTags(ssm, name)
      return tags && stored(name, tags)
    },
    value: ({name}) => whereAllowed(parameterValue(ssm, name)),
    create: async ({tags, ...parameter}) => {
      await createParameter(ssm, {...parameter, tags: upperCaseTags(tags)})
      return parameterArn(parameter.name, beside)
    },
    change: ({name}, value) => overwriteParameter(ssm, name, value),
    delete: ({name}) => deleteParameter(ssm, name),
    withTags: async (tags) => (await parametersWithTags(ssm, tags)).map((name) => stored(name, tags)),
  }
}

/** Who may write a value and not read it writes it again. */
const whereAllowed = <Value>(call: Promise<Value | undefined>): Promise<Value | undefined> =>
  absentOn(call, 'AccessDeniedException', 'AccessDenied')

function parameterArn(name: string, beside: string): string {
  const {partition, account, region} = arnOf(beside)
  return formatArn({partition, account, region, service: 'ssm', resource: `parameter/${name.replace(/^\//, '')}`})
}

/** The ARN of `/web/token` and that of `web/token` are the same; names of this program start with a slash. */
function parameterName(id: string): string {
  const arn = parseArn(id)
  return arn.ok ? arn.value.resource.slice('parameter'.length) : id
}

function arnOf(text: string): Arn {
  const arn = parseArn(text)
  if (!arn.ok) throw new Error(arn.problem)
  return arn.value
}
