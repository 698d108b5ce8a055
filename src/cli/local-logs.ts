import {request} from 'node:http'
import {createInterface} from 'node:readline'
import {MachineError} from '../errors/errors.js'
import type {ServedRequest} from '../local/request-log/served-request.js'
import type {LocalServer} from './local-address.js'

export interface LocalLogsOptions {
  /** How many of the latest requests. */
  readonly tail: number
  readonly follow: boolean
  /** Only failed ones. */
  readonly errors: boolean
  readonly service?: string | undefined
  readonly signal: AbortSignal
}

/**
 * Reads the request log of a local AWS, oldest first; with `follow` until the signal, or the end of the server.
 *
 * @throws MachineError LOCAL_UNREACHABLE or LOCAL_REFUSED
 */
export async function* readRequestLog(server: LocalServer, options: LocalLogsOptions): AsyncIterable<ServedRequest> {
  const {tail, follow, errors, service, signal} = options
  const query = new URLSearchParams({
    tail: String(tail),
    ...(follow && {follow: '1'}),
    ...(errors && {errors: '1'}),
    ...(service !== undefined && {service}),
  })
  const response = await open(server, `/_local/requests?${query}`, signal)
  try {
    for await (const line of createInterface({input: response})) yield JSON.parse(line) as ServedRequest
  } catch (error) {
    // A server that stops closes its connections, which is the end of the log.
    if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET' && !signal.aborted) throw error
  } finally {
    response.destroy()
  }
}

function open(server: LocalServer, path: string, signal: AbortSignal) {
  return new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    const sent = request(`${server.url}${path}`, {signal}, (response) => {
      if (response.statusCode === 200) resolve(response)
      else reject(new MachineError('LOCAL_REFUSED', `the local AWS at ${server.url} refuses ${path}`))
    })
    sent.on('error', (error) =>
      reject(
        new MachineError('LOCAL_UNREACHABLE', `the local AWS at ${server.url} does not answer: ${error.message}`, {
          cause: error,
        }),
      ),
    )
    sent.end()
  })
}
