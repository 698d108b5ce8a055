import type {Capacity, Compatibility} from '../../../lib/capacity.js'
import type {HealthCheck} from '../../../lib/health-check.js'
import type {Architecture} from '../../infrastructure/image.js'
import type {Tags} from '../../tags.js'
import type {ReviseOptions} from '../revise/revise-service.js'

/** What changes in the task definition. */
export interface TaskChanges {
  /** CPU units: 1024 are one vCPU. */
  readonly cpu?: number | undefined
  /** MiB. */
  readonly memory?: number | undefined
  readonly architecture?: Architecture | undefined
  readonly command?: readonly string[] | undefined
  /** Name or ARN. */
  readonly taskRole?: string | undefined
  readonly ephemeralStorageGib?: number | undefined
  /** Where the task definition can run. */
  readonly compatibility?: Compatibility | undefined
}

/** What changes in the service itself. */
export interface ServiceChanges {
  readonly healthCheckGracePeriodSeconds?: number | undefined
  readonly circuitBreaker?: boolean | undefined
  /** All of them, in place of those of before; none leaves these. */
  readonly subnetIds: readonly string[]
  readonly securityGroupIds: readonly string[]
  readonly assignPublicIp?: boolean | undefined
  readonly capacity?: Capacity | undefined
}

/** What changes in the target group. */
export interface TargetGroupChanges {
  readonly healthCheck: HealthCheck
  readonly deregistrationDelaySeconds?: number | undefined
}

/** What `service update` is asked for; every value is valid by itself, and what is not given stays. */
export interface UpdateServiceOptions extends ReviseOptions, TaskChanges, ServiceChanges, TargetGroupChanges {
  /** Days; `never` keeps events for ever. */
  readonly logRetentionDays?: number | 'never' | undefined
  /** Added to those that are there. */
  readonly tags: Tags
}
