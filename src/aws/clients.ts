import type {Acm} from '../acm/sdk.js'
import type {Ec2} from '../ec2/sdk.js'
import type {Ecr} from '../ecr/sdk.js'
import type {Ecs} from '../ecs/sdk.js'
import type {Elbv2} from '../elbv2/sdk.js'
import type {Iam} from '../iam/sdk.js'
import type {Logs} from '../logs/sdk.js'
import type {Route53} from '../route53/sdk.js'
import type {SecretsManager} from '../secretsmanager/sdk.js'
import type {Ssm} from '../ssm/sdk.js'
import type {Sts} from '../sts/sdk.js'
import type {AwsCalls, CallOptions, CommandClass} from './calls.js'
import {translateAwsError} from './errors.js'
import type {AwsSettings} from './settings.js'
import {clientConfig} from './settings.js'

/** The AWS services that this program uses. Nothing is loaded until the first call of a service. */
export interface AwsClients {
  readonly ecs: Ecs
  readonly ec2: Ec2
  readonly elbv2: Elbv2
  readonly ecr: Ecr
  readonly iam: Iam
  readonly logs: Logs
  readonly secretsmanager: SecretsManager
  readonly ssm: Ssm
  readonly sts: Sts
  readonly acm: Acm
  readonly route53: Route53
  /** The region as the SDK resolves it: flag, AWS_REGION, profile. Throws UsageError where none is set. */
  region(): Promise<string>
}

interface SdkClient {
  readonly config: {region(): Promise<string>}
  send(command: object, options?: {abortSignal?: AbortSignal | undefined}): Promise<unknown>
}

interface Sdk {
  readonly Client: new (config: never) => SdkClient
  readonly operations: Readonly<Record<string, CommandClass>>
}

/** Makes the lazy clients of a command. Credentials are left to the SDK's own chain unless the settings carry them. */
export function createAwsClients(settings: AwsSettings): AwsClients {
  const ecs = lazyClient('ecs', () => import('../ecs/sdk.js'), settings)
  const other = (service: string, load: () => Promise<unknown>) => lazyClient(service, load, settings).calls
  return {
    ecs: ecs.calls as Ecs,
    ec2: other('ec2', () => import('../ec2/sdk.js')) as Ec2,
    elbv2: other('elbv2', () => import('../elbv2/sdk.js')) as Elbv2,
    ecr: other('ecr', () => import('../ecr/sdk.js')) as Ecr,
    iam: other('iam', () => import('../iam/sdk.js')) as Iam,
    logs: other('logs', () => import('../logs/sdk.js')) as Logs,
    secretsmanager: other('secretsmanager', () => import('../secretsmanager/sdk.js')) as SecretsManager,
    ssm: other('ssm', () => import('../ssm/sdk.js')) as Ssm,
    sts: other('sts', () => import('../sts/sdk.js')) as Sts,
    acm: other('acm', () => import('../acm/sdk.js')) as Acm,
    route53: other('route53', () => import('../route53/sdk.js')) as Route53,
    region: ecs.region,
  }
}

type AnyCalls = AwsCalls<Readonly<Record<string, CommandClass>>>

function lazyClient(service: string, load: () => Promise<unknown>, settings: AwsSettings) {
  let pending: Promise<{client: SdkClient; operations: Sdk['operations']}> | undefined
  const loaded = () => {
    pending ??= (async () => {
      const {Client, operations} = (await load()) as Sdk
      return {client: new Client(clientConfig(settings) as never), operations}
    })()
    return pending
  }

  const calls = async (operation: string, input: unknown, options: CallOptions = {}): Promise<unknown> => {
    const {client, operations} = await loaded()
    const Command = operations[operation] as CommandClass
    const startedAt = settings.now()
    const abortSignal = options.signal ?? settings.signal
    try {
      const output = (await client.send(new Command(input as never), {abortSignal})) as Traced
      trace(settings, service, operation, startedAt, output)
      return output
    } catch (error) {
      trace(settings, service, operation, startedAt, error as Traced)
      const {profileInUse: profile} = settings
      throw translateAwsError(error, {service, operation, profile, region: await knownRegion(client)})
    }
  }

  const region = async (): Promise<string> => {
    const {client} = await loaded()
    try {
      return await client.config.region()
    } catch (error) {
      throw translateAwsError(error, {service, operation: 'region'})
    }
  }
  return {calls: calls as AnyCalls, region}
}

/** The region for an error's text; the failure to resolve one is itself reported by the call. */
async function knownRegion(client: SdkClient): Promise<string | undefined> {
  return client.config.region().catch(() => undefined)
}

interface Traced {
  readonly name?: string
  readonly $metadata?: {readonly httpStatusCode?: number; readonly requestId?: string; readonly attempts?: number}
}

/** One line per call for --verbose: names, status and ids only, since inputs and outputs can carry secrets. */
function trace(settings: AwsSettings, service: string, operation: string, startedAt: number, outcome: Traced): void {
  const {httpStatusCode, requestId, attempts} = outcome.$metadata ?? {}
  const answer = outcome instanceof Error ? outcome.name : String(httpStatusCode ?? '')
  const retries = attempts !== undefined && attempts > 1 ? `, ${attempts} attempts` : ''
  settings.debug(
    `${service}:${operation} ${answer} in ${settings.now() - startedAt} ms${retries}${requestId ? ` (${requestId})` : ''}`,
  )
}
