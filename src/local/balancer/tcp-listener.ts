import type net from 'node:net'
import type {TargetEndpoint} from '../task-runtime.js'
import {errorAnswer, rawAnswer} from './answers.js'
import {flatHeaders, headersFromRaw} from './headers.js'
import {LOOPBACK} from './listening.js'
import {proxyHeader} from './proxy-protocol.js'
import type {Decision, ForwardDecision} from './router.js'
import type {TargetPool} from './target-pool.js'
import {join, targetSocket} from './tunnel.js'

type Endpoint<Kind extends TargetEndpoint['kind']> = Extract<TargetEndpoint, {kind: Kind}>

/**
 * What a listener of a Network Load Balancer does with a connection.
 *
 * @param decide where the next connection goes; one that goes nowhere is cut
 * @param idleTimeoutMs how long nothing may be said on a connection, in real milliseconds
 */
export function tcpConnections(
  pool: TargetPool,
  decide: (sourceIp: string) => Decision | undefined,
  idleTimeoutMs: () => number,
): (client: net.Socket) => void {
  return (client) => {
    const decision = decide(client.remoteAddress ?? '')
    if (decision?.kind !== 'forward') client.destroy()
    else if (decision.endpoint.kind === 'simulated') answerOnce(client, decision.endpoint)
    else passThrough(client, decision, decision.endpoint, {pool, idleTimeoutMs: idleTimeoutMs()})
  }
}

function passThrough(
  client: net.Socket,
  {secure, target, proxyProtocol}: ForwardDecision,
  {host, port}: Endpoint<'address'>,
  options: {readonly pool: TargetPool; readonly idleTimeoutMs: number},
): void {
  const socket = targetSocket({...options, host, port, secure, target})
  if (proxyProtocol) {
    const {remoteAddress: sourceIp = LOOPBACK, remotePort: sourcePort = 0} = client
    socket.write(proxyHeader({sourceIp, sourcePort, destinationIp: LOOPBACK, destinationPort: client.localPort ?? 0}))
  }
  join(client, socket)
}

/** A simulated target understands HTTP only: one request without a body, one answer. */
function answerOnce(client: net.Socket, endpoint: Endpoint<'simulated'>): void {
  let head = ''
  const read = (chunk: Buffer) => {
    head += chunk.toString('latin1')
    if (!head.includes('\r\n\r\n')) return
    client.off('data', read)
    client.end(rawAnswer(respond(head, endpoint)))
  }
  client.on('data', read)
  client.on('error', () => client.destroy())
}

function respond(head: string, endpoint: Endpoint<'simulated'>) {
  const [start = '', ...lines] = head.slice(0, head.indexOf('\r\n\r\n')).split('\r\n')
  const [, method, path] = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/.exec(start) ?? []
  if (method === undefined || path === undefined) return errorAnswer(400)
  const raw = lines.flatMap((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).trim()]
  })
  return endpoint.respond({method, path, headers: flatHeaders(headersFromRaw(raw))})
}
