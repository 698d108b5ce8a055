import {jsonValue, tuple} from 'fast-check'
import {describe, expect, test} from 'vitest'
import {canonical, changes, sameJson} from '../../../src/lib/json-changes.js'
import {holdsFor} from './property.js'

describe('the changes from one value to another', () => {
  test.for([
    ['nothing', {a: 1, b: [1]}, {b: [1], a: 1}, []],
    ['a member changed', {cpu: '256'}, {cpu: '512'}, [{path: 'cpu', kind: 'changed', before: '256', after: '512'}]],
    ['a member added', {}, {cpu: '512'}, [{path: 'cpu', kind: 'added', after: '512'}]],
    ['a member removed', {cpu: '512'}, {}, [{path: 'cpu', kind: 'removed', before: '512'}]],
    ['undefined as absent', {cpu: undefined}, {}, []],
    ['null as a value', {cpu: null}, {}, [{path: 'cpu', kind: 'removed', before: null}]],
    [
      'a place deep inside',
      {containerDefinitions: [{image: 'a'}, {image: 'b'}]},
      {containerDefinitions: [{image: 'a'}, {image: 'c'}]},
      [{path: 'containerDefinitions[1].image', kind: 'changed', before: 'b', after: 'c'}],
    ],
    [
      'an item added and one changed',
      {a: [1]},
      {a: [2, {b: 3}]},
      [
        {path: 'a[0]', kind: 'changed', before: 1, after: 2},
        {path: 'a[1]', kind: 'added', after: {b: 3}},
      ],
    ],
    ['another type', {a: []}, {a: {}}, [{path: 'a', kind: 'changed', before: [], after: {}}]],
    ['the whole value', 1, '1', [{path: '', kind: 'changed', before: 1, after: '1'}]],
    [
      'keys in order, quoted where a path needs it',
      {z: 1, 'awslogs-group': 'x'},
      {z: 2, 'awslogs-group': 'y'},
      [
        {path: '["awslogs-group"]', kind: 'changed', before: 'x', after: 'y'},
        {path: 'z', kind: 'changed', before: 1, after: 2},
      ],
    ],
    ['a key that every object inherits', {}, {toString: 'x'}, [{path: 'toString', kind: 'added', after: 'x'}]],
    [
      'dates as JSON has them',
      {at: new Date(0)},
      {at: '1970-01-01T00:00:00.001Z'},
      [{path: 'at', kind: 'changed', before: '1970-01-01T00:00:00.000Z', after: '1970-01-01T00:00:00.001Z'}],
    ],
  ] as const)('tell %s', ([, before, after, expected]) => {
    expect(changes(before, after)).toEqual(expected)
  })

  test('are none exactly when the values are the same', () => {
    holdsFor(tuple(jsonValue({maxDepth: 2}), jsonValue({maxDepth: 2})), ([left, right]) => {
      expect(changes(left, right).length === 0).toBe(sameJson(left, right))
      expect(changes(left, structuredClone(left))).toEqual([])
    })
  })
})

describe('the canonical text', () => {
  test('has its keys sorted at every depth and its items in place', () => {
    expect(canonical({b: [{d: 1, c: 2}, 3], a: undefined, A: null})).toBe('{"A":null,"b":[{"c":2,"d":1},3]}')
  })

  test('is JSON for every value', () => {
    expect(canonical(undefined)).toBe('null')
    expect(canonical(Number.NaN)).toBe('null')
    expect(canonical('a"b')).toBe('"a\\"b"')
  })

  test('holds the same document', () => {
    holdsFor(jsonValue(), (value) => {
      expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)))
    })
  })
})
