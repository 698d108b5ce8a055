import type {IncomingMessage} from 'node:http'
import type {RequestFacts} from './conditions.js'

const KIB = 1024
const LONGEST_REQUEST_LINE = 16 * KIB
const LONGEST_HEADER = 16 * KIB
const ALL_REQUEST_HEADERS = 64 * KIB
const MOST_FORWARDED_ADDRESSES = 30
const KNOWN_CODINGS = new Set(['chunked', 'identity'])

/** What the parser must let through, so that the limits of AWS decide and not its own. */
export const PARSED_HEADER_BYTES = 2 * (LONGEST_REQUEST_LINE + ALL_REQUEST_HEADERS)

/** An Application Load Balancer takes no more than 32 K of headers from a target. */
export const RESPONSE_HEADER_BYTES = 32 * KIB

export type Refusal = 400 | 405 | 408 | 414 | 463 | 501 | 505

/** The status with which an Application Load Balancer refuses a request before any rule is looked at. */
export function refusalOf(incoming: IncomingMessage, {method, headers}: RequestFacts): Refusal | undefined {
  const {rawHeaders, httpVersion, url = ''} = incoming
  if (`${method} ${url} HTTP/${httpVersion}`.length > LONGEST_REQUEST_LINE) return 414
  if (tooLarge(rawHeaders)) return 400
  if (httpVersion === '1.1' && headers.get('host')?.length !== 1) return 400
  if (method === 'TRACE') return 405
  if (!KNOWN_CODINGS.has(incoming.headers['transfer-encoding'] ?? 'identity')) return 501
  const addresses = (headers.get('x-forwarded-for') ?? []).flatMap((value) => value.split(','))
  return addresses.length > MOST_FORWARDED_ADDRESSES ? 463 : undefined
}

function tooLarge(raw: readonly string[]): boolean {
  let all = 0
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const length = `${raw[index]}: ${raw[index + 1]}\r\n`.length
    if (length > LONGEST_HEADER) return true
    all += length
  }
  return all > ALL_REQUEST_HEADERS
}

const PARSER_REFUSALS: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_INVALID_TRANSFER_ENCODING: 501,
  HPE_INVALID_VERSION: 505,
  HPE_PAUSED_H2_UPGRADE: 505,
}

/** The same for what the parser could not make a request of. */
export const parserRefusal = (code: string | undefined): Refusal => PARSER_REFUSALS[code ?? ''] ?? 400
