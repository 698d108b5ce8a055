import net from 'node:net'
import type {TargetEndpoint} from '../ports.js'
import {errorAnswer, rawAnswer} from './answers.js'
import {flatHeaders, headersFromRaw} from './headers.js'
import type {Decision} from './router.js'
import {join} from './tunnel.js'

type Simulated = Extract<TargetEndpoint, {kind: 'simulated'}>

/**
 * The TCP server behind a listener of a Network Load Balancer.
 *
 * @param decide where the next connection goes; one that goes nowhere is cut
 */
export function createTcpListener(decide: (sourceIp: string) => Decision | undefined): net.Server {
  return net.createServer((client) => {
    const decision = decide(client.remoteAddress ?? '')
    if (decision?.kind !== 'forward') {
      client.destroy()
      return
    }
    const {endpoint} = decision
    if (endpoint.kind === 'address') join(client, net.connect({host: endpoint.host, port: endpoint.port}))
    else answerOnce(client, endpoint)
  })
}

/** A simulated target understands HTTP only: one request without a body, one answer. */
function answerOnce(client: net.Socket, endpoint: Simulated): void {
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

function respond(head: string, endpoint: Simulated) {
  const [start = '', ...lines] = head.slice(0, head.indexOf('\r\n\r\n')).split('\r\n')
  const [, method, path] = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/.exec(start) ?? []
  if (method === undefined || path === undefined) return errorAnswer(400)
  const raw = lines.flatMap((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).trim()]
  })
  return endpoint.respond({method, path, headers: flatHeaders(headersFromRaw(raw))})
}
