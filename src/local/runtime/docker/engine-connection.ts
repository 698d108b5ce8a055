import type {IncomingMessage} from 'node:http'
import {request} from 'node:http'

/** A request to the engine's HTTP API. */
export interface EngineCall {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly headers?: Readonly<Record<string, string>>
  /** Bytes go as a tar archive, anything else as JSON. */
  readonly body?: Buffer | object
  readonly signal?: AbortSignal
}

/** The engine refused a call, or could not be reached; then there is no status. */
export class EngineError extends Error {
  readonly status: number | undefined

  constructor(message: string, status?: number, options?: ErrorOptions) {
    super(message, options)
    this.name = 'EngineError'
    this.status = status
  }
}

/** HTTP over the engine's unix socket. Streams stay open as long as the engine or the caller wants. */
export class EngineConnection {
  readonly #socketPath: string

  constructor(socketPath: string) {
    this.#socketPath = socketPath
  }

  /**
   * Sends a call and answers once the headers are there; the caller must read the body.
   *
   * @throws EngineError with the engine's own words
   */
  async open(call: EngineCall): Promise<IncomingMessage> {
    const response = await this.#send(call)
    const {statusCode = 0} = response
    if (statusCode < 400) return response
    throw new EngineError(messageOf(await readText(response)), statusCode)
  }

  /** Sends a call and parses its answer; undefined for an empty one. */
  async ask(call: EngineCall): Promise<unknown> {
    const text = await readText(await this.open(call))
    return text.trim() === '' ? undefined : JSON.parse(text)
  }

  #send({method, path, query = {}, headers, body, signal}: EngineCall): Promise<IncomingMessage> {
    const bytes = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
    const type = Buffer.isBuffer(body) ? 'application/x-tar' : 'application/json'
    const {promise, resolve, reject} = Promise.withResolvers<IncomingMessage>()
    const sent = request({
      socketPath: this.#socketPath,
      method,
      path: withQuery(path, query),
      agent: false,
      headers: {
        host: 'docker',
        ...headers,
        ...(bytes === undefined ? {} : {'content-type': type, 'content-length': bytes.length}),
      },
      ...(signal === undefined ? {} : {signal}),
    })
    sent.on('response', resolve)
    sent.on('error', (error) => reject(this.#unreachable(error)))
    sent.end(bytes)
    return promise
  }

  #unreachable(error: Error): EngineError {
    const message = `the docker engine does not answer at ${this.#socketPath}: ${error.message}`
    return new EngineError(message, undefined, {cause: error})
  }
}

function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

function messageOf(text: string): string {
  try {
    const {message} = JSON.parse(text) as {message?: unknown}
    return typeof message === 'string' ? message : text
  } catch {
    // A proxy before the engine answers in words of its own.
    return text.trim()
  }
}
