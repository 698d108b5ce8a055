import type {IncomingMessage, OutgoingHttpHeaders, ServerResponse} from 'node:http'
import http from 'node:http'
import https from 'node:https'
import {pipeline} from 'node:stream'
import type {EndpointResponse} from '../ports.js'
import {errorAnswer} from './answers.js'
import type {Headers} from './headers.js'
import {endToEnd, headersFromRaw} from './headers.js'

export interface ForwardOptions {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  /** What the target gets, without the headers of the client's connection. */
  readonly headers: Headers
  /** How long the target may be silent, in real milliseconds. */
  readonly idleTimeoutMs: number
}

/** Headers for Node: one value plain, several as a list. */
const nodeHeaders = (headers: Headers): OutgoingHttpHeaders =>
  Object.fromEntries([...headers].map(([name, values]) => [name, values.length === 1 ? values[0] : [...values]]))

export function sendAnswer(outgoing: ServerResponse, {status, headers, body}: EndpointResponse): void {
  outgoing.writeHead(status, {...headers}).end(body)
}

/**
 * Passes a request on to a target and its answer back, both as streams. The client gets 502 when the target refuses
 * or breaks the connection before it answers, and 504 when it stays silent; a target that breaks off in the middle of
 * its answer breaks the client's connection too.
 */
export function forwardRequest(incoming: IncomingMessage, outgoing: ServerResponse, options: ForwardOptions): void {
  const {host, port, secure, idleTimeoutMs} = options
  const request = (secure ? https : http).request({
    host,
    port,
    method: incoming.method,
    path: incoming.url,
    headers: nodeHeaders(withFraming(incoming, options.headers)),
    agent: false,
    timeout: idleTimeoutMs,
    rejectUnauthorized: false,
  })
  let settled = false
  const fail = (status: 502 | 504) => {
    if (settled) return
    settled = true
    if (outgoing.headersSent) outgoing.destroy()
    else sendAnswer(outgoing, errorAnswer(status))
    request.destroy()
  }
  request.on('response', (response) => {
    const headers = nodeHeaders(endToEnd(headersFromRaw(response.rawHeaders)))
    outgoing.writeHead(response.statusCode ?? 502, response.statusMessage, headers)
    pipeline(response, outgoing, () => {
      settled = true
    })
  })
  request.on('timeout', () => fail(504))
  request.on('error', () => fail(502))
  outgoing.on('close', () => {
    settled = true
    request.destroy()
  })
  incoming.pipe(request)
}

/** A body of unknown length goes on in chunks, whatever the method. */
function withFraming(incoming: IncomingMessage, headers: Headers): Headers {
  if (incoming.headers['transfer-encoding'] === undefined) return headers
  return new Map([...headers, ['transfer-encoding', ['chunked']]])
}
