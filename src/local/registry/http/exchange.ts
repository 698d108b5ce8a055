import type {IncomingMessage, ServerResponse} from 'node:http'
import type {Repository} from '../repository.js'
import type {RegistryStore} from '../store.js'
import {RegistryError} from './errors.js'

/** One request for something in a repository, and the response to write. */
export interface Exchange {
  readonly store: RegistryStore
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly query: URLSearchParams
  readonly repository: Repository
  /** The base of every location in the repository: `/v2/<account>/<region>/<repositoryName>`. */
  readonly base: string
}

/** ECR takes manifests of up to 4 MiB. */
const maxManifestBytes = 4 * 1024 * 1024

export function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string | number>> = {},
  body = '',
): void {
  const bytes = Buffer.from(body)
  response.writeHead(status, {
    'docker-distribution-api-version': 'registry/2.0',
    // A 204 must not have the header at all.
    ...(status !== 204 && {'content-length': bytes.length}),
    ...headers,
  })
  response.end(response.req.method === 'HEAD' ? undefined : bytes)
}

export const sendJson = (response: ServerResponse, document: unknown, headers: Record<string, string> = {}): void =>
  send(response, 200, {'content-type': 'application/json', ...headers}, JSON.stringify(document))

export function sendError(response: ServerResponse, {code, status, message, headers}: RegistryError): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const body = JSON.stringify({errors: [{code, message}]})
  send(response, status, {'content-type': 'application/json; charset=utf-8', ...headers}, body)
}

/** The chunks of a request body. The connection outlives a failure of the reader, so that it can still be told. */
export const bodyOf = (request: IncomingMessage): AsyncIterable<Uint8Array> =>
  request.iterator({destroyOnReturn: false})

/** Reads a manifest whole: its digest covers every byte, so it must survive as text. */
export async function readManifestText(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bodyOf(request)) {
    size += chunk.length
    if (size > maxManifestBytes) {
      const message = `manifest is larger than ${maxManifestBytes} bytes`
      throw new RegistryError('SIZE_INVALID', 413, message, {connection: 'close'})
    }
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(Buffer.concat(chunks))
  } catch (error) {
    if (error instanceof TypeError) throw new RegistryError('MANIFEST_INVALID', 400, 'manifest is not valid UTF-8')
    throw error
  }
}
