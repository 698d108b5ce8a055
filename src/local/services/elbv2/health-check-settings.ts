import {isMatcher} from '../../balancer/matcher.js'
import type {HealthCheck, Protocol} from '../../balancer/model.js'
import {invalid, notEmulated} from './faults.js'

/** The health check members that CreateTargetGroup and ModifyTargetGroup share. */
export interface HealthCheckInput {
  readonly HealthCheckProtocol?: string | undefined
  readonly HealthCheckPort?: string | undefined
  readonly HealthCheckEnabled?: boolean | undefined
  readonly HealthCheckPath?: string | undefined
  readonly HealthCheckIntervalSeconds?: number | undefined
  readonly HealthCheckTimeoutSeconds?: number | undefined
  readonly HealthyThresholdCount?: number | undefined
  readonly UnhealthyThresholdCount?: number | undefined
  readonly Matcher?: {readonly HttpCode?: string | undefined; readonly GrpcCode?: string | undefined} | undefined
}

const isHttp = (protocol: string): boolean => protocol === 'HTTP' || protocol === 'HTTPS'

/** AWS's defaults: 5 s for an Application Load Balancer; for a Network Load Balancer 6 s with HTTP, else 10 s. */
function defaultTimeout(groupProtocol: Protocol, checkProtocol: Protocol): number {
  if (isHttp(groupProtocol)) return 5
  return checkProtocol === 'HTTP' ? 6 : 10
}

/** The health check that a new target group has unless told otherwise. */
function defaultHealthCheck(groupProtocol: Protocol, checkProtocol: Protocol): HealthCheck {
  return {
    protocol: checkProtocol,
    port: 'traffic-port',
    interval: 30,
    timeout: defaultTimeout(groupProtocol, checkProtocol),
    healthyThreshold: 5,
    unhealthyThreshold: 2,
    ...(isHttp(checkProtocol) && {path: '/', matcher: isHttp(groupProtocol) ? '200' : '200-399'}),
  }
}

/** @throws AwsFault ValidationError */
export function newHealthCheck(groupProtocol: Protocol, input: HealthCheckInput): HealthCheck {
  const usual = isHttp(groupProtocol) ? 'HTTP' : 'TCP'
  return changedHealthCheck(
    groupProtocol,
    defaultHealthCheck(groupProtocol, protocolFrom(groupProtocol, input) ?? usual),
    input,
  )
}

/**
 * A health check after the changes that a call asks for.
 *
 * @throws AwsFault ValidationError when a value is out of range, or the interval is not longer than the timeout
 */
export function changedHealthCheck(
  groupProtocol: Protocol,
  current: HealthCheck,
  input: HealthCheckInput,
): HealthCheck {
  checkValues(input)
  const protocol = protocolFrom(groupProtocol, input) ?? current.protocol
  const base =
    protocol === current.protocol ? current : {...defaultHealthCheck(groupProtocol, protocol), ...timing(current)}
  const next: HealthCheck = {
    ...base,
    port: portFrom(input.HealthCheckPort) ?? base.port,
    interval: input.HealthCheckIntervalSeconds ?? base.interval,
    timeout: input.HealthCheckTimeoutSeconds ?? base.timeout,
    healthyThreshold: input.HealthyThresholdCount ?? base.healthyThreshold,
    unhealthyThreshold: input.UnhealthyThresholdCount ?? base.unhealthyThreshold,
    ...(input.HealthCheckPath !== undefined && {path: pathFrom(protocol, input.HealthCheckPath)}),
    ...(input.Matcher?.HttpCode !== undefined && {
      matcher: matcherFrom(groupProtocol, protocol, input.Matcher.HttpCode),
    }),
  }
  if (next.interval <= next.timeout && (isHttp(groupProtocol) || next.interval < next.timeout)) {
    throw invalid('Health check interval must be greater than the timeout.')
  }
  return next
}

const timing = ({port, interval, timeout, healthyThreshold, unhealthyThreshold}: HealthCheck) => ({
  port,
  interval,
  timeout,
  healthyThreshold,
  unhealthyThreshold,
})

function checkValues(input: HealthCheckInput): void {
  if (input.HealthCheckEnabled === false) throw invalid('Health checks can only be disabled for lambda target groups')
  if (input.Matcher?.GrpcCode !== undefined) throw notEmulated('a gRPC health check')
}

function protocolFrom(groupProtocol: Protocol, {HealthCheckProtocol}: HealthCheckInput): Protocol | undefined {
  if (HealthCheckProtocol === undefined) return undefined
  const allowed = isHttp(groupProtocol) ? (['HTTP', 'HTTPS'] as const) : (['HTTP', 'HTTPS', 'TCP'] as const)
  const protocol = allowed.find((candidate) => candidate === HealthCheckProtocol)
  if (protocol === undefined) {
    throw invalid(`Health check protocol '${HealthCheckProtocol}' must be one of '${allowed.join(', ')}'`)
  }
  return protocol
}

function portFrom(port: string | undefined): string | undefined {
  if (port === undefined || port === 'traffic-port') return port
  const valid = /^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535
  if (!valid) throw invalid(`Health check port '${port}' must be 'traffic-port' or a port between 1 and 65535`)
  return port
}

function pathFrom(protocol: Protocol, path: string): string {
  if (!isHttp(protocol)) throw invalid(`Health check path cannot be specified with health check protocol '${protocol}'`)
  if (!path.startsWith('/')) throw invalid(`Health check path '${path}' must begin with a '/' character`)
  if (!/^[\x21-\x7e]+$/.test(path)) throw invalid(`Health check path '${path}' contains an invalid character`)
  return path
}

/** An Application Load Balancer accepts codes of 200-499, a Network Load Balancer 200-599. */
function matcherFrom(groupProtocol: Protocol, protocol: Protocol, matcher: string): string {
  if (!isHttp(protocol)) throw invalid(`Matcher cannot be specified with health check protocol '${protocol}'`)
  const most = isHttp(groupProtocol) ? 499 : 599
  const within =
    isMatcher(matcher) && matcher.split(/[,-]/).every((code) => Number(code) >= 200 && Number(code) <= most)
  if (!within) throw invalid(`Health check matcher HTTP code '${matcher}' must be within '200-${most}' inclusive`)
  return matcher
}
