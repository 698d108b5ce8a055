import type {StaticOperationSchema} from '@smithy/types'
import type {AwsFault} from '../aws-fault.js'
import type {Violation} from '../constraints/violation.js'
import type {Scope} from '../scope.js'

/** Who asks, and where: what a handler may know of the request besides its input. */
export interface RequestContext extends Scope {
  readonly requestId: string
  /** The access key of the caller; undefined for an unsigned request. */
  readonly accessKeyId: string | undefined
}

/** One emulated operation: the SDK's own schema and the function that answers. */
export interface Operation {
  readonly schema: StaticOperationSchema
  readonly handle: (input: never, request: RequestContext) => unknown
}

/** A class of an SDK client; the wire reads protocol and name from an instance of it. */
export type SdkClientClass = new (config: {
  region: string
  credentials: {accessKeyId: string; secretAccessKey: string}
}) => {
  readonly config: object
}

/** How AWS words what it refuses before any handler runs; every protocol has its own way. */
export interface RequestFaults {
  /** Members that break AWS's model of the operation's input, absent ones that are required among them. */
  invalid(violations: readonly Violation[], operation: string): AwsFault
  /** A body that cannot be read, or a value of the wrong type. */
  malformed(message: string): AwsFault
  /** A member that the schema does not have; only JSON services ask. */
  unknownMember(path: string): AwsFault
}

/** One emulated AWS service. */
export interface LocalService {
  /** The service part of the SigV4 credential scope: `ecs`, `ec2`, `elasticloadbalancing`, `ecr`, `iam`, `sts`, `logs`. */
  readonly signingName: string
  readonly client: SdkClientClass
  readonly operations: readonly Operation[]
  /** Where this service words its refusals otherwise than its protocol does. */
  readonly requestFaults?: Partial<RequestFaults>
}

/** An input whose required members are there: the wire sees to it before a handler runs, the SDK's types do not say. */
export type WithRequired<Input, Name extends keyof Input> = Input & {
  readonly [Member in Name]-?: NonNullable<Input[Member]>
}

/**
 * Joins a schema with its handler; the types come from the SDK's input and output of the operation.
 *
 * @example operation<ListClustersCommandInput, ListClustersCommandOutput>(ListClusters$, (input, request) => …)
 */
export function operation<Input, Output>(
  schema: StaticOperationSchema,
  handle: (input: Input, request: RequestContext) => Omit<Output, '$metadata'> | Promise<Omit<Output, '$metadata'>>,
): Operation {
  return {schema, handle: handle as Operation['handle']}
}
