import type {AwsSettings} from '../aws/settings.js'
import {UsageError} from '../errors/errors.js'
import type {Environment} from '../output/streams.js'
import type {GlobalFlags} from './global-flags.js'
import type {LocalServer} from './local-address.js'

/** How to reach the local AWS: what an SDK client needs instead of a real account. */
export function localSettings({region}: GlobalFlags, {url}: LocalServer, env: Environment) {
  const account = env.FARGATE_LOCAL_ACCOUNT || 'local'
  if (account !== 'local' && !/^\d{12}$/.test(account)) {
    throw new UsageError('LOCAL_ACCOUNT_INVALID', `FARGATE_LOCAL_ACCOUNT: ${account} is no account: use 12 digits`)
  }
  return {
    endpoint: url,
    // An access key id of twelve digits is the account that the local AWS works on.
    credentials: {accessKeyId: account, secretAccessKey: 'local'},
    region: region ?? (env.AWS_REGION || 'us-east-1'),
  } satisfies Partial<AwsSettings>
}

/** The environment in which any AWS SDK or tool talks to the local AWS. */
export interface LocalVariables {
  readonly AWS_ENDPOINT_URL: string
  readonly AWS_REGION: string
  /** The name that version 1 of the AWS CLI and older SDKs know. */
  readonly AWS_DEFAULT_REGION: string
  readonly AWS_ACCESS_KEY_ID: string
  readonly AWS_SECRET_ACCESS_KEY: string
  /** For this program, where the local AWS is not the one of the usual folder. */
  readonly FARGATE_STATE_DIR?: string
}

export function localVariables(flags: GlobalFlags, env: Environment, server: LocalServer): LocalVariables {
  const {endpoint, region, credentials} = localSettings(flags, server, env)
  const folder = env.FARGATE_STATE_DIR
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(folder && {FARGATE_STATE_DIR: folder}),
  }
}

/** As a shell reads them. */
export function exportLines(variables: LocalVariables): string {
  return Object.entries(variables)
    .map(([name, value]: [string, string]) => `export ${name}=${shellWord(value)}`)
    .join('\n')
}

const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
