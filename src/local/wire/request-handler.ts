import type {HttpHandler} from '@smithy/core/protocols'
import {HttpResponse} from '@smithy/core/protocols'
import type {HttpHandlerOptions} from '@smithy/types'
import {ConnectionDropped} from './http-message.js'
import type {Wire} from './wire.js'

/**
 * A `requestHandler` for SDK clients that talks to a wire in the same process, without a socket. A dropped
 * connection rejects with ECONNRESET, and an aborted call with an AbortError, as they do over a socket.
 */
export function inProcessRequestHandler(wire: Wire): HttpHandler {
  return {
    metadata: {handlerProtocol: 'in-process'},

    async handle(request, options) {
      const answer = async () => {
        const headers = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])
        const {method, path, query} = request
        const body = await readBody(request.body)
        const response = await wire.handle({method, path, query, headers: Object.fromEntries(headers), body})
        // A copy, since the SDK changes the prototype of the bytes that it is given.
        const bytes = typeof response.body === 'string' ? Buffer.from(response.body) : Uint8Array.from(response.body)
        return new HttpResponse({statusCode: response.status, headers: {...response.headers}, body: bytes})
      }
      return {response: await untilAborted(answer, options?.abortSignal)}
    },

    updateHttpClientConfig: ignoreConfig,
    httpHandlerConfigs: () => ({}),
  }
}

/** The SDK offers settings of sockets and proxies, of which there are none here. */
const ignoreConfig = (): void => undefined

async function readBody(body: unknown): Promise<string | Uint8Array> {
  if (body === undefined || body === null) return ''
  if (typeof body === 'string' || body instanceof Uint8Array) return body
  const chunks: Uint8Array[] = []
  for await (const chunk of body as AsyncIterable<Uint8Array | string>) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

async function untilAborted<Value>(
  run: () => Promise<Value>,
  signal: HttpHandlerOptions['abortSignal'],
): Promise<Value> {
  if (!(signal instanceof AbortSignal)) return run().catch(asNetworkError)
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(abortError(signal.reason))
  if (signal.aborted) throw abortError(signal.reason)
  signal.addEventListener('abort', abort, {once: true})
  try {
    return await Promise.race([run().catch(asNetworkError), aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

const abortError = (reason: unknown): Error =>
  Object.assign(new Error('Request aborted', {cause: reason}), {name: 'AbortError'})

function asNetworkError(error: unknown): never {
  if (error instanceof ConnectionDropped) {
    throw Object.assign(new Error('socket hang up', {cause: error}), {code: 'ECONNRESET'})
  }
  throw error
}
