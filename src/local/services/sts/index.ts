import {createHash} from 'node:crypto'
import type {
  AssumeRoleCommandInput,
  AssumeRoleCommandOutput,
  GetCallerIdentityCommandInput,
  GetCallerIdentityCommandOutput,
  GetSessionTokenCommandInput,
  GetSessionTokenCommandOutput,
} from '@aws-sdk/client-sts'
import {AssumeRole$, GetCallerIdentity$, GetSessionToken$, STSClient} from '@aws-sdk/client-sts'
import type {StaticOperationSchema} from '@smithy/types'
import {AwsFault} from '../../aws-fault.js'
import type {Clock} from '../../clock.js'
import {globalArn, partitionOf} from '../../scope.js'
import type {LocalService, Operation, RequestContext, WithRequired} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {temporaryCredentials, uniqueId} from './credentials.js'

interface StsOptions {
  readonly clock: Clock
  /** Answers numbers from 0 to below 1. */
  readonly random: () => number
}

type AssumeRoleInput = WithRequired<AssumeRoleCommandInput, 'RoleArn' | 'RoleSessionName'>

/**
 * STS. Every caller is the user `local` of its account. A role of any account can be assumed, whether or not it exists:
 * the local AWS does not check permissions, and its other accounts need no setting up.
 */
export function createSts({clock, random}: StsOptions): {service: LocalService} {
  const session = (account: string, durationSeconds: number) =>
    temporaryCredentials({account, durationSeconds, now: clock.now(), random})

  const operations = [
    stsOperation<GetCallerIdentityCommandInput, GetCallerIdentityCommandOutput>(
      GetCallerIdentity$,
      (_input, {account, region}) => ({
        UserId: uniqueId('AIDA', hash(account)),
        Account: account,
        Arn: globalArn('iam', {account, region}, 'user/local'),
      }),
    ),

    stsOperation<AssumeRoleInput, AssumeRoleCommandOutput>(AssumeRole$, (input, {region}) => {
      const {account, name} = parseRoleArn(input.RoleArn, region)
      return {
        Credentials: session(account, input.DurationSeconds ?? 3600),
        AssumedRoleUser: {
          AssumedRoleId: `${uniqueId('AROA', hash(input.RoleArn))}:${input.RoleSessionName}`,
          Arn: globalArn('sts', {account, region}, `assumed-role/${name}/${input.RoleSessionName}`),
        },
        ...(input.SourceIdentity !== undefined && {SourceIdentity: input.SourceIdentity}),
      }
    }),

    stsOperation<GetSessionTokenCommandInput, GetSessionTokenCommandOutput>(GetSessionToken$, (input, {account}) => ({
      Credentials: session(account, input.DurationSeconds ?? 43_200),
    })),
  ]
  return {service: {signingName: 'sts', client: STSClient, operations}}
}

/** An STS operation: signed requests only. */
const stsOperation = <Input extends object, Output>(
  schema: StaticOperationSchema,
  handle: (input: Input, request: RequestContext) => Omit<Output, '$metadata'>,
): Operation =>
  operation<Input, Output>(schema, (input, request) => {
    if (request.accessKeyId === undefined) {
      throw new AwsFault('MissingAuthenticationToken', 'Request is missing Authentication Token', {status: 403})
    }
    return handle(input, request)
  })

function parseRoleArn(arn: string, region: string): {account: string; name: string} {
  const [, partition, account, name] = /^arn:([^:]+):iam::(\d{12}):role\/(?:.*\/)?([\w+=,.@-]+)$/.exec(arn) ?? []
  if (account === undefined || name === undefined || partition !== partitionOf(region)) {
    throw validationError(`${arn} is invalid`)
  }
  return {account, name}
}

const validationError = (message: string): AwsFault => new AwsFault('ValidationError', message)

const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
