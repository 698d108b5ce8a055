import type {IncomingMessage, Server, ServerResponse} from 'node:http'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import type {LocalAws} from '../local-aws.js'
import {httpListener} from '../wire/http-listener.js'
import type {ControlOptions} from './control.js'
import {controlHandler} from './control.js'

const loopback = '127.0.0.1'

export interface ServerOptions extends Omit<ControlOptions, 'aws'> {
  /** Asked for each request, so that a reset can put another AWS in its place. */
  readonly aws: () => LocalAws
  /** 0 takes any free port. */
  readonly port: number
  /** Told of each request to the image registry, before it is answered. */
  readonly onRegistryRequest: (request: IncomingMessage, response: ServerResponse) => void
}

export interface RunningServer {
  readonly port: number
  readonly url: string
  close(): Promise<void>
}

/**
 * Serves the AWS API, the image registry (`/v2/`) and the control interface (`/_local/`) on one loopback port.
 *
 * @throws the error of node:net when the port is taken (EADDRINUSE) or may not be used (EACCES)
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const {aws, port, onRegistryRequest} = options
  const control = controlHandler(options)
  const server = createServer((request, response) => {
    if (!isLoopbackName(request.headers.host)) {
      refuse(response, 403, 'the local AWS answers to loopback names only')
      return
    }
    if (isRegistryPath(request.url)) onRegistryRequest(request, response)
    route(request, response, aws(), control)
  })
  // An image layer may take its time; node would end the request after five minutes.
  server.requestTimeout = 0
  await listen(server, port)
  const {port: taken} = server.address() as AddressInfo
  return {port: taken, url: `http://${loopback}:${taken}`, close: () => close(server)}
}

function route(
  request: IncomingMessage,
  response: ServerResponse,
  aws: LocalAws,
  control: ReturnType<typeof controlHandler>,
): void {
  const path = request.url ?? '/'
  if (path.startsWith('/_local')) {
    control(request, response)
  } else if (path === '/' && isBrowser(request)) {
    response.writeHead(302, {location: '/_local/'}).end()
  } else if (isRegistryPath(path)) {
    aws.registry.handle(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else refuse(response, 500, String(error))
    })
  } else {
    httpListener(aws.wire)(request, response)
  }
}

const isRegistryPath = (path = '/'): boolean => path === '/v2' || path.startsWith('/v2/')

/** SDKs and the AWS CLI ask for no document. */
const isBrowser = ({method, headers}: IncomingMessage): boolean =>
  method === 'GET' && headers.authorization === undefined && (headers.accept ?? '').includes('text/html')

/** A page of another site must not reach the server through a name that it makes point to loopback. */
function isLoopbackName(host: string | undefined): boolean {
  return /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/.test(host ?? '')
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify({message}))
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, loopback, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
