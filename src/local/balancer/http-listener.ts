import type {IncomingMessage} from 'node:http'
import http, {ServerResponse} from 'node:http'
import type net from 'node:net'
import type {Duplex} from 'node:stream'
import type {EndpointResponse} from '../task-runtime.js'
import {errorAnswer, rawAnswer} from './answers.js'
import {factsOf, wantsWebSocket} from './client-request.js'
import {forwardRequest, sendAnswer} from './forwarding.js'
import {endToEnd} from './headers.js'
import type {HttpListenerOptions} from './outcome.js'
import {outcomeOf} from './outcome.js'
import {PARSED_HEADER_BYTES, parserRefusal} from './request-limits.js'
import {responseRules} from './response-rules.js'
import {tunnelUpgrade} from './tunnel.js'

/** How long a load balancer tries to reach an address at which nobody is, in milliseconds. */
const CONNECT_TIMEOUT_MS = 10_000

/** What a listener of an Application Load Balancer does with a connection, encrypted or not. */
export function httpConnections(options: HttpListenerOptions): (client: net.Socket) => void {
  const {clock, settings} = options
  const since = new WeakMap<object, number>()
  // It never listens itself: connections are given to it.
  const server = http.createServer(
    {maxHeaderSize: PARSED_HEADER_BYTES, requireHostHeader: false},
    (incoming, outgoing) => {
      const age = clock.now() - (since.get(incoming.socket) ?? clock.now())
      if (age >= settings().clientKeepAliveMs) outgoing.shouldKeepAlive = false
      answer(options, incoming, outgoing)
    },
  )
  server.on('upgrade', (incoming, socket, head) => upgrade(options, incoming, socket, head))
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (socket.writable) socket.end(rawAnswer(errorAnswer(parserRefusal(error.code))))
    else socket.destroy()
  })
  return (client) => {
    since.set(client, clock.now())
    server.keepAliveTimeout = settings().idleTimeoutMs
    server.emit('connection', client)
  }
}

function answer(options: HttpListenerOptions, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const facts = factsOf(incoming)
  const rules = responseRules(options.listener() ?? {attributes: {}})
  const outcome = outcomeOf(options, incoming, facts, endToEnd(facts.headers))
  if (outcome.kind === 'answer') {
    if (outcome.last) outgoing.shouldKeepAlive = false
    sendAnswer(outgoing, outcome.answer, rules, outcome.cookies)
    return
  }
  if (outcome.kind === 'lost') {
    const timer = options.clock.after(CONNECT_TIMEOUT_MS, () => sendAnswer(outgoing, errorAnswer(504), rules))
    outgoing.on('close', () => timer.cancel())
    return
  }
  const {address, decision, headers} = outcome
  const {secure, settings, target, cookies} = decision
  const {host, port} = address
  const {idleTimeoutMs} = settings
  const {pool} = options
  forwardRequest(incoming, outgoing, {
    host,
    port,
    secure,
    path: facts.path,
    headers,
    idleTimeoutMs,
    pool,
    target,
    rules,
    cookies,
  })
}

function upgrade(options: HttpListenerOptions, incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
  if (!wantsWebSocket(incoming)) {
    answerOnce(options, incoming, socket)
    return
  }
  const facts = factsOf(incoming)
  const outcome = outcomeOf(options, incoming, facts, facts.headers)
  if (outcome.kind === 'forward') {
    const {address, decision, headers} = outcome
    const {secure, settings, target} = decision
    const {method, path} = facts
    const {idleTimeoutMs} = settings
    const {host, port} = address
    tunnelUpgrade(socket, head, {host, port, secure, method, path, headers, idleTimeoutMs, target, pool: options.pool})
    return
  }
  const end = (response: EndpointResponse) => socket.end(rawAnswer(response))
  socket.on('error', () => socket.destroy())
  if (outcome.kind === 'answer') end(outcome.answer)
  else options.clock.after(CONNECT_TIMEOUT_MS, () => end(errorAnswer(504)))
}

/** Node has given the connection away for another protocol; it gets one answer in HTTP/1.1 and ends. */
function answerOnce(options: HttpListenerOptions, incoming: IncomingMessage, socket: Duplex): void {
  const outgoing = new ServerResponse(incoming)
  outgoing.shouldKeepAlive = false
  outgoing.assignSocket(incoming.socket)
  outgoing.on('finish', () => socket.end())
  answer(options, incoming, outgoing)
}
