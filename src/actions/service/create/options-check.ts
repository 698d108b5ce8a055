import {UsageError} from '../../../errors/errors.js'
import type {HealthCheck} from '../../../lib/health-check.js'
import {checkHealthCheck} from '../../../lib/health-check.js'
import {sharedNameProblem} from '../../../lib/secret-reference.js'
import type {CreateServiceOptions} from './options.js'

/**
 * The rules between options, checked before the first AWS call.
 *
 * @throws UsageError
 */
export function checkOptions(options: CreateServiceOptions): void {
  const {loadBalancer, port, rules, healthCheck, replaceDefault} = options
  if (loadBalancer !== undefined && port === undefined) {
    throw new UsageError(
      'PORT_REQUIRED',
      `--lb ${loadBalancer} needs --port: the port on which the container listens`,
      {
        hints: ['--port 80, --port HTTP:8080 or --port TCP:5432'],
      },
    )
  }
  if (loadBalancer === undefined && rules.length > 0) {
    throw new UsageError('LOAD_BALANCER_REQUIRED', '--rule needs --lb: the load balancer whose requests it takes')
  }
  if (loadBalancer === undefined && replaceDefault) {
    throw new UsageError('LOAD_BALANCER_REQUIRED', '--replace-default needs --lb')
  }
  if (port?.protocol === 'TCP' && rules.length > 0) {
    throw new UsageError('RULES_NEED_HTTP', `--rule needs an HTTP or HTTPS port, not ${port.protocol}:${port.port}`)
  }
  if (port?.protocol === 'TCP' && (healthCheck.path !== undefined || healthCheck.codes !== undefined)) {
    throw new UsageError('HEALTH_CHECK_NEEDS_HTTP', '--health-check-path and --health-check-codes need an HTTP port')
  }
  const timed = [healthCheck.path, healthCheck.intervalSeconds, healthCheck.timeoutSeconds, healthCheck.codes]
  if (loadBalancer === undefined && timed.some((value) => value !== undefined)) {
    throw new UsageError('LOAD_BALANCER_REQUIRED', '--health-check-… needs --lb: the load balancer makes the check')
  }
  if (loadBalancer === undefined && options.healthCheckGracePeriodSeconds !== undefined) {
    throw new UsageError('LOAD_BALANCER_REQUIRED', '--health-check-grace-period needs --lb')
  }
  const checked = checkHealthCheck(
    {...healthCheck, ...(port !== undefined && timingOf(healthCheck))},
    port?.protocol === 'TCP' ? 'network' : 'application',
  )
  if (!checked.ok) throw new UsageError('HEALTH_CHECK_INVALID', checked.problem)
  const problem = sharedNameProblem(options.environment, options.secrets)
  if (problem !== undefined) throw new UsageError('NAME_TAKEN', problem)
}

/** With the defaults for what is not given, since the timeout must be shorter than the interval in the end. */
function timingOf({intervalSeconds, timeoutSeconds}: HealthCheck) {
  return {
    intervalSeconds: intervalSeconds ?? defaultHealthCheck.intervalSeconds,
    timeoutSeconds: timeoutSeconds ?? defaultHealthCheck.timeoutSeconds,
  }
}

/** Twice ten seconds, where AWS takes five times thirty: a good task gets its traffic two minutes earlier. */
export const defaultHealthCheck = {intervalSeconds: 10, timeoutSeconds: 5, healthyCount: 2, unhealthyCount: 2}

/** AWS waits 300 s for each task that leaves, which makes every deployment five minutes longer. */
export const defaultDeregistrationDelaySeconds = 30

/** Time for a container to start before ECS counts failed health checks of its load balancer; ECS itself gives none. */
export const defaultGracePeriodSeconds = 60
