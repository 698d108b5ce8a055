import type {IncomingMessage} from 'node:http'
import net from 'node:net'
import type {Duplex} from 'node:stream'
import tls from 'node:tls'
import {errorAnswer, rawAnswer} from './answers.js'
import type {Headers} from './headers.js'

/** Joins two sockets: what one says the other hears, and when one breaks the other ends. */
export function join(client: Duplex, target: Duplex): void {
  client.pipe(target)
  target.pipe(client)
  client.on('error', () => target.destroy())
  target.on('error', () => client.destroy())
  client.on('close', () => target.destroy())
  target.on('close', () => client.destroy())
}

interface TunnelOptions {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly headers: Headers
}

/** Passes a request for another protocol, such as WebSocket, on to a target and leaves the two alone. */
export function tunnelUpgrade(incoming: IncomingMessage, client: Duplex, head: Buffer, options: TunnelOptions): void {
  const {host, port, secure} = options
  const target = secure ? tls.connect({host, port, rejectUnauthorized: false}) : net.connect({host, port})
  const refuse = () => client.end(rawAnswer(errorAnswer(502)))
  target.once('error', refuse)
  client.once('error', () => target.destroy())
  target.once(secure ? 'secureConnect' : 'connect', () => {
    target.off('error', refuse)
    target.write(requestHead(incoming, options.headers))
    target.write(head)
    join(client, target)
  })
}

function requestHead({method, url}: IncomingMessage, headers: Headers): string {
  const lines = [...headers].flatMap(([name, values]) => values.map((value) => `${name}: ${value}\r\n`))
  return `${method} ${url} HTTP/1.1\r\n${lines.join('')}\r\n`
}
