import net from 'node:net'
import type {Clock} from '../clock.js'
import type {EndpointRequest, EndpointResponse, TaskRuntime} from '../task-runtime.js'
import {errorAnswer, redirectAnswer} from './answers.js'
import {fetchAnswer} from './fetching.js'
import {endToEnd, flatHeaders, headersFromRecord, withForwarded} from './headers.js'
import type {CheckedEndpoint} from './health-checks.js'
import {HealthChecks} from './health-checks.js'
import {httpConnections} from './http-listener.js'
import {LOOPBACK} from './listening.js'
import type {ListenerRecord, LoadBalancerRecord, Topology} from './model.js'
import {isSecure} from './model.js'
import {locationOf} from './redirect.js'
import {Rotation} from './rotation.js'
import type {Router} from './router.js'
import {createRouter} from './router.js'
import {routingSettings} from './settings.js'
import type {WantedServer} from './sockets.js'
import {Sockets} from './sockets.js'
import {TargetPool} from './target-pool.js'
import {tcpConnections} from './tcp-listener.js'
import type {FindCertificate} from './tls-connections.js'
import {TlsConnections} from './tls-connections.js'
import {newTraceId} from './trace-id.js'

/** Where a listener is reached on this machine. */
export interface BalancerAddress {
  readonly url: string
  readonly host: string
  readonly port: number
}

export interface BalancerListing {
  readonly loadBalancerArn: string
  readonly loadBalancerName: string
  readonly dnsName: string
  readonly listenerArn: string
  readonly protocol: string
  /** The port as AWS knows it. */
  readonly port: number
  readonly address: BalancerAddress | undefined
}

/** A request for {@link Balancer.route}; the source address is 127.0.0.1 unless told otherwise. */
export interface RoutedRequest extends EndpointRequest {
  readonly sourceIp?: string
}

export interface Balancer {
  /** Where a port of a load balancer, given by ARN or DNS name, is reached on this machine; undefined until it is. */
  address(loadBalancer: string, port: number): BalancerAddress | undefined
  /** Every listener of every active load balancer. */
  list(): readonly BalancerListing[]
  /**
   * Answers a request without a body as a listener of an Application Load Balancer would, without a socket of its own.
   *
   * @throws Error when there is no such listener
   */
  route(listenerArn: string, request: RoutedRequest): Promise<EndpointResponse>
  /** To be called when load balancers, listeners, rules or targets have changed. */
  refresh(): void
  /** Waits until the sockets are as the listeners say. */
  ready(): Promise<void>
  /** Closes every socket and ends the health checks. */
  close(): Promise<void>
}

export interface BalancerOptions {
  readonly topology: Topology
  readonly clock: Clock
  readonly connect: TaskRuntime['connect']
  readonly random: () => number
  readonly certificate: FindCertificate
  /** Without sockets the health checks still run and {@link Balancer.route} still answers. */
  readonly listen: boolean
  /** To be called when the balancer itself has changed a record. */
  readonly onRecord?: (() => void) | undefined
  /** What health checks meet in place of targets. */
  readonly checkedEndpoint?: CheckedEndpoint | undefined
}

/** The load balancers themselves: they check targets, listen on loopback and pass requests on. */
export function createBalancer(options: BalancerOptions): Balancer {
  const {topology, clock, random} = options
  const checks = new HealthChecks({...options, onStatus: options.onRecord})
  const sockets = new Sockets()
  const pool = new TargetPool()
  const parts: Parts = {
    topology,
    clock,
    sockets,
    pool,
    tls: new TlsConnections(options.certificate),
    router: createRouter({...options, pool, now: () => clock.now(), rotation: new Rotation()}),
    newTraceId: () => newTraceId(clock.now(), random),
  }
  return {
    address(name, port) {
      const loadBalancer = active(topology).find(({arn, dnsName}) => arn === name || dnsName === name)
      return loadBalancer && addressOf(parts, loadBalancer, port)
    },
    list: () =>
      active(topology).flatMap((loadBalancer) =>
        topology.listenersOf(loadBalancer.arn).map((listener) => listingOf(parts, loadBalancer, listener)),
      ),
    route: (listenerArn, request) => route(parts, listenerArn, request),
    refresh() {
      checks.refresh()
      pool.refresh(topology)
      if (options.listen) sockets.refresh(wantedServers(parts, () => options.onRecord?.()))
    },
    ready: () => sockets.ready(),
    async close() {
      checks.close()
      pool.close()
      await sockets.close()
    },
  }
}

interface Parts {
  readonly topology: Topology
  readonly clock: Clock
  readonly sockets: Sockets
  readonly pool: TargetPool
  readonly tls: TlsConnections
  readonly router: Router
  readonly newTraceId: () => string
}

const active = (topology: Topology): LoadBalancerRecord[] =>
  [...topology.loadBalancers()].filter(({state}) => state === 'active')

/** A server for each listener; UDP has none here. */
function wantedServers(parts: Parts, onBound: () => void): ReadonlyMap<string, WantedServer> {
  const servers = new Map<string, WantedServer>()
  for (const loadBalancer of active(parts.topology)) {
    for (const listener of parts.topology.listenersOf(loadBalancer.arn)) {
      if (listener.protocol === 'UDP') continue
      servers.set(listener.arn, {
        port: listener.localPort,
        create: () => createServer(parts, loadBalancer, listener.arn),
        bound(port) {
          listener.localPort = port
          onBound()
        },
      })
    }
  }
  return servers
}

function createServer(parts: Parts, loadBalancer: LoadBalancerRecord, listenerArn: string): net.Server {
  const listener = () => parts.topology.listener(listenerArn)
  const use =
    loadBalancer.type === 'application'
      ? applicationListener(parts, loadBalancer, listener)
      : networkListener(parts, listener)
  return net.createServer((client) => {
    const record = listener()
    if (record === undefined) client.destroy()
    else if (isSecure(record.protocol)) parts.tls.accept(client, record, use)
    else use(client)
  })
}

type CurrentListener = () => ListenerRecord | undefined

function applicationListener(parts: Parts, loadBalancer: LoadBalancerRecord, listener: CurrentListener) {
  return httpConnections({
    ...parts,
    listener,
    settings: () => routingSettings(loadBalancer),
    localPort: (port) => addressOf(parts, loadBalancer, port)?.port,
  })
}

function networkListener({router, pool}: Parts, listener: CurrentListener) {
  const decide = (sourceIp: string) => {
    const record = listener()
    return record && router(record, {method: '', path: '', headers: new Map(), sourceIp})
  }
  // A Network Load Balancer forgets connections after 350 s of silence, unless its listener says otherwise.
  const idleTimeoutMs = () => Number(listener()?.attributes['tcp.idle_timeout.seconds'] ?? 350) * 1000
  return tcpConnections(pool, decide, idleTimeoutMs)
}

function addressOf(
  {topology, sockets}: Parts,
  {arn, type}: LoadBalancerRecord,
  awsPort: number,
): BalancerAddress | undefined {
  const listener = topology.listenersOf(arn).find(({port}) => port === awsPort)
  const port = listener && sockets.port(listener.arn)
  if (port === undefined) return undefined
  const scheme = type === 'application' ? listener?.protocol.toLowerCase() : 'tcp'
  return {url: `${scheme}://${LOOPBACK}:${port}`, host: LOOPBACK, port}
}

const listingOf = (parts: Parts, loadBalancer: LoadBalancerRecord, listener: ListenerRecord): BalancerListing => ({
  loadBalancerArn: loadBalancer.arn,
  loadBalancerName: loadBalancer.name,
  dnsName: loadBalancer.dnsName,
  listenerArn: listener.arn,
  protocol: listener.protocol,
  port: listener.port,
  address: addressOf(parts, loadBalancer, listener.port),
})

async function route(
  {topology, router, newTraceId}: Parts,
  listenerArn: string,
  request: RoutedRequest,
): Promise<EndpointResponse> {
  const listener = topology.listener(listenerArn)
  if (listener === undefined) throw new Error(`There is no listener ${listenerArn}`)
  const {method, path, sourceIp = LOOPBACK} = request
  const headers = headersFromRecord(request.headers)
  const decision = router(listener, {method, path, headers, sourceIp})
  if (decision.kind === 'answer') return decision.answer
  if (decision.kind === 'redirect') return redirectAnswer(decision.status, locationOf(decision.target))
  if (decision.kind === 'lost') return errorAnswer(504)
  const {protocol, port} = listener
  const {settings} = decision
  const via = {
    clientIp: sourceIp,
    protocol: protocol.toLowerCase(),
    port,
    traceId: newTraceId(),
    settings,
    named: 'listener' as const,
  }
  return fetchAnswer(decision, {method, path, headers: flatHeaders(withForwarded(endToEnd(headers), via))})
}
