import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import type {TargetEndpoint} from '../task-runtime.js'
import {acceptsStatus} from './matcher.js'
import type {CheckOutcome} from './target-status.js'

export interface ProbeOptions {
  readonly protocol: string
  /** The address that the target has in its VPC, for the Host header. */
  readonly authority: string
  readonly path: string
  readonly matcher: string
  /** Real milliseconds: a target on this machine is not sped up with the clock of the local AWS. */
  readonly timeoutMs: number
}

const PASSED: CheckOutcome = {passed: true}
const TIMED_OUT: CheckOutcome = {passed: false, reason: 'Target.Timeout', description: 'Request timed out'}
const FAILED: CheckOutcome = {
  passed: false,
  reason: 'Target.FailedHealthChecks',
  description: 'Health checks failed',
}

/** A proxy on this machine finds out in a few milliseconds whether something listens behind it. */
const PROXY_CUT_MS = 250

const USER_AGENT = 'ELB-HealthChecker/2.0'

/**
 * Checks the health of a target once. Where nothing has the address the packets are lost, so that the check times
 * out; where something refuses the connection it fails at once.
 *
 * @param endpoint where the target answers; undefined when nothing does
 */
export async function probe(endpoint: TargetEndpoint | undefined, options: ProbeOptions): Promise<CheckOutcome> {
  if (endpoint === undefined) return TIMED_OUT
  if (endpoint.kind === 'refused') return FAILED
  const overHttp = options.protocol === 'HTTP' || options.protocol === 'HTTPS'
  if (endpoint.kind === 'address') return overHttp ? requestOnce(endpoint, options) : connectOnce(endpoint, options)
  if (!overHttp) return PASSED
  const {path, authority, matcher} = options
  const headers = {host: authority, 'user-agent': USER_AGENT}
  return judge(endpoint.respond({method: 'GET', path, headers}).status, matcher)
}

function judge(status: number, matcher: string): CheckOutcome {
  if (acceptsStatus(matcher, status)) return PASSED
  return {
    passed: false,
    reason: 'Target.ResponseCodeMismatch',
    description: `Health checks failed with these codes: [${status}]`,
  }
}

type Address = Extract<TargetEndpoint, {kind: 'address'}>

function requestOnce({host, port}: Address, options: ProbeOptions): Promise<CheckOutcome> {
  const {promise, resolve} = Promise.withResolvers<CheckOutcome>()
  const client = options.protocol === 'HTTPS' ? https : http
  const request = client.request({
    host,
    port,
    path: options.path,
    agent: false,
    signal: AbortSignal.timeout(options.timeoutMs),
    headers: {host: options.authority, 'user-agent': USER_AGENT, connection: 'close'},
    // A load balancer does not validate the certificates of its targets.
    rejectUnauthorized: false,
  })
  request.on('response', (response) => {
    response.resume()
    resolve(judge(response.statusCode ?? 0, options.matcher))
    request.destroy()
  })
  // The whole answer counts, so a target that says a little now and then is late all the same.
  request.on('error', ({name}) => resolve(name === 'AbortError' || name === 'TimeoutError' ? TIMED_OUT : FAILED))
  request.end()
  return promise
}

/**
 * A target passes when it takes a connection. Before a container stands a proxy of the engine that takes connections
 * even where nothing listens behind it, and cuts them as soon as it finds out: so the connection has to last a while.
 */
function connectOnce({host, port}: Address, {timeoutMs}: ProbeOptions): Promise<CheckOutcome> {
  const {promise, resolve} = Promise.withResolvers<CheckOutcome>()
  const socket = net.connect({host, port, timeout: timeoutMs})
  let connected = false
  const end = (outcome: CheckOutcome) => {
    resolve(outcome)
    socket.destroy()
  }
  socket.on('connect', () => {
    connected = true
    socket.setTimeout(Math.min(timeoutMs, PROXY_CUT_MS))
  })
  socket.on('data', () => end(PASSED))
  socket.on('timeout', () => end(connected ? PASSED : TIMED_OUT))
  socket.on('end', () => end(FAILED))
  socket.on('error', () => end(FAILED))
  return promise
}
