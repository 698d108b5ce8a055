/** One request that the local AWS has answered. Bodies, credentials and values of secrets are never part of it. */
export interface ServedRequest {
  /** Counts the requests of a server, from 1. */
  readonly number: number
  /** When it came, in the time of the local AWS; ISO 8601. */
  readonly time: string
  /** The signing name: `ecs`, `elasticloadbalancing`; `registry` for what docker asks of the registry. */
  readonly service: string
  readonly operation: string
  readonly account: string
  readonly region: string
  /** What the request names, as `fargate/web`. */
  readonly resource?: string
  /** The HTTP status; 0 where the connection was dropped. */
  readonly status: number
  readonly errorCode?: string
  /** How long it really took, whatever the speed of the local AWS. */
  readonly milliseconds: number
  readonly requestId: string
}

/** Whether a request was refused, failed, or got no answer. */
const isFailed = ({status}: ServedRequest): boolean => status === 0 || status >= 400

/** What a reader of the log wants to see. */
export interface RequestFilter {
  readonly service?: string | undefined
  /** Only failed ones. */
  readonly errors?: boolean | undefined
}

export const isWanted = (request: ServedRequest, {service, errors = false}: RequestFilter): boolean =>
  (service === undefined || request.service === service) && (!errors || isFailed(request))
