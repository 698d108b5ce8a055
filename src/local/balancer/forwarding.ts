import type {ClientRequest, IncomingMessage, OutgoingHttpHeaders, ServerResponse} from 'node:http'
import http from 'node:http'
import https from 'node:https'
import {pipeline} from 'node:stream'
import type {EndpointResponse} from '../task-runtime.js'
import {errorAnswer} from './answers.js'
import type {Headers} from './headers.js'
import {endToEnd, headersFromRaw} from './headers.js'
import {RESPONSE_HEADER_BYTES} from './request-limits.js'
import type {ResponseRules} from './response-rules.js'
import {ruledHeaders} from './response-rules.js'
import type {Exchange, TargetKey, TargetPool} from './target-pool.js'

export interface ForwardOptions {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly path: string
  /** What the target gets, without the headers of the client's connection. */
  readonly headers: Headers
  /** How long nothing may happen, in real milliseconds: the programs behind it are not sped up. */
  readonly idleTimeoutMs: number
  readonly pool: TargetPool
  readonly target: TargetKey
  readonly rules: ResponseRules
  /** Further Set-Cookie headers of the answer, given those of the target. */
  cookies(setByTarget: readonly string[]): readonly string[]
}

/** Headers for Node: one value plain, several as a list. */
const nodeHeaders = (headers: Headers): OutgoingHttpHeaders =>
  Object.fromEntries([...headers].map(([name, values]) => [name, values.length === 1 ? values[0] : [...values]]))

/** Says whether the connection stays, as a load balancer does; Node alone would add how long. */
const connectionOf = ({shouldKeepAlive}: ServerResponse): string => (shouldKeepAlive ? 'keep-alive' : 'close')

export function sendAnswer(
  outgoing: ServerResponse,
  {status, headers, body}: EndpointResponse,
  rules: ResponseRules,
  cookies: readonly string[] = [],
): void {
  const more = cookies.length === 0 ? {} : {'set-cookie': [...cookies]}
  outgoing.writeHead(status, {...ruledHeaders(headers, rules), ...more, connection: connectionOf(outgoing)}).end(body)
}

/**
 * Passes a request on to a target and its answer back, both as streams. The client gets 502 when the target refuses
 * or breaks the connection before it answers, 504 when it stays silent, and 408 when its own request does not come to
 * an end; a target that breaks off in the middle of its answer breaks the client's connection too.
 */
export function forwardRequest(incoming: IncomingMessage, outgoing: ServerResponse, options: ForwardOptions): void {
  new Forwarding(incoming, outgoing, options).attempt()
}

class Forwarding {
  readonly #incoming: IncomingMessage
  readonly #outgoing: ServerResponse
  readonly #options: ForwardOptions
  readonly #exchange: Exchange
  #request: ClientRequest | undefined
  #answered = false

  constructor(incoming: IncomingMessage, outgoing: ServerResponse, options: ForwardOptions) {
    this.#incoming = incoming
    this.#outgoing = outgoing
    this.#options = options
    this.#exchange = options.pool.begin(options.target, () => this.#fail(502))
    outgoing.on('close', () => {
      this.#answered = true
      this.#exchange.end()
      this.#request?.destroy()
    })
  }

  attempt(): void {
    try {
      const request = this.#open()
      this.#request = request
      request.on('response', (response) => this.#answer(response))
      request.on('timeout', () => this.#fail(this.#incoming.complete ? 504 : 408))
      request.on('error', () => this.#failed(request))
      if (isRepeatable(this.#incoming)) request.end()
      else this.#incoming.pipe(request)
    } catch {
      // Node refuses to send what an HTTP client must not, for instance a control character in a header.
      this.#fail(400)
    }
  }

  /**
   * A connection is used again only by a request that can be sent twice: a target may close an idle connection at the
   * very moment at which it is used.
   */
  #open(): ClientRequest {
    const {host, port, secure, path, headers, idleTimeoutMs} = this.#options
    return (secure ? https : http).request({
      host,
      port,
      method: this.#incoming.method,
      path,
      headers: nodeHeaders(withFraming(this.#incoming, headers)),
      agent: isRepeatable(this.#incoming) ? this.#exchange.agent(secure) : false,
      timeout: idleTimeoutMs,
      maxHeaderSize: RESPONSE_HEADER_BYTES,
      // A load balancer does not validate the certificates of its targets.
      rejectUnauthorized: false,
    })
  }

  #failed(request: ClientRequest): void {
    if (this.#answered) return
    if (request.reusedSocket && isRepeatable(this.#incoming)) this.attempt()
    else this.#fail(502)
  }

  #answer(response: IncomingMessage): void {
    const outgoing = this.#outgoing
    if (this.#answered) {
      response.destroy()
      return
    }
    const headers = endToEnd(headersFromRaw(response.rawHeaders))
    const cookies = [...(headers.get('set-cookie') ?? []), ...this.#options.cookies(headers.get('set-cookie') ?? [])]
    if (cookies.length > 0) headers.set('set-cookie', cookies)
    try {
      outgoing.writeHead(response.statusCode ?? 502, response.statusMessage, {
        ...ruledHeaders(nodeHeaders(headers), this.#options.rules),
        connection: connectionOf(outgoing),
      })
    } catch {
      // A status or a header that no server may send is a malformed answer.
      this.#fail(502)
      return
    }
    this.#answered = true
    pipeline(response, outgoing, () => this.#exchange.end())
  }

  #fail(status: 400 | 408 | 502 | 504): void {
    const outgoing = this.#outgoing
    if (outgoing.headersSent) outgoing.destroy()
    else if (!this.#answered) {
      this.#answered = true
      if (!this.#incoming.complete) outgoing.shouldKeepAlive = false
      sendAnswer(outgoing, errorAnswer(status), this.#options.rules)
    }
    this.#request?.destroy()
  }
}

const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])

/** Whether a request may reach its target twice: nothing of a body has to be sent again. */
const isRepeatable = ({method = '', headers}: IncomingMessage): boolean =>
  IDEMPOTENT.has(method) && headers['transfer-encoding'] === undefined && !(Number(headers['content-length']) > 0)

/** A body of unknown length goes on in chunks, whatever the method. */
function withFraming(incoming: IncomingMessage, headers: Headers): Headers {
  if (incoming.headers['transfer-encoding'] === undefined) return headers
  return new Map([...headers, ['transfer-encoding', ['chunked']]])
}
