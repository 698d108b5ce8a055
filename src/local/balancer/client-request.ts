import type {IncomingMessage} from 'node:http'
import type {TLSSocket} from 'node:tls'
import type {RequestFacts} from './conditions.js'
import type {Via} from './headers.js'
import {headersFromRaw} from './headers.js'
import {LOOPBACK} from './listening.js'
import type {ListenerRecord} from './model.js'

/** What rule conditions look at, from a request as it came; a proxy's absolute request target becomes path and host. */
export function factsOf({method = 'GET', url = '/', rawHeaders, socket}: IncomingMessage): RequestFacts {
  const headers = headersFromRaw(rawHeaders)
  const [, authority, rest = ''] = /^https?:\/\/([^/?]*)(.*)$/i.exec(url) ?? []
  if (authority !== undefined) headers.set('host', [authority])
  const path = authority === undefined ? url : rest.startsWith('/') ? rest : `/${rest}`
  return {method, path, headers, sourceIp: socket.remoteAddress ?? LOOPBACK}
}

/** Whether the Host header names the socket of this machine that stands for the listener, rather than the listener. */
export function namesSocket({headers}: RequestFacts, {socket}: IncomingMessage): boolean {
  const port = /:(\d+)$/.exec(headers.get('host')?.[0] ?? '')?.[1]
  return port !== undefined && Number(port) === socket.localPort
}

/** Version and cipher suite of the client's connection; undefined where it is not encrypted. */
export function tlsOf({socket}: IncomingMessage, {attributes}: Pick<ListenerRecord, 'attributes'>): Via['tls'] {
  if (!('encrypted' in socket)) return undefined
  const {getProtocol, getCipher} = socket as TLSSocket
  const header = (name: string) => attributes[`routing.http.request.${name}.header_name`] ?? name.replaceAll('_', '-')
  return {
    version: getProtocol.call(socket) ?? '',
    cipher: getCipher.call(socket).name,
    versionHeader: header('x_amzn_tls_version').toLowerCase(),
    cipherHeader: header('x_amzn_tls_cipher_suite').toLowerCase(),
  }
}

/** An Application Load Balancer switches to no other protocol: whoever offers another one gets an answer in this one. */
export const wantsWebSocket = ({headers}: IncomingMessage): boolean => headers.upgrade?.toLowerCase() === 'websocket'
