import type {Capacity, Compatibility} from '../../../lib/capacity.js'
import type {EnvironmentVariable} from '../../../lib/environment-variable.js'
import type {HealthCheck} from '../../../lib/health-check.js'
import type {Port} from '../../../lib/port-expression.js'
import type {Rule} from '../../../lib/rule-expression.js'
import type {SecretReference} from '../../../lib/secret-reference.js'
import type {BuildSource} from '../../infrastructure/build-source.js'
import type {Architecture} from '../../infrastructure/image.js'
import type {Tags} from '../../tags.js'

/** What `service create` is asked for; every value is valid by itself. */
export interface CreateServiceOptions {
  readonly cluster: string
  readonly name: string
  /** An image reference, or how to build one. */
  readonly image: string | BuildSource
  /** CPU units: 1024 are one vCPU. */
  readonly cpu: number
  /** MiB. */
  readonly memory: number
  readonly architecture: Architecture
  /** Where the task definition can run. */
  readonly compatibility: Compatibility
  readonly capacity: Capacity
  readonly environment: readonly EnvironmentVariable[]
  readonly secrets: readonly SecretReference[]
  readonly command?: readonly string[] | undefined
  /** Name or ARN. */
  readonly taskRole?: string | undefined
  readonly port?: Port | undefined
  readonly loadBalancer?: string | undefined
  readonly rules: readonly Rule[]
  /** Takes over a listener's default action that belongs to somebody else. */
  readonly replaceDefault: boolean
  readonly count: number
  readonly subnetIds: readonly string[]
  readonly securityGroupIds: readonly string[]
  readonly assignPublicIp: boolean
  readonly healthCheck: HealthCheck
  readonly healthCheckGracePeriodSeconds?: number | undefined
  readonly deregistrationDelaySeconds?: number | undefined
  readonly ephemeralStorageGib?: number | undefined
  readonly logRetentionDays?: number | 'never' | undefined
  readonly tags: Tags
  readonly circuitBreaker: boolean
  readonly wait: boolean
  readonly timeoutMs: number
  readonly dryRun: boolean
}
