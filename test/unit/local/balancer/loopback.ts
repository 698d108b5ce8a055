import type {IncomingHttpHeaders} from 'node:http'
import http from 'node:http'
import type {AddressInfo} from 'node:net'
import net from 'node:net'
import type {TargetEndpoint} from '../../../../src/local/task-runtime.js'

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Asks a server on loopback and gathers its answer; unlike `fetch` it sends any header and follows no redirect. */
export function ask(
  url: string,
  {
    method = 'GET',
    path = '/',
    headers = {},
    body,
  }: {method?: string; path?: string; headers?: Record<string, string>; body?: string} = {},
): Promise<Reply> {
  const {promise, resolve, reject} = Promise.withResolvers<Reply>()
  const request = http.request(url, {method, path, headers, agent: false}, (response) => {
    let text = ''
    response.setEncoding('utf8')
    response.on('data', (chunk: string) => {
      text += chunk
    })
    response.on('error', reject)
    response.on('end', () => resolve({status: response.statusCode ?? 0, headers: response.headers, body: text}))
  })
  request.on('error', reject)
  request.end(body)
  return promise
}

/** Servers on loopback that end with the test. */
export function loopbackServers() {
  const open: {server: net.Server; sockets: Set<net.Socket>}[] = []
  const start = async <Server extends net.Server>(server: Server): Promise<number> => {
    const sockets = new Set<net.Socket>()
    server.on('connection', (socket: net.Socket) => sockets.add(socket))
    open.push({server, sockets})
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  }
  return {
    http: (listener: http.RequestListener) => start(http.createServer(listener)),
    server: start,
    tcp: (listener: (socket: net.Socket) => void) => start(net.createServer(listener)),
    async close() {
      for (const {server, sockets} of open.splice(0)) {
        for (const socket of sockets) socket.destroy()
        await new Promise((resolve) => server.close(resolve))
      }
    },
  }
}

export const at = (port: number): TargetEndpoint => ({kind: 'address', host: '127.0.0.1', port})

/** A port of loopback on which nothing listens. */
export async function closedPort(): Promise<number> {
  const servers = loopbackServers()
  const port = await servers.tcp(() => undefined)
  await servers.close()
  return port
}
