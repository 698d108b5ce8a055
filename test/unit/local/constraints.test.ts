import {describe, expect, test} from 'vitest'
import type {Constraint} from '../../../src/local/constraints.js'
import {constraintMessage} from '../../../src/local/constraints.js'

describe('a member that breaks its constraint', () => {
  test.each<[string, unknown, Constraint, string]>([
    [
      'is too long',
      'abc',
      {length: [1, 2]},
      "Value 'abc' at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 2",
    ],
    [
      'is too short',
      '',
      {length: [1, 2]},
      "Value '' at 'roleName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'has too many entries',
      [1, 2, 3],
      {length: [0, 2]},
      "Value at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 2",
    ],
    [
      'is a map with too few entries',
      {},
      {length: [1, 2]},
      "Value at 'roleName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'is too large',
      10_001,
      {range: [1, 10_000]},
      "Value '10001' at 'roleName' failed to satisfy constraint: Member must have value less than or equal to 10000",
    ],
    [
      'is too small',
      0,
      {range: [1, 10_000]},
      "Value '0' at 'roleName' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      'has a foreign character',
      'a b',
      {pattern: '[a-z]+'},
      "Value 'a b' at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]+",
    ],
    [
      'is none of the values',
      'x',
      {oneOf: ['a', 'b']},
      "Value 'x' at 'roleName' failed to satisfy constraint: Member must satisfy enum value set: [a, b]",
    ],
  ])('%s', (_case, value, constraint, text) => {
    expect(constraintMessage({RoleName: value}, {RoleName: constraint})).toBe(`1 validation error detected: ${text}`)
  })
})

test('all violations are told at once', () => {
  const constraints = {a: {length: [2, 9], pattern: '[a-z]+'}, b: {range: [1, 2]}} as const

  expect(constraintMessage({a: '1', b: 3, c: 'free'}, constraints)).toMatch(
    /^3 validation errors detected: Value '1' at 'a' .* equal to 2; Value '1' at 'a' .*; Value '3' at 'b' /,
  )
})

test('a service may keep the value to itself', () => {
  expect(constraintMessage({a: 'xyz'}, {a: {length: [1, 2]}}, {quoteValues: false})).toContain("Value at 'a' failed")
})

test.each([[{}], [{a: undefined}], [{a: 'ab'}]])('%j is good', (input) => {
  expect(constraintMessage(input, {a: {length: [1, 2], pattern: '[a-z]+'}})).toBeUndefined()
})
