import {STATUS_CODES} from 'node:http'
import type {EndpointResponse} from '../task-runtime.js'
import type {FixedResponseAction} from './model.js'
import type {Refusal} from './request-limits.js'

const SERVER = 'awselb/2.0'

const TITLES: Readonly<Record<number, string>> = {
  408: 'Request Time-out',
  414: 'Request-URI Too Large',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
}

const titleOf = (status: number): string => `${status} ${TITLES[status] ?? STATUS_CODES[status] ?? ''}`.trim()

/** The page that an Application Load Balancer shows when it has no answer of a target to pass on. */
export function errorAnswer(status: Refusal | 502 | 503 | 504): EndpointResponse {
  const title = titleOf(status)
  const body = `<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n</body>\n</html>\n`
  return answer(status, body, {'content-type': 'text/html'})
}

export const fixedAnswer = ({status, contentType = 'text/plain', body = ''}: FixedResponseAction): EndpointResponse =>
  answer(status, body, {'content-type': contentType})

export const redirectAnswer = (status: 301 | 302, location: string): EndpointResponse =>
  answer(status, `<html><body>${titleOf(status)}</body></html>\n`, {location, 'content-type': 'text/html'})

const answer = (status: number, body: string, headers: Record<string, string>): EndpointResponse => ({
  status,
  headers: {server: SERVER, ...headers, 'content-length': String(Buffer.byteLength(body))},
  body,
})

/** An answer as the bytes of HTTP/1.1, after which the connection ends. */
export function rawAnswer({status, headers, body}: EndpointResponse): string {
  const fields = {...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close'}
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`
}
