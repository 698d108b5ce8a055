import type {HealthCheck} from '../../../lib/health-check.js'
import type {Port} from '../../../lib/port-expression.js'
import type {Rule} from '../../../lib/rule-expression.js'
import type {WorkloadOptions} from '../../infrastructure/workload.js'

/** What `service create` is asked for; every value is valid by itself. */
export interface CreateServiceOptions extends WorkloadOptions {
  readonly port?: Port | undefined
  readonly loadBalancer?: string | undefined
  readonly rules: readonly Rule[]
  /** Takes over a listener's default action that belongs to somebody else. */
  readonly replaceDefault: boolean
  readonly healthCheck: HealthCheck
  readonly healthCheckGracePeriodSeconds?: number | undefined
  readonly deregistrationDelaySeconds?: number | undefined
  readonly circuitBreaker: boolean
  readonly wait: boolean
  readonly timeoutMs: number
}
