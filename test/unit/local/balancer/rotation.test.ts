import {describe, expect, test} from 'vitest'
import type {ForwardAction, TargetGroupRecord, TargetState} from '../../../../src/local/balancer/model.js'
import {inService, Rotation} from '../../../../src/local/balancer/rotation.js'

const forward = (weights: Record<string, number>): ForwardAction => ({
  type: 'forward',
  targetGroups: Object.entries(weights).map(([arn, weight]) => ({arn, weight})),
  stickiness: {enabled: false},
})

const targets = (...states: TargetState[]) =>
  states.map((state, index) => ({id: `t${index}`, port: 80, status: {state, streak: 0}}))

const group = (...states: TargetState[]) => ({arn: 'group', targets: targets(...states)}) as TargetGroupRecord

describe('weights', () => {
  test.each([
    [{a: 1}, {a: 10}],
    [
      {a: 9, b: 1},
      {a: 9, b: 1},
    ],
    [{a: 0, b: 100}, {b: 10}],
    [
      {a: 50, b: 30, c: 20},
      {a: 5, b: 3, c: 2},
    ],
  ])('of %o share ten requests as %o', (weights, expected) => {
    const rotation = new Rotation()
    const counts: Record<string, number> = {}

    for (let request = 0; request < 10; request++) {
      const arn = rotation.nextGroup('rule', forward(weights)) ?? 'none'
      counts[arn] = (counts[arn] ?? 0) + 1
    }

    expect(counts).toEqual(expected)
  })

  test('that are all 0 leave no group', () => {
    expect(new Rotation().nextGroup('rule', forward({a: 0, b: 0}))).toBeUndefined()
  })

  test('are counted for each rule on its own', () => {
    const rotation = new Rotation()
    const action = forward({a: 1, b: 1})

    expect([rotation.nextGroup('one', action), rotation.nextGroup('two', action)]).toEqual(['a', 'a'])
  })
})

describe('targets', () => {
  test('take turns', () => {
    const rotation = new Rotation()
    const all = group('healthy', 'unhealthy', 'healthy')

    const ids = Array.from({length: 4}, () => rotation.nextTarget(all)?.id)

    expect(ids).toEqual(['t0', 't2', 't0', 't2'])
  })

  test.each<[string, TargetState[], string[]]>([
    ['only the healthy ones when there are some', ['initial', 'healthy', 'unhealthy'], ['t1']],
    ['all registered ones when none is healthy', ['initial', 'unhealthy', 'draining'], ['t0', 't1']],
    ['none that drains or is not used', ['draining', 'unused'], []],
  ])('in service: %s', (_, states, ids) => {
    expect(inService(targets(...states)).map(({id}) => id)).toEqual(ids)
  })

  test('are missing from an empty group', () => {
    expect(new Rotation().nextTarget(group())).toBeUndefined()
  })
})
