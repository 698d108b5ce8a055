import {timingSafeEqual} from 'node:crypto'
import type {IncomingMessage, ServerResponse} from 'node:http'
import type {LocalAws} from '../local-aws.js'
import {loadBalancerAddresses} from './load-balancer-addresses.js'

export interface ControlOptions {
  readonly aws: () => LocalAws
  /** Must be shown by whoever changes something here. */
  readonly token: string
  /** What `GET /_local/status` answers besides the load balancers. */
  readonly describe: () => object
  reset(): Promise<void>
  stop(): void
}

/** The interface for the `local` commands and for the addresses of load balancers: JSON over HTTP below `/_local/`. */
export function controlHandler(options: ControlOptions) {
  const reads: Readonly<Record<string, () => unknown>> = {
    '/_local/status': () => ({...options.describe(), loadBalancers: loadBalancerAddresses(options.aws())}),
    '/_local/load-balancers': () => loadBalancerAddresses(options.aws()),
  }
  const changes: Readonly<Record<string, () => Promise<void> | void>> = {
    '/_local/reset': () => options.reset(),
    '/_local/stop': () => options.stop(),
  }
  return (request: IncomingMessage, response: ServerResponse): void => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    const read = request.method === 'GET' ? reads[path] : undefined
    const change = request.method === 'POST' ? changes[path] : undefined
    if (read !== undefined) answer(response, 200, read())
    else if (change === undefined) answer(response, 404, {message: `there is no ${request.method} ${path}`})
    else if (!showsToken(request, options.token)) answer(response, 403, {message: 'the token is missing or wrong'})
    else respondTo(response, change)
  }
}

function respondTo(response: ServerResponse, change: () => Promise<void> | void): void {
  Promise.resolve()
    .then(change)
    .then(
      () => answer(response, 200, {}),
      (error: unknown) => answer(response, 500, {message: String(error)}),
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
