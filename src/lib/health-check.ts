import type {Parsed} from './parsed.js'
import {checked, invalid, parseEach, valid} from './parsed.js'
import {numberProblem, parseWholeNumber, shown} from './whole-number.js'

/** The health check of a target group, as far as it is given. */
export interface HealthCheck {
  readonly path?: string | undefined
  readonly intervalSeconds?: number | undefined
  readonly timeoutSeconds?: number | undefined
  /** Checks in a row after which a target counts as healthy. */
  readonly healthyCount?: number | undefined
  /** Checks in a row after which a target counts as unhealthy. */
  readonly unhealthyCount?: number | undefined
  /** HTTP codes of a healthy target: `200-299,302`. */
  readonly codes?: string | undefined
}

export type BalancerType = 'application' | 'network'

const INTERVAL = {name: 'health check interval', min: 5, max: 300, unit: 'seconds'}
const TIMEOUT = {name: 'health check timeout', min: 2, max: 120, unit: 'seconds'}
const HEALTHY = {name: 'healthy threshold', min: 2, max: 10}
const UNHEALTHY = {name: 'unhealthy threshold', min: 2, max: 10}
const MAX_PATH_LENGTH = 1024

/** Checks all that is given of a health check, and that a check ends before the next one starts. */
export function checkHealthCheck(health: HealthCheck, type: BalancerType): Parsed<HealthCheck> {
  const {path, intervalSeconds, timeoutSeconds, healthyCount, unhealthyCount, codes} = health
  const problems = [
    path === undefined ? undefined : healthCheckPathProblem(path),
    intervalSeconds === undefined ? undefined : numberProblem(intervalSeconds, INTERVAL),
    timeoutSeconds === undefined ? undefined : numberProblem(timeoutSeconds, TIMEOUT),
    timeoutProblem(timeoutSeconds, intervalSeconds),
    healthyCount === undefined ? undefined : numberProblem(healthyCount, HEALTHY),
    unhealthyCount === undefined ? undefined : numberProblem(unhealthyCount, UNHEALTHY),
    codes === undefined ? undefined : healthCheckCodesProblem(codes, type),
  ].filter((problem) => problem !== undefined)
  return problems.length === 0 ? valid(health) : invalid(problems.join('; '))
}

/** The problem of the path that a health check asks for, or `undefined`. It may have a query. */
export function healthCheckPathProblem(path: string): string | undefined {
  if (!path.startsWith('/')) return `health check path ${shown(path)} does not start with /: use e.g. /health`
  if (path.length > MAX_PATH_LENGTH) {
    return `health check path ${shown(path)} has ${path.length} characters: use at most ${MAX_PATH_LENGTH}`
  }
  if (/^[!-~]+$/.test(path)) return undefined
  return `health check path ${shown(path)} has a space or a character outside ASCII: write it percent-encoded`
}

/**
 * The problem of the codes of a healthy target, or `undefined`: codes and ranges with commas between them, 200 to 499
 * behind an application load balancer, 200 to 599 behind a network load balancer.
 */
export function healthCheckCodesProblem(codes: string, type: BalancerType): string | undefined {
  const ranges = parseEach(codes.split(','), (text) => checked(text, rangeProblem(text, type)))
  return ranges.ok ? undefined : ranges.problem
}

function rangeProblem(text: string, type: BalancerType): string | undefined {
  const most = type === 'application' ? 499 : 599
  const bounds = text.split('-').map(parseWholeNumber)
  const [first, last = first] = bounds
  const isRange = bounds.length <= 2 && first !== undefined && last !== undefined && !bounds.includes(undefined)
  if (isRange && first >= 200 && last <= most && first <= last) return undefined
  return `health check code ${shown(text)} is not valid: use codes from 200 to ${most}, e.g. 200-299,302`
}

function timeoutProblem(timeout: number | undefined, interval: number | undefined): string | undefined {
  if (timeout === undefined || interval === undefined || timeout < interval) return undefined
  return `health check timeout ${timeout} is not shorter than the interval ${interval}: use a shorter timeout`
}
