import {describe, expect, test} from 'vitest'
import type {TargetStatus} from '../../../../src/local/balancer/model.js'
import type {CheckOutcome} from '../../../../src/local/balancer/target-status.js'
import {DRAINING, FIRST_CHECKS, HEALTHY, NOT_IN_USE, statusAfter} from '../../../../src/local/balancer/target-status.js'

const PASS: CheckOutcome = {passed: true}
const FAIL: CheckOutcome = {passed: false, reason: 'Target.Timeout', description: 'Request timed out'}
const UNHEALTHY: TargetStatus = {
  state: 'unhealthy',
  reason: 'Target.Timeout',
  description: 'Request timed out',
  streak: 0,
}

/** States after each check: + passes, - fails; thresholds 3 to become healthy, 2 to become unhealthy. */
const walk = (start: TargetStatus, checks: string): string[] => {
  let status = start
  return [...checks].map((check) => {
    status = statusAfter(status, check === '+' ? PASS : FAIL, {healthyThreshold: 3, unhealthyThreshold: 2})
    return status.state
  })
}

describe('a target', () => {
  test.each<[string, TargetStatus, string, string[]]>([
    ['is healthy after its first check when that passes', FIRST_CHECKS, '+', ['healthy']],
    ['is healthy after a pass that follows one failure', FIRST_CHECKS, '-+', ['initial', 'healthy']],
    ['is unhealthy after as many first failures as the threshold says', FIRST_CHECKS, '--', ['initial', 'unhealthy']],
    ['survives one failure', HEALTHY, '-+-+', ['healthy', 'healthy', 'healthy', 'healthy']],
    ['goes down after consecutive failures', HEALTHY, '-+--', ['healthy', 'healthy', 'healthy', 'unhealthy']],
    ['comes back after consecutive passes', UNHEALTHY, '+++', ['unhealthy', 'unhealthy', 'healthy']],
    ['starts over when a pass is followed by a failure', UNHEALTHY, '++-++', Array(5).fill('unhealthy')],
    ['ignores checks while it drains', DRAINING, '+-+', ['draining', 'draining', 'draining']],
    ['ignores checks while it is not used', NOT_IN_USE, '+', ['unused']],
  ])('%s', (_, start, checks, states) => {
    expect(walk(start, checks)).toEqual(states)
  })

  test('keeps the newest reason while unhealthy', () => {
    const mismatch: CheckOutcome = {
      passed: false,
      reason: 'Target.ResponseCodeMismatch',
      description: 'Health checks failed with these codes: [503]',
    }

    expect(statusAfter(UNHEALTHY, mismatch, {healthyThreshold: 2, unhealthyThreshold: 2})).toMatchObject({
      state: 'unhealthy',
      reason: 'Target.ResponseCodeMismatch',
      description: 'Health checks failed with these codes: [503]',
    })
  })

  test('shows no reason once healthy', () => {
    expect(statusAfter(FIRST_CHECKS, PASS, {healthyThreshold: 2, unhealthyThreshold: 2})).toEqual({
      state: 'healthy',
      streak: 0,
    })
  })
})
