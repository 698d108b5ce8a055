import type {DeploymentConfiguration} from '@aws-sdk/client-ecs'

/** The bounds of a BOUNDED_PERCENT threshold; the lower one was 10 before 2023. */
const THRESHOLD_FLOOR = 3
const THRESHOLD_CEILING = 200
const DEFAULT_PERCENT = 50

/** How many failed tasks trip the circuit breaker of a deployment of `desiredCount` tasks. */
export function breakerThreshold(configuration: DeploymentConfiguration, desiredCount: number): number {
  const {type = 'BOUNDED_PERCENT', value = DEFAULT_PERCENT} =
    configuration.deploymentCircuitBreaker?.thresholdConfiguration ?? {}
  if (type === 'COUNT') return Math.max(1, value)
  const share = Math.ceil((desiredCount * value) / 100)
  if (type === 'UNBOUNDED_PERCENT') return Math.max(1, share)
  return Math.min(THRESHOLD_CEILING, Math.max(THRESHOLD_FLOOR, share))
}
