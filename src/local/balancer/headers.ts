import type {RoutingSettings} from './settings.js'
import {traceHeader} from './trace-id.js'

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
  readonly clientPort?: number | undefined
  /** What the client speaks with the load balancer: `http` or `https`. */
  readonly protocol: string
  /** The port of the listener as AWS knows it. */
  readonly port: number
  readonly traceId: string
  readonly settings: RoutingSettings
  /** Version and cipher suite of the client's connection, as OpenSSL names them, and the headers that tell of them. */
  readonly tls?:
    | {readonly version: string; readonly cipher: string; readonly versionHeader: string; readonly cipherHeader: string}
    | undefined
  /** Whether the client named the socket of this machine that stands for the listener. */
  readonly named: 'local' | 'listener'
}

/** Adds what a load balancer tells its targets of the client, as its attributes say. */
export function withForwarded(headers: Headers, via: Via): Map<string, readonly string[]> {
  const {protocol, port, traceId, settings, tls} = via
  const kept = settings.dropInvalidHeaders ? [...headers].filter(([name]) => VALID_NAME.test(name)) : headers
  const result = new Map<string, readonly string[]>([
    ...kept,
    ...hostHeader(headers, via),
    ['x-forwarded-proto', [protocol]],
    ['x-forwarded-port', [String(port)]],
    ['x-amzn-trace-id', [traceHeader(headers.get('x-amzn-trace-id')?.join(';'), traceId)]],
  ])
  if (settings.forwardedFor === 'remove') result.delete('x-forwarded-for')
  if (settings.forwardedFor === 'append') result.set('x-forwarded-for', [forwardedFor(headers, via)])
  if (settings.tellsTls && tls !== undefined) {
    result.set(tls.versionHeader, [tls.version])
    result.set(tls.cipherHeader, [tls.cipher])
  }
  return result
}

/** What counts as a valid name where invalid header fields are dropped. */
const VALID_NAME = /^[-A-Za-z0-9]+$/

function forwardedFor(headers: Headers, {clientIp, clientPort, settings}: Via): string {
  const client = settings.forwardedForHasPort && clientPort !== undefined ? `${clientIp}:${clientPort}` : clientIp
  return [...(headers.get('x-forwarded-for') ?? []), client].join(', ')
}

/**
 * A load balancer takes the port off the Host header at its ports 80 and 443, and adds it at any other port. What names
 * the socket on this machine stays, or no address that a target makes from it would lead anywhere.
 */
function hostHeader(headers: Headers, {settings, port, named}: Via): [string, readonly string[]][] {
  const host = headers.get('host')?.[0]
  if (host === undefined || settings.preserveHost || named === 'local') return []
  const plain = host.replace(/:\d+$/, '')
  if (port === 80 || port === 443) return [['host', [plain]]]
  return [['host', [plain === host ? `${host}:${port}` : host]]]
}

/** Each name with its values in one line, for a consumer that knows no repeated headers. */
export const flatHeaders = (headers: Headers): Record<string, string> =>
  Object.fromEntries([...headers].map(([name, values]) => [name, values.join(', ')]))
