import type {Clock} from '../clock.js'
import type {EndpointRequest, EndpointResponse, TargetEndpoint} from '../ports.js'
import {redirectAnswer} from './answers.js'
import {fetchAnswer} from './fetching.js'
import {endToEnd, flatHeaders, headersFromRecord, withForwarded} from './headers.js'
import {HealthChecks} from './health-checks.js'
import {createHttpListener} from './http-listener.js'
import {LOOPBACK} from './listening.js'
import type {ListenerRecord, LoadBalancerRecord, Topology} from './model.js'
import {locationOf} from './redirect.js'
import {Rotation} from './rotation.js'
import type {Router} from './router.js'
import {createRouter} from './router.js'
import {Sockets} from './sockets.js'
import {createTcpListener} from './tcp-listener.js'
import {newTraceId} from './trace-id.js'

/** Where a listener is reached on this machine. HTTPS listeners speak plain HTTP here: nobody has their key. */
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
  readonly connect: (address: string, port: number) => TargetEndpoint | undefined
  readonly random: () => number
  /** Without sockets the health checks still run and {@link Balancer.route} still answers. */
  readonly listen: boolean
}

/** The load balancers themselves: they check targets, listen on loopback and pass requests on. */
export function createBalancer(options: BalancerOptions): Balancer {
  const {topology, clock, random} = options
  const router = createRouter({...options, rotation: new Rotation()})
  const checks = new HealthChecks(options)
  const sockets = new Sockets()
  const traceId = () => newTraceId(clock.now(), random)

  const serverFor = (loadBalancer: LoadBalancerRecord, arn: string) => () => {
    const listener = () => topology.listener(arn)
    if (loadBalancer.type === 'application') {
      const localPort = (port: number) => addressOf(topology, sockets, loadBalancer, port)?.port
      return createHttpListener({listener, router, newTraceId: traceId, localPort})
    }
    return createTcpListener((sourceIp) => {
      const record = listener()
      return record && router(record, {method: '', path: '', headers: new Map(), sourceIp})
    })
  }

  return {
    address(name, port) {
      const loadBalancer = active(topology).find(({arn, dnsName}) => arn === name || dnsName === name)
      return loadBalancer && addressOf(topology, sockets, loadBalancer, port)
    },
    list: () =>
      active(topology).flatMap((loadBalancer) =>
        topology.listenersOf(loadBalancer.arn).map((listener) => ({
          loadBalancerArn: loadBalancer.arn,
          loadBalancerName: loadBalancer.name,
          dnsName: loadBalancer.dnsName,
          listenerArn: listener.arn,
          protocol: listener.protocol,
          port: listener.port,
          address: addressOf(topology, sockets, loadBalancer, listener.port),
        })),
      ),
    async route(listenerArn, request) {
      const listener = topology.listener(listenerArn)
      if (listener === undefined) throw new Error(`There is no listener ${listenerArn}`)
      return route(router, listener, request, traceId())
    },
    refresh() {
      checks.refresh()
      if (options.listen) sockets.refresh(new Map(listening(topology).map(([lb, {arn}]) => [arn, serverFor(lb, arn)])))
    },
    ready: () => sockets.ready(),
    async close() {
      checks.close()
      await sockets.close()
    },
  }
}

const active = (topology: Topology): LoadBalancerRecord[] =>
  [...topology.loadBalancers()].filter(({state}) => state === 'active')

/** The listeners that have a socket; UDP has none here. */
const listening = (topology: Topology): [LoadBalancerRecord, ListenerRecord][] =>
  active(topology).flatMap((loadBalancer) =>
    topology
      .listenersOf(loadBalancer.arn)
      .filter(({protocol}) => protocol !== 'UDP')
      .map((listener): [LoadBalancerRecord, ListenerRecord] => [loadBalancer, listener]),
  )

function addressOf(
  topology: Topology,
  sockets: Sockets,
  {arn, type}: LoadBalancerRecord,
  awsPort: number,
): BalancerAddress | undefined {
  const listener = topology.listenersOf(arn).find(({port}) => port === awsPort)
  const port = listener && sockets.port(listener.arn)
  if (port === undefined) return undefined
  return {url: `${type === 'application' ? 'http' : 'tcp'}://${LOOPBACK}:${port}`, host: LOOPBACK, port}
}

async function route(
  router: Router,
  listener: ListenerRecord,
  request: RoutedRequest,
  traceId: string,
): Promise<EndpointResponse> {
  const {method, path, sourceIp = LOOPBACK} = request
  const headers = headersFromRecord(request.headers)
  const decision = router(listener, {method, path, headers, sourceIp})
  if (decision.kind === 'answer') return decision.answer
  if (decision.kind === 'redirect') return redirectAnswer(decision.status, locationOf(decision.target))
  const via = {clientIp: sourceIp, protocol: listener.protocol.toLowerCase(), port: listener.port, traceId}
  const told = flatHeaders(withForwarded(endToEnd(headers), via))
  return fetchAnswer(decision, {method, path, headers: told})
}
