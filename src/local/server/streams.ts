import type {IncomingMessage, ServerResponse} from 'node:http'
import {finished} from 'node:stream'
import type {RequestLog} from '../request-log/request-log.js'
import {isWanted} from '../request-log/served-request.js'
import type {LiveFeed} from './live-feed.js'

/** A reader that is so far behind does not read any more; it may come back and begin anew. */
const maxBufferedBytes = 16 * 1024 * 1024

/** Writes until the reader goes away or falls behind; `end` is called once then. */
function streaming(response: ServerResponse, contentType: string, end: () => void) {
  response.writeHead(200, {'content-type': contentType, 'cache-control': 'no-store'})
  response.flushHeaders()
  finished(response, end)
  return (text: string) => {
    if (response.writableLength > maxBufferedBytes) response.destroy()
    else if (!response.destroyed) response.write(text)
  }
}

/** `GET /_local/live`: server-sent events, for the page. */
export function serveLive(feed: LiveFeed, response: ServerResponse): void {
  let disconnect: () => void = () => undefined
  const write = streaming(response, 'text/event-stream', () => disconnect())
  write('retry: 500\n\n')
  disconnect = feed.connect((event, data) => write(`event: ${event}\ndata: ${data}\n\n`))
}

const mostRequests = 100_000

/**
 * `GET /_local/requests`: the latest requests as JSON Lines, oldest first. `tail` says how many, `service` and `errors=1`
 * which, and with `follow=1` the answer goes on with new ones.
 *
 * A `tail` that is no whole number is refused
 */
export function serveRequests(log: RequestLog, query: URLSearchParams, response: ServerResponse): void {
  const tail = Number(query.get('tail') ?? '100')
  if (!Number.isInteger(tail) || tail < 0) {
    response.writeHead(400, {'content-type': 'text/plain'}).end('tail is a whole number')
    return
  }
  const filter = {service: query.get('service') ?? undefined, errors: query.get('errors') === '1'}
  let unfollow: () => void = () => undefined
  const write = streaming(response, 'application/x-ndjson', () => unfollow())
  const lines = log.latest(Math.min(tail, mostRequests), filter).map((request) => `${JSON.stringify(request)}\n`)
  write(lines.join(''))
  if (query.get('follow') !== '1') {
    response.end()
    return
  }
  unfollow = log.follow((request) => {
    if (isWanted(request, filter)) write(`${JSON.stringify(request)}\n`)
  })
}

/** Path and query of a request for the control interface. */
export function parsePath({url = '/'}: IncomingMessage): {readonly path: string; readonly query: URLSearchParams} {
  const mark = url.indexOf('?')
  if (mark < 0) return {path: url, query: new URLSearchParams()}
  return {path: url.slice(0, mark), query: new URLSearchParams(url.slice(mark + 1))}
}
