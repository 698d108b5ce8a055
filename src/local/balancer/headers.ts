/** By lower-case name. */
export type Headers = ReadonlyMap<string, readonly string[]>

/** Headers that speak of one connection only, so that a proxy does not pass them on. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
])

/** Reads the alternating names and values that Node gives as rawHeaders. */
export function headersFromRaw(raw: readonly string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>()
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase()
    headers.set(name, [...(headers.get(name) ?? []), raw[index + 1] ?? ''])
  }
  return headers
}

export const headersFromRecord = (record: Readonly<Record<string, string>>): Map<string, string[]> =>
  headersFromRaw(Object.entries(record).flat())

/** The headers that go through to the other side. */
export function endToEnd(headers: Headers): Map<string, readonly string[]> {
  const named = (headers.get('connection') ?? []).flatMap((value) => value.toLowerCase().split(/\s*,\s*/))
  return new Map([...headers].filter(([name]) => !HOP_BY_HOP.has(name) && !named.includes(name)))
}

export interface Via {
  readonly clientIp: string
  /** What the client speaks with the load balancer: `http` or `https`. */
  readonly protocol: string
  /** The port of the listener as AWS knows it. */
  readonly port: number
  readonly traceId: string
}

/** Adds what a load balancer tells its targets of the client. X-Forwarded-For grows, the others are set anew. */
export function withForwarded(
  headers: Headers,
  {clientIp, protocol, port, traceId}: Via,
): Map<string, readonly string[]> {
  const chain = [...(headers.get('x-forwarded-for') ?? []), clientIp].join(', ')
  return new Map([
    ...headers,
    ['x-forwarded-for', [chain]],
    ['x-forwarded-proto', [protocol]],
    ['x-forwarded-port', [String(port)]],
    ['x-amzn-trace-id', headers.get('x-amzn-trace-id') ?? [traceId]],
  ])
}

/** Each name with its values in one line, for a consumer that knows no repeated headers. */
export const flatHeaders = (headers: Headers): Record<string, string> =>
  Object.fromEntries([...headers].map(([name, values]) => [name, values.join(', ')]))
