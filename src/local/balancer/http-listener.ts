import type {IncomingMessage, ServerResponse} from 'node:http'
import http from 'node:http'
import type {Duplex} from 'node:stream'
import type {EndpointResponse, TargetEndpoint} from '../ports.js'
import {errorAnswer, rawAnswer, redirectAnswer} from './answers.js'
import type {RequestFacts} from './conditions.js'
import {hostOf} from './conditions.js'
import {forwardRequest, sendAnswer} from './forwarding.js'
import type {Headers} from './headers.js'
import {endToEnd, flatHeaders, headersFromRaw, withForwarded} from './headers.js'
import {LOOPBACK} from './listening.js'
import type {ListenerRecord} from './model.js'
import type {RedirectTarget} from './redirect.js'
import {locationOf} from './redirect.js'
import type {ForwardDecision, Router} from './router.js'
import {tunnelUpgrade} from './tunnel.js'

export interface HttpListenerOptions {
  /** The listener as it is now; undefined when it has been deleted. */
  readonly listener: () => ListenerRecord | undefined
  readonly router: Router
  readonly newTraceId: () => string
  /** The port of this machine that stands for a port of the same load balancer. */
  readonly localPort: (port: number) => number | undefined
}

/** The HTTP server behind a listener of an Application Load Balancer. */
export function createHttpListener(options: HttpListenerOptions): http.Server {
  const server = http.createServer((incoming, outgoing) => answer(options, incoming, outgoing))
  server.on('upgrade', (incoming, socket, head) => upgrade(options, incoming, socket, head))
  return server
}

function factsOf(incoming: IncomingMessage): RequestFacts {
  return {
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    headers: headersFromRaw(incoming.rawHeaders),
    sourceIp: incoming.socket.remoteAddress ?? LOOPBACK,
  }
}

type Address = Extract<TargetEndpoint, {kind: 'address'}>

type Outcome =
  | {readonly kind: 'answer'; readonly answer: EndpointResponse}
  | {readonly kind: 'forward'; readonly address: Address; readonly decision: ForwardDecision; readonly headers: Headers}

/** @param passedOn the headers of the client that go on to the target */
function outcomeOf(options: HttpListenerOptions, facts: RequestFacts, passedOn: Headers): Outcome {
  const listener = options.listener()
  if (listener === undefined) return {kind: 'answer', answer: errorAnswer(503)}
  const decision = options.router(listener, facts)
  if (decision.kind === 'answer') return decision
  if (decision.kind === 'redirect') {
    const location = locationOf(reachable(options, facts, decision.target))
    return {kind: 'answer', answer: redirectAnswer(decision.status, location)}
  }
  const {endpoint} = decision
  const via = {
    clientIp: facts.sourceIp,
    protocol: listener.protocol.toLowerCase(),
    port: listener.port,
    traceId: options.newTraceId(),
  }
  const headers = withForwarded(passedOn, via)
  if (endpoint.kind === 'address') return {kind: 'forward', address: endpoint, decision, headers}
  const {method, path} = facts
  return {kind: 'answer', answer: endpoint.respond({method, path, headers: flatHeaders(headers)})}
}

function answer(options: HttpListenerOptions, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const facts = factsOf(incoming)
  const outcome = outcomeOf(options, facts, endToEnd(facts.headers))
  if (outcome.kind === 'answer') {
    sendAnswer(outgoing, outcome.answer)
    return
  }
  const {address, decision, headers} = outcome
  const {secure, idleTimeoutMs} = decision
  forwardRequest(incoming, outgoing, {host: address.host, port: address.port, secure, headers, idleTimeoutMs})
}

function upgrade(options: HttpListenerOptions, incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
  const facts = factsOf(incoming)
  const outcome = outcomeOf(options, facts, facts.headers)
  if (outcome.kind === 'answer') {
    socket.end(rawAnswer(outcome.answer))
    return
  }
  const {address, decision, headers} = outcome
  tunnelUpgrade(incoming, socket, head, {host: address.host, port: address.port, secure: decision.secure, headers})
}

/**
 * A client that came by this machine's own address would follow a redirect to a port on which nothing listens here,
 * so it is sent to the socket that stands for that port. Any other Location stays as AWS would write it.
 */
function reachable({localPort}: HttpListenerOptions, facts: RequestFacts, target: RedirectTarget): RedirectTarget {
  const host = hostOf(facts)
  const local = host === LOOPBACK || host === 'localhost' || host.endsWith('.localhost')
  const port = local && target.host === host ? localPort(target.port) : undefined
  return port === undefined ? target : {...target, protocol: 'http', port}
}
