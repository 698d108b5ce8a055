import type {StaticOperationSchema} from '@smithy/types'
import type {MemberName} from '../../constraints/input-check.js'
import type {WireFault} from '../error-shape.js'
import type {WireRequest, WireResponse} from '../http-message.js'
import type {RequestFaults} from '../service.js'

/** One AWS protocol, set up for one service: the server's half of what an SDK client does. */
export interface WireProtocol {
  /**
   * The operation that a request names, whether it is emulated or not. Undefined where the request is not one of
   * this service and protocol. REST protocols name operations by method and path, so they know only `operations`.
   */
  operationName(request: WireRequest, operations: readonly StaticOperationSchema[]): string | undefined
  /** Throws {@link MalformedInput} and {@link UnknownMember}. */
  readInput(operation: StaticOperationSchema, request: WireRequest): unknown
  writeOutput(operation: StaticOperationSchema, output: object, requestId: string): WireResponse
  writeFault(fault: WireFault, requestId: string): WireResponse
  readonly faults: RequestFaults
  /** How paths of members that break the model name a member; as AWS's validation does where it is not given. */
  readonly memberName?: MemberName
}

/** A request whose body cannot be read, or with a value of the wrong type. */
export class MalformedInput extends Error {
  override readonly name = 'MalformedInput'
}

/** A request with a member that the schema of its operation does not have. */
export class UnknownMember extends Error {
  override readonly name = 'UnknownMember'
  readonly path: string

  constructor(path: string) {
    super(`unknown member ${path}`)
    this.path = path
  }
}

/** The header by which SDKs learn the id of a request. */
export const requestIdHeader = 'x-amzn-requestid'
