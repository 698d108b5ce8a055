import type {DeploymentConfiguration} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import {breakerThreshold} from '../../../../src/local/scheduler/circuit-breaker.js'
import {backOff} from '../../../../src/local/scheduler/failures.js'
import {newDeploymentId, newTaskId, newUuid} from '../../../../src/local/scheduler/ids.js'
import {taskLimits} from '../../../../src/local/scheduler/percentages.js'
import {countProviders, nextProvider} from '../../../../src/local/scheduler/placement.js'
import {platformFamilyOf} from '../../../../src/local/scheduler/task-factory.js'

describe('bounds of a rolling update', () => {
  test.each([
    {desired: 1, minimum: undefined, maximum: undefined, lower: 1, upper: 2},
    {desired: 4, minimum: 50, maximum: 100, lower: 2, upper: 4},
    {desired: 3, minimum: 50, maximum: 150, lower: 2, upper: 4},
    {desired: 1, minimum: 100, maximum: 150, lower: 1, upper: 1},
    {desired: 10, minimum: 0, maximum: 110, lower: 0, upper: 11},
    {desired: 0, minimum: 100, maximum: 200, lower: 0, upper: 0},
  ])(
    '$desired tasks at $minimum/$maximum: at least $lower, at most $upper',
    ({desired, minimum, maximum, lower, upper}) => {
      expect(taskLimits(desired, minimum, maximum)).toEqual({lower, upper})
    },
  )
})

describe('threshold of the circuit breaker', () => {
  const threshold = (
    type: 'BOUNDED_PERCENT' | 'UNBOUNDED_PERCENT' | 'COUNT',
    value: number,
  ): DeploymentConfiguration => ({
    deploymentCircuitBreaker: {enable: true, rollback: true, thresholdConfiguration: {type, value}},
  })
  test.each([
    {configuration: {}, desired: 1, expected: 3},
    {configuration: {}, desired: 7, expected: 4},
    {configuration: {}, desired: 1000, expected: 200},
    {configuration: threshold('BOUNDED_PERCENT', 100), desired: 8, expected: 8},
    {configuration: threshold('UNBOUNDED_PERCENT', 50), desired: 1, expected: 1},
    {configuration: threshold('UNBOUNDED_PERCENT', 50), desired: 1000, expected: 500},
    {configuration: threshold('COUNT', 2), desired: 50, expected: 2},
  ])('is $expected for $desired tasks and $configuration', ({configuration, desired, expected}) => {
    expect(breakerThreshold(configuration, desired)).toBe(expected)
  })
})

test('pauses twice as long after every failed round, up to 15 minutes', () => {
  expect([1, 2, 3, 4].map(backOff)).toEqual([5_000, 10_000, 20_000, 40_000])
  expect(backOff(30)).toBe(15 * 60_000)
})

describe('capacity providers', () => {
  const launch = (strategy: Parameters<typeof nextProvider>[0], count: number): (string | undefined)[] => {
    const tasks: {capacityProviderName?: string | undefined}[] = []
    for (let index = 0; index < count; index++) {
      tasks.push({capacityProviderName: nextProvider(strategy, countProviders(tasks))})
    }
    return tasks.map(({capacityProviderName}) => capacityProviderName)
  }

  test('fill the base first and then follow the weights', () => {
    const strategy = [
      {capacityProvider: 'FARGATE', base: 1, weight: 1},
      {capacityProvider: 'FARGATE_SPOT', weight: 3},
    ]
    const names = launch(strategy, 9)
    expect(names[0]).toBe('FARGATE')
    expect(names.filter((name) => name === 'FARGATE')).toHaveLength(3)
    expect(names.filter((name) => name === 'FARGATE_SPOT')).toHaveLength(6)
  })

  test('of weight zero get no more than their base', () => {
    const strategy = [
      {capacityProvider: 'FARGATE', base: 2, weight: 0},
      {capacityProvider: 'FARGATE_SPOT', weight: 1},
    ]
    expect(launch(strategy, 4)).toEqual(['FARGATE', 'FARGATE', 'FARGATE_SPOT', 'FARGATE_SPOT'])
  })

  test('are not chosen where there is no strategy', () => {
    expect(nextProvider([], new Map())).toBeUndefined()
  })
})

test('ids have the forms that AWS gives them', () => {
  const random = () => 0.5
  expect(newTaskId(random)).toMatch(/^[0-9a-f]{32}$/)
  expect(newDeploymentId(random)).toMatch(/^ecs-svc\/[1-9]\d{18}$/)
  expect(newUuid(random)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('a platform family is the operating system in title case', () => {
  expect(platformFamilyOf()).toBe('Linux')
  expect(platformFamilyOf('WINDOWS_SERVER_2019_CORE')).toBe('Windows_Server_2019_Core')
})
