import type {IncomingMessage} from 'node:http'
import type {Clock} from '../clock.js'
import type {EndpointResponse, TargetEndpoint} from '../task-runtime.js'
import {errorAnswer, redirectAnswer} from './answers.js'
import {namesSocket, tlsOf} from './client-request.js'
import type {RequestFacts} from './conditions.js'
import {hostOf} from './conditions.js'
import type {Headers} from './headers.js'
import {flatHeaders, withForwarded} from './headers.js'
import {LOOPBACK} from './listening.js'
import type {ListenerRecord} from './model.js'
import type {RedirectTarget} from './redirect.js'
import {locationOf} from './redirect.js'
import {refusalOf} from './request-limits.js'
import type {ForwardDecision, Router} from './router.js'
import type {RoutingSettings} from './settings.js'
import type {TargetPool} from './target-pool.js'

export interface HttpListenerOptions {
  /** The listener as it is now; undefined when it has been deleted. */
  readonly listener: () => ListenerRecord | undefined
  readonly settings: () => RoutingSettings
  readonly router: Router
  readonly pool: TargetPool
  readonly clock: Clock
  readonly newTraceId: () => string
  /** The port of this machine that stands for a port of the same load balancer. */
  readonly localPort: (port: number) => number | undefined
}

type Address = Extract<TargetEndpoint, {kind: 'address'}>

/** What becomes of a request at a listener. */
type Outcome =
  | {
      readonly kind: 'answer'
      readonly answer: EndpointResponse
      readonly cookies?: readonly string[]
      readonly last?: true
    }
  | {readonly kind: 'lost'}
  | {readonly kind: 'forward'; readonly address: Address; readonly decision: ForwardDecision; readonly headers: Headers}

/**
 * Decides on a request and prepares what its target gets.
 *
 * @param passedOn the headers of the client that go on to the target
 */
export function outcomeOf(
  options: HttpListenerOptions,
  incoming: IncomingMessage,
  facts: RequestFacts,
  passedOn: Headers,
): Outcome {
  const listener = options.listener()
  if (listener === undefined) return {kind: 'answer', answer: errorAnswer(503)}
  const refusal = refusalOf(incoming, facts)
  if (refusal !== undefined) return {kind: 'answer', answer: errorAnswer(refusal), last: true}
  const decision = options.router(listener, facts)
  if (decision.kind === 'answer' || decision.kind === 'lost') return decision
  const local = namesSocket(facts, incoming)
  if (decision.kind === 'redirect') {
    const location = locationOf(reachable(options, facts, decision.target, local))
    return {kind: 'answer', answer: redirectAnswer(decision.status, location)}
  }
  const headers = withForwarded(passedOn, {
    clientIp: facts.sourceIp,
    clientPort: incoming.socket.remotePort,
    protocol: listener.protocol.toLowerCase(),
    port: listener.port,
    traceId: options.newTraceId(),
    settings: decision.settings,
    tls: tlsOf(incoming, listener),
    named: local ? 'local' : 'listener',
  })
  const {endpoint} = decision
  if (endpoint.kind === 'address') return {kind: 'forward', address: endpoint, decision, headers}
  const {method, path} = facts
  const response = endpoint.respond({method, path, headers: flatHeaders(headers)})
  return {kind: 'answer', answer: response, cookies: decision.cookies([])}
}

/**
 * A client that came by this machine's own address would follow a redirect to a port on which nothing listens here,
 * so it is sent to the socket that stands for that port. Any other Location stays as AWS would write it.
 */
function reachable(
  {localPort}: HttpListenerOptions,
  facts: RequestFacts,
  target: RedirectTarget,
  namesSocketOfListener: boolean,
): RedirectTarget {
  const host = hostOf(facts)
  const local = namesSocketOfListener || host === LOOPBACK || host === 'localhost' || host.endsWith('.localhost')
  const port = local && target.host === host ? localPort(target.port) : undefined
  return port === undefined ? target : {...target, port}
}
