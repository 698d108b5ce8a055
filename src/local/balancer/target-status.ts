import type {HealthCheck, TargetReason, TargetStatus} from './model.js'

const status = (state: TargetStatus['state'], reason: TargetReason, description: string): TargetStatus => ({
  state,
  reason,
  description,
  streak: 0,
})

export const REGISTERING = status('initial', 'Elb.RegistrationInProgress', 'Target registration is in progress')
export const FIRST_CHECKS = status('initial', 'Elb.InitialHealthChecking', 'Initial health checks in progress')
export const HEALTHY: TargetStatus = {state: 'healthy', streak: 0}
export const DRAINING = status('draining', 'Target.DeregistrationInProgress', 'Target deregistration is in progress')
export const NOT_IN_USE = status(
  'unused',
  'Target.NotInUse',
  'Target group is not configured to receive traffic from the load balancer',
)
export const NOT_REGISTERED = status('unused', 'Target.NotRegistered', 'Target is not registered to the target group')

/** What one health check found. */
export type CheckOutcome =
  | {readonly passed: true}
  | {readonly passed: false; readonly reason: TargetReason; readonly description: string}

/**
 * The status of a target after one more health check.
 *
 * A newly registered target needs one passed check to become healthy; the healthy threshold counts only for a
 * target that was unhealthy. Any other change of state needs as many consecutive checks as its threshold says.
 */
export function statusAfter(
  current: TargetStatus,
  outcome: CheckOutcome,
  thresholds: Pick<HealthCheck, 'healthyThreshold' | 'unhealthyThreshold'>,
): TargetStatus {
  if (current.state === 'draining' || current.state === 'unused') return current
  if (outcome.passed) return afterPass(current, thresholds.healthyThreshold)
  const failed = status('unhealthy', outcome.reason, outcome.description)
  if (current.state === 'unhealthy') return failed
  const streak = current.streak + 1
  return streak >= thresholds.unhealthyThreshold ? failed : {...current, streak}
}

function afterPass(current: TargetStatus, healthyThreshold: number): TargetStatus {
  if (current.state !== 'unhealthy') return HEALTHY
  const streak = current.streak + 1
  return streak >= healthyThreshold ? HEALTHY : {...current, streak}
}
