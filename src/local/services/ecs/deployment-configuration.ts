import type {DeploymentConfiguration} from '@aws-sdk/client-ecs'
import {AwsFault} from '../../aws-fault.js'
import {requireThat} from './faults.js'

/** What AWS echoes where a request says nothing. */
const DEFAULTS: DeploymentConfiguration = {
  strategy: 'ROLLING',
  bakeTimeInMinutes: 0,
  maximumPercent: 200,
  minimumHealthyPercent: 100,
  deploymentCircuitBreaker: {
    enable: false,
    rollback: false,
    resetOnHealthyTask: true,
    thresholdConfiguration: {type: 'BOUNDED_PERCENT', value: 50},
  },
}

/**
 * The deployment configuration after a request: what it does not say stays as it was.
 *
 * @throws AwsFault InvalidParameterException; UnsupportedFeatureException for a strategy other than ROLLING, which
 *   AWS has and the local AWS does not
 */
export function deploymentConfiguration(
  request: DeploymentConfiguration | undefined,
  before: DeploymentConfiguration = DEFAULTS,
): DeploymentConfiguration {
  const breaker = request?.deploymentCircuitBreaker
  const next: DeploymentConfiguration = {
    ...before,
    ...withoutUndefined(request ?? {}),
    ...(breaker === undefined
      ? {}
      : {deploymentCircuitBreaker: {...DEFAULTS.deploymentCircuitBreaker, ...withoutUndefined(breaker)}}),
  }
  const {minimumHealthyPercent = 100, maximumPercent = 200, strategy} = next
  requireThat(minimumHealthyPercent >= 0, 'minimumHealthyPercent must be at least 0.')
  requireThat(maximumPercent >= 1, 'maximumPercent must be at least 1.')
  requireThat(minimumHealthyPercent <= maximumPercent, 'minimumHealthyPercent must not be greater than maximumPercent.')
  if (strategy !== 'ROLLING') {
    throw new AwsFault('UnsupportedFeatureException', `The local AWS does not emulate the ${strategy} strategy.`)
  }
  return next
}

const withoutUndefined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined && member !== null)) as T
