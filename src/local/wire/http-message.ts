/** An HTTP request as the wire reads it; both transports make one. */
export interface WireRequest {
  readonly method: string
  /** Percent-encoded, without the query. */
  readonly path: string
  readonly query: Readonly<Record<string, string | readonly string[] | null>>
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

export interface WireResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/** The transport is to break the connection without an answer, as a failing network does. */
export class ConnectionDropped extends Error {
  override readonly name = 'ConnectionDropped'
}

export const bodyText = ({body}: WireRequest): string =>
  typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')

/** The values of one query parameter; none where it is absent. */
export function queryValues(request: WireRequest, name: string): readonly string[] {
  const value = Object.hasOwn(request.query, name) ? request.query[name] : undefined
  if (value === undefined || value === null) return []
  return typeof value === 'string' ? [value] : value
}

/** The parameters of a query-protocol request: a form in the body, or the query of a GET. */
export function formParameters(request: WireRequest): URLSearchParams {
  const parameters = new URLSearchParams(bodyText(request))
  for (const name of Object.keys(request.query)) {
    for (const value of queryValues(request, name)) parameters.append(name, value)
  }
  return parameters
}
