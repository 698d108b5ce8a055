import {expect, test} from 'vitest'
import type {Capacity} from '../../../src/lib/capacity.js'
import {
  checkStrategy,
  formatCapacity,
  isOnEc2,
  isSameCapacity,
  parseCapacityProvider,
  requiredCompatibilities,
} from '../../../src/lib/capacity.js'

const share = (capacityProvider: string, weight = 1, base = 0) => ({capacityProvider, weight, base})

test.each([
  ['blue', share('blue')],
  ['FARGATE_SPOT=3', share('FARGATE_SPOT', 3)],
  ['FARGATE=0,2', share('FARGATE', 0, 2)],
  ['blue=1000,100000', share('blue', 1000, 100_000)],
])('%s', (text, value) => {
  expect(parseCapacityProvider(text)).toEqual({ok: true, value})
})

test.each([
  ['', 'use <name>, <name>=<weight> or <name>=<weight>,<base>'],
  ['=1', 'use <name>'],
  ['a b', 'use <name>'],
  ['blue=', 'the weight is from 0 to 1000'],
  ['blue=1001', 'the weight is from 0 to 1000'],
  ['blue=-1', 'the weight is from 0 to 1000'],
  ['blue=1.5', 'the weight is from 0 to 1000'],
  ['blue=1,', 'the base is from 0 to 100000'],
  ['blue=1,100001', 'the base is from 0 to 100000'],
  ['blue=1,2,3', 'use <name>'],
])('%j is no capacity provider', (text, rule) => {
  expect(parseCapacityProvider(text)).toEqual({ok: false, problem: expect.stringContaining(rule)})
})

test.each([
  ['a lone one', [share('blue')], undefined],
  ['those of Fargate', [share('FARGATE', 1, 2), share('FARGATE_SPOT', 3)], undefined],
  ['one without a weight', [share('blue', 0), share('green')], undefined],
  ['a mix', [share('FARGATE'), share('blue')], 'FARGATE and blue do not go together'],
  ['one twice', [share('blue'), share('blue')], 'capacity provider blue is named twice'],
  ['two bases', [share('blue', 1, 1), share('green', 1, 1)], 'several capacity providers have a base'],
  ['no weight at all', [share('blue', 0)], 'no capacity provider has a weight'],
  ['too many', Array.from({length: 21}, (_, index) => share(`p${index}`)), 'use at most 20'],
])('a strategy with %s', (_title, strategy, problem) => {
  const expected = problem === undefined ? {ok: true, value: strategy} : {ok: false}

  expect(checkStrategy(strategy)).toMatchObject(expected)
  if (problem !== undefined)
    expect(checkStrategy(strategy)).toEqual({ok: false, problem: expect.stringContaining(problem)})
})

test.each<[Capacity, string, boolean]>([
  [{launchType: 'FARGATE'}, 'FARGATE', false],
  [{launchType: 'EC2'}, 'EC2', true],
  [{strategy: [share('FARGATE_SPOT', 3)]}, 'FARGATE_SPOT=3', false],
  [{strategy: [share('blue', 1, 2), share('green', 3)]}, 'blue=1 (base 2), green=3', true],
])('%j reads %s', (capacity, text, onEc2) => {
  expect(formatCapacity(capacity)).toBe(text)
  expect(isOnEc2(capacity)).toBe(onEc2)
})

test('strategies are the same in any order', () => {
  const [blue, green] = [share('blue'), share('green', 2)]

  expect(isSameCapacity({strategy: [blue, green]}, {strategy: [green, blue]})).toBe(true)
  expect(isSameCapacity({strategy: [blue, green]}, {strategy: [green]})).toBe(false)
  expect(isSameCapacity({launchType: 'EC2'}, {launchType: 'FARGATE'})).toBe(false)
})

test.each([
  ['fargate', ['FARGATE']],
  ['ec2', ['EC2']],
  ['both', ['EC2', 'FARGATE']],
] as const)('a task definition compatible with %s requires %j', (compatibility, expected) => {
  expect(requiredCompatibilities(compatibility)).toEqual(expected)
})
