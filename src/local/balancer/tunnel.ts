import net from 'node:net'
import type {Duplex} from 'node:stream'
import tls from 'node:tls'
import {errorAnswer, rawAnswer} from './answers.js'
import type {Headers} from './headers.js'
import type {TargetKey, TargetPool} from './target-pool.js'

/** Joins two sockets: what one says the other hears, and when one breaks the other ends. */
export function join(client: Duplex, target: Duplex): void {
  client.pipe(target)
  target.pipe(client)
  client.on('error', () => target.destroy())
  target.on('error', () => client.destroy())
  client.on('close', () => target.destroy())
  target.on('close', () => client.destroy())
}

export interface TargetSocketOptions {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly pool: TargetPool
  readonly target: TargetKey
  /** How long nothing may be said, in real milliseconds. */
  readonly idleTimeoutMs: number
}

/** Opens a connection to a target that ends with the deregistration of the target, or when nobody says anything. */
export function targetSocket(options: TargetSocketOptions): net.Socket {
  const {host, port, secure, pool, target, idleTimeoutMs} = options
  // A load balancer does not validate the certificates of its targets.
  const socket = secure ? tls.connect({host, port, rejectUnauthorized: false}) : net.connect({host, port})
  const exchange = pool.begin(target, () => socket.destroy())
  socket.setTimeout(idleTimeoutMs, () => socket.destroy())
  socket.once('close', () => exchange.end())
  return socket
}

interface TunnelOptions extends TargetSocketOptions {
  readonly method: string
  readonly path: string
  readonly headers: Headers
}

/** Passes a request to switch to the WebSocket protocol on to a target and leaves the two alone. */
export function tunnelUpgrade(client: Duplex, head: Buffer, options: TunnelOptions): void {
  const target = targetSocket(options)
  let joined = false
  const refuse = () => {
    if (!joined) client.end(rawAnswer(errorAnswer(502)))
  }
  target.once('error', refuse)
  target.once('close', refuse)
  client.once('error', () => target.destroy())
  client.once('close', () => target.destroy())
  target.once(options.secure ? 'secureConnect' : 'connect', () => {
    target.write(requestHead(options))
    target.write(head)
  })
  target.once('readable', () => {
    if (target.readableLength === 0) return
    joined = true
    join(client, target)
  })
}

function requestHead({method, path, headers}: TunnelOptions): string {
  const lines = [...headers].flatMap(([name, values]) => values.map((value) => `${name}: ${value}\r\n`))
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`
}
