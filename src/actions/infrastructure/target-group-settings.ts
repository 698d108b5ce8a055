import type {TargetGroup} from '../../elbv2/target-groups.js'
import type {HealthCheck} from '../../lib/health-check.js'

/** A health check in the words of Elastic Load Balancing, as far as it is given. */
export function healthCheckInput(healthCheck: HealthCheck) {
  const {path, intervalSeconds, timeoutSeconds, healthyCount, unhealthyCount, codes} = healthCheck
  return {
    ...(path !== undefined && {HealthCheckPath: path}),
    ...(intervalSeconds !== undefined && {HealthCheckIntervalSeconds: intervalSeconds}),
    ...(timeoutSeconds !== undefined && {HealthCheckTimeoutSeconds: timeoutSeconds}),
    ...(healthyCount !== undefined && {HealthyThresholdCount: healthyCount}),
    ...(unhealthyCount !== undefined && {UnhealthyThresholdCount: unhealthyCount}),
    ...(codes !== undefined && {Matcher: {HttpCode: codes}}),
  }
}

/** What is given of a health check and a deregistration delay, in seconds, and is otherwise in the target group. */
export function targetGroupDifferences(
  {healthCheck: current}: Pick<TargetGroup, 'healthCheck'>,
  delay: number | undefined,
  wanted: {readonly healthCheck: HealthCheck; readonly delaySeconds: number | undefined},
): string[] {
  const differences = (Object.entries(wanted.healthCheck) as [keyof HealthCheck, unknown][])
    .filter(([setting, value]) => value !== undefined && current[setting] !== value)
    .map(([setting, value]) => `health check ${setting} ${current[setting]} → ${value}`)
  if (wanted.delaySeconds !== undefined && wanted.delaySeconds !== delay) {
    differences.push(`deregistration delay ${delay} → ${wanted.delaySeconds} s`)
  }
  return differences
}

/** The settings that are given. */
export const givenOf = (values: HealthCheck): HealthCheck =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
