import type {Parsed} from './parsed.js'
import {firstRepeated, invalid, parseEach, valid} from './parsed.js'
import {parseNumber, shown} from './whole-number.js'

export type ListenerProtocol = 'HTTP' | 'HTTPS' | 'TCP'

/** The port of a load balancer. TLS ends at a network load balancer, and goes on to its targets as TCP. */
export interface ListenerPort {
  readonly protocol: ListenerProtocol | 'TLS'
  readonly port: number
}

export interface Port {
  readonly protocol: ListenerProtocol
  readonly port: number
}

/** The ports of one load balancer, and the type of load balancer that they ask for. */
export interface LoadBalancerPorts {
  readonly type: 'application' | 'network'
  readonly ports: readonly [ListenerPort, ...ListenerPort[]]
}

const PROTOCOLS: ReadonlySet<string> = new Set<ListenerProtocol>(['HTTP', 'HTTPS', 'TCP'])
const NETWORK_PROTOCOLS: ReadonlySet<string> = new Set(['UDP', 'TLS', 'TCP_UDP', 'QUIC', 'TCP_QUIC'])
const PORT_RULE = {name: 'port', min: 1, max: 65_535}

/**
 * Reads `PROTOCOL:PORT` (HTTP, HTTPS or TCP, in any case) or a bare port: 80 stands for HTTP:80, 443 for HTTPS:443,
 * and any other number for TCP, which asks for a network load balancer.
 */
export function parsePort(text: string): Parsed<Port> {
  const fields = text.split(':')
  if (fields.length > 2) return invalid(`port ${shown(text)} has too many fields: use PROTOCOL:PORT, e.g. HTTP:8080`)
  const [first = '', second] = fields
  if (second !== undefined) return portOf(first, second, text)
  const port = parseNumber(first, PORT_RULE)
  return port.ok ? valid({protocol: inferredProtocol(port.value), port: port.value}) : port
}

/** Reads ports of a load balancer, given one by one, as a comma-separated list, or both. */
export function parsePorts(texts: readonly string[]): Parsed<ListenerPort[]> {
  const items = texts.flatMap((text) => text.split(',')).map((item) => item.trim())
  return parseEach<ListenerPort>(items, parseListenerPort)
}

/** As `parsePort`, and `TLS:PORT`. */
function parseListenerPort(text: string): Parsed<ListenerPort> {
  const [, portText] = /^tls:([^:]*)$/i.exec(text) ?? []
  if (portText === undefined) return parsePort(text)
  const port = parseNumber(portText, PORT_RULE)
  return port.ok ? valid({protocol: 'TLS' as const, port: port.value}) : port
}

/** The long form of a port, which `parsePort` reads back. */
export function formatPort({protocol, port}: ListenerPort): string {
  return `${protocol}:${port}`
}

/**
 * Checks that one load balancer can listen on all ports. An application load balancer listens for HTTP and HTTPS, a
 * network load balancer for TCP and TLS; neither does both, and neither has two listeners on one port.
 */
export function portsOfLoadBalancer(ports: readonly ListenerPort[]): Parsed<LoadBalancerPorts> {
  const [first, ...others] = ports
  if (first === undefined) return invalid('no port is given: give at least one, e.g. 80 or HTTPS:443')
  const repeated = firstRepeated(ports, ({port}) => port)
  if (repeated !== undefined) return invalid(`port ${repeated.port} is given more than once: give each port once`)
  const tcp = ports.filter(({protocol}) => protocol === 'TCP' || protocol === 'TLS')
  if (tcp.length === 0) return valid({type: 'application', ports: [first, ...others]})
  if (tcp.length === ports.length) return valid({type: 'network', ports: [first, ...others]})
  return invalid(
    `ports ${ports.map(formatPort).join(', ')} mix ${tcp.some(({protocol}) => protocol === 'TLS') ? 'TCP or TLS' : 'TCP'} with HTTP or HTTPS: ` +
      'use one load balancer for TCP and another for HTTP and HTTPS',
  )
}

function portOf(protocolText: string, portText: string, text: string): Parsed<Port> {
  const protocol = protocolText.toUpperCase()
  if (!isListenerProtocol(protocol)) return invalid(protocolProblem(protocol, protocolText, text))
  const port = parseNumber(portText, PORT_RULE)
  return port.ok ? valid({protocol, port: port.value}) : port
}

function protocolProblem(protocol: string, given: string, text: string): string {
  if (protocol === '') return `port ${shown(text)} has no protocol before the colon: use HTTP, HTTPS or TCP`
  const reason = NETWORK_PROTOCOLS.has(protocol) ? 'is not supported by this tool' : 'is not valid'
  return `protocol ${shown(given)} in port ${shown(text)} ${reason}: use HTTP, HTTPS or TCP`
}

function inferredProtocol(port: number): ListenerProtocol {
  if (port === 80) return 'HTTP'
  return port === 443 ? 'HTTPS' : 'TCP'
}

function isListenerProtocol(text: string): text is ListenerProtocol {
  return PROTOCOLS.has(text)
}
