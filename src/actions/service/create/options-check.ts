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
  const {loadBalancer, port, healthCheck} = options
  if (loadBalancer === undefined) checkUnbalanced(options)
  else if (port === undefined) {
    throw new UsageError(
      'PORT_REQUIRED',
      `--lb ${loadBalancer} needs --port: the port on which the container listens`,
      {
        hints: ['--port 80, --port HTTP:8080 or --port TCP:5432'],
      },
    )
  }
  if (port?.protocol === 'TCP') checkTcp(options)
  const checked = checkHealthCheck(
    {...healthCheck, ...(port !== undefined && timingOf(healthCheck))},
    port?.protocol === 'TCP' ? 'network' : 'application',
  )
  if (!checked.ok) throw new UsageError('HEALTH_CHECK_INVALID', checked.problem)
  const problem = sharedNameProblem(options.environment, options.secrets)
  if (problem !== undefined) throw new UsageError('NAME_TAKEN', problem)
}

/** Nothing that is asked for may be passed over in silence. */
function checkUnbalanced(options: CreateServiceOptions): void {
  const needs: readonly (readonly [boolean, string])[] = [
    [options.rules.length > 0, '--rule needs --lb: the load balancer whose requests it takes'],
    [options.replaceDefault, '--replace-default needs --lb'],
    [
      Object.values(options.healthCheck).some((value) => value !== undefined),
      '--health-check-… needs --lb: the load balancer makes the check',
    ],
    [options.healthCheckGracePeriodSeconds !== undefined, '--health-check-grace-period needs --lb'],
    [options.deregistrationDelaySeconds !== undefined, '--deregistration-delay needs --lb'],
  ]
  const [, message] = needs.find(([isGiven]) => isGiven) ?? []
  if (message !== undefined) throw new UsageError('LOAD_BALANCER_REQUIRED', message)
}

function checkTcp({port, rules, healthCheck}: CreateServiceOptions): void {
  if (rules.length > 0) {
    throw new UsageError('RULES_NEED_HTTP', `--rule needs an HTTP or HTTPS port, not TCP:${port?.port}`)
  }
  if (healthCheck.path !== undefined || healthCheck.codes !== undefined) {
    throw new UsageError('HEALTH_CHECK_NEEDS_HTTP', '--health-check-path and --health-check-codes need an HTTP port')
  }
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
