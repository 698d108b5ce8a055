import {timingSafeEqual} from 'node:crypto'
import type {IncomingMessage, ServerResponse} from 'node:http'
import type {LocalAws} from '../local-aws.js'
import {localPage} from '../page/page.js'
import type {RequestLog} from '../request-log/request-log.js'
import {faultChanges, listFaults, RefusedChange, readDocument} from './fault-control.js'
import {takeInventory} from './inventory/inventory.js'
import type {LiveFeed} from './live-feed.js'
import {loadBalancerAddresses} from './load-balancer-addresses.js'
import {parsePath, serveLive, serveRequests} from './streams.js'

export interface ControlOptions {
  readonly aws: () => LocalAws
  /** Must be shown by whoever changes something here. */
  readonly token: string
  /** What `GET /_local/status` answers. */
  readonly describe: () => object
  readonly requestLog: RequestLog
  readonly liveFeed: LiveFeed
  /** Has a change of the faults saved. @throws StateFailure */
  saveFaults(): void
  reset(): Promise<void>
  /** Saves everything; tells whether it could. */
  save(): boolean
  /** Called once the answer has gone that it stops. */
  stop(): void
}

/**
 * What is below `/_local/`: the page, and the interface for the `local` commands and for the addresses of load
 * balancers. Whoever can reach the port may read, as with AWS operations; a change needs the token.
 */
export function controlHandler(options: ControlOptions) {
  const reads: Readonly<Record<string, () => unknown>> = {
    '/_local/status': () => options.describe(),
    '/_local/inventory': () => takeInventory(options.aws()),
    '/_local/load-balancers': () => loadBalancerAddresses(options.aws()),
    '/_local/faults': () => listFaults(options.aws()),
  }
  const changes: Readonly<Record<string, Change>> = {
    '/_local/reset': () => options.reset(),
    '/_local/stop': () => ({saved: options.save()}),
    ...Object.fromEntries(
      Object.entries(faultChanges).map(([path, change]): [string, Change] => [
        path,
        (document) => {
          const changed = change(options.aws(), document)
          options.saveFaults()
          return changed
        },
      ]),
    ),
  }
  const pages: Readonly<Record<string, (response: ServerResponse, query: URLSearchParams) => void>> = {
    '/_local': (response) => response.writeHead(302, {location: '/_local/'}).end(),
    '/_local/': (response) => sendPage(response),
    '/_local/live': (response) => serveLive(options.liveFeed, response),
    '/_local/requests': (response, query) => serveRequests(options.requestLog, query, response),
  }
  return (request: IncomingMessage, response: ServerResponse): void => {
    const {path, query} = parsePath(request)
    const page = request.method === 'GET' ? pages[path] : undefined
    const read = request.method === 'GET' ? reads[path] : undefined
    const change = request.method === 'POST' ? changes[path] : undefined
    if (page !== undefined) page(response, query)
    else if (read !== undefined) answer(response, 200, read())
    else if (change === undefined) answer(response, 404, {message: `there is no ${request.method} ${path}`})
    else if (!showsToken(request, options.token)) answer(response, 403, {message: 'the token is missing or wrong'})
    else {
      if (path === '/_local/stop') response.once('close', () => options.stop())
      respondTo(request, response, change)
    }
  }
}

function sendPage(response: ServerResponse): void {
  const {html, headers} = localPage()
  response.writeHead(200, headers).end(html)
}

/** Takes the document that was sent, and answers another one or nothing. */
type Change = (document: unknown) => object | Promise<void> | void

function respondTo(request: IncomingMessage, response: ServerResponse, change: Change): void {
  readDocument(request)
    .then(change)
    .then(
      (document) => answer(response, 200, document ?? {}),
      (error: unknown) => {
        if (error instanceof RefusedChange) answer(response, 400, {message: error.message})
        else answer(response, 500, {message: error instanceof Error ? error.message : String(error)})
      },
    )
}

function showsToken({headers}: IncomingMessage, token: string): boolean {
  const shown = Buffer.from(headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  return shown.length === wanted.length && timingSafeEqual(shown, wanted)
}

function answer(response: ServerResponse, status: number, document: unknown): void {
  response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(document))
}
