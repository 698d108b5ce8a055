import type {IncomingMessage, ServerResponse} from 'node:http'
import type {WireRequest, WireResponse} from './http-message.js'
import {ConnectionDropped} from './http-message.js'
import type {Wire} from './wire.js'

export interface HttpListenerOptions {
  /** Bytes of a request's body above which it is refused with 413; 32 MiB where it is not given: ECR takes parts of 20 MiB. */
  readonly maxBodyBytes?: number
}

class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge'
}

class ClientGone extends Error {
  override readonly name = 'ClientGone'
}

/** The request listener of a `node:http` server that serves a wire. */
export function httpListener(
  wire: Wire,
  {maxBodyBytes = 32 * 1024 * 1024}: HttpListenerOptions = {},
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    void serve(wire, request, maxBodyBytes).then(
      (answer) => send(response, answer),
      (error: unknown) => refuse(request, response, error),
    )
  }
}

async function serve(wire: Wire, request: IncomingMessage, maxBodyBytes: number): Promise<WireResponse> {
  const body = await readBody(request, maxBodyBytes)
  return wire.handle(readRequest(request, body))
}

/** Splits the URL by hand: a URL object would resolve `..` and decode what must stay encoded. */
function readRequest(request: IncomingMessage, body: Uint8Array): WireRequest {
  const url = request.url ?? '/'
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  const query: Record<string, string[]> = {}
  for (const [name, value] of new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1))) {
    query[name] = [...(query[name] ?? []), value]
  }
  const headers = Object.entries(request.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')])
  return {method: request.method ?? 'GET', path, query, headers: Object.fromEntries(headers), body}
}

async function readBody(request: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    // Not destroyed, so that a body that is too large can still be answered.
    for await (const chunk of request.iterator({destroyOnReturn: false}) as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > maxBytes) throw new BodyTooLarge(`a request of more than ${maxBytes} bytes is refused`)
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof BodyTooLarge) throw error
    throw new ClientGone('the client went away', {cause: error})
  }
  return Buffer.concat(chunks)
}

function send(response: ServerResponse, {status, headers, body}: WireResponse): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  response.writeHead(status, {...headers, 'content-length': bytes.byteLength})
  response.end(bytes)
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (error instanceof ConnectionDropped || error instanceof ClientGone) {
    request.socket.destroy()
    return
  }
  request.resume()
  const status = error instanceof BodyTooLarge ? 413 : 500
  const text = error instanceof Error ? error.message : String(error)
  send(response, {status, headers: {'content-type': 'text/plain', connection: 'close'}, body: text})
}
