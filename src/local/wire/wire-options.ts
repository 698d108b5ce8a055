import type {AwsFault} from '../aws-fault.js'
import type {Clock} from '../clock.js'
import type {ServiceModel} from '../constraints/model.js'
import type {LocalService, RequestContext} from './service.js'

/** One request, as the hooks see it. */
export interface WireCall extends RequestContext {
  /** The signing name: `ecs`, `elasticloadbalancing`. */
  readonly service: string
  /** The operation's name, or for one that is not emulated what the request says of it. */
  readonly operation: string
  /** Undefined where it could not be read, or the operation is not emulated. */
  readonly input: unknown
  /** Milliseconds since 1970 of the wire's clock; undefined where it has none. */
  readonly startedAt: number | undefined
}

export interface FinishedCall extends WireCall {
  /** The HTTP status; 0 for a dropped connection. */
  readonly status: number
  /** As the fault names it: `ClusterNotFoundException`, `LoadBalancerNotFound`. */
  readonly errorCode: string | undefined
  readonly endedAt: number | undefined
}

export interface WireOptions {
  readonly services: readonly LocalService[]
  /** The limits of a service's inputs, by its signing name; those of AWS's published models where it is not given. */
  readonly modelOf?: (signingName: string) => ServiceModel | undefined
  /** The account of requests whose access key id names none; 000000000000 where it is not given. */
  readonly defaultAccount?: string
  /** The region of unsigned requests; us-east-1 where it is not given. */
  readonly defaultRegion?: string
  /** The account of an access key; twelve digits name an account where it is not given. */
  readonly accountOf?: (accessKeyId: string | undefined) => string
  readonly clock?: Pick<Clock, 'now'>
  readonly newRequestId?: () => string
  /** Once per request, before anything is done with it. */
  readonly onStart?: (call: WireCall) => void
  /** Once per request, when its answer is ready. */
  readonly onEnd?: (call: FinishedCall) => void
  /** May answer in the handler's place: a fault, or no answer at all. Asked before the input is checked. */
  readonly before?: (call: WireCall) => BeforeOutcome | Promise<BeforeOutcome>
  /** Stands around the handler of each operation whose input is good; a {@link ConnectionDropped} breaks the connection. */
  readonly around?: (call: WireCall, run: RunOperation) => Promise<object>
  /** What went wrong inside the local AWS; the caller is told in a 500 InternalFailure as well. */
  readonly onError?: (error: unknown, call: WireCall) => void
}

/** Runs the operation of a call, with its own input or another one. */
export type RunOperation = (input: unknown) => Promise<object>

export type BeforeOutcome = AwsFault | 'drop' | undefined
