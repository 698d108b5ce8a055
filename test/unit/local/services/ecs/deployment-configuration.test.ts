import type {DeploymentConfiguration} from '@aws-sdk/client-ecs'
import {expect, test} from 'vitest'
import {deploymentConfiguration} from '../../../../../src/local/services/ecs/deployment-configuration.js'

test.each<[string, DeploymentConfiguration, string]>([
  ['a negative minimumHealthyPercent', {minimumHealthyPercent: -1}, 'InvalidParameterException'],
  ['a maximumPercent of 0', {minimumHealthyPercent: 0, maximumPercent: 0}, 'InvalidParameterException'],
  ['a minimum above the maximum', {minimumHealthyPercent: 100, maximumPercent: 50}, 'InvalidParameterException'],
  ['the strategy BLUE_GREEN', {strategy: 'BLUE_GREEN'}, 'UnsupportedFeatureException'],
  ['the strategy CANARY', {strategy: 'CANARY'}, 'UnsupportedFeatureException'],
  ['the strategy LINEAR', {strategy: 'LINEAR'}, 'UnsupportedFeatureException'],
])('%s is refused', (_, request, code) => {
  expect(() => deploymentConfiguration(request)).toThrow(expect.objectContaining({code}))
})

test('a circuit breaker that is only enabled does not roll back, and stops at half of the tasks', () => {
  const {deploymentCircuitBreaker} = deploymentConfiguration({
    deploymentCircuitBreaker: {enable: true, rollback: undefined},
  })
  expect(deploymentCircuitBreaker).toEqual({
    enable: true,
    rollback: false,
    resetOnHealthyTask: true,
    thresholdConfiguration: {type: 'BOUNDED_PERCENT', value: 50},
  })
})
