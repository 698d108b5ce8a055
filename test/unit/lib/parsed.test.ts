import {expect, test} from 'vitest'
import {checked, firstRepeated, invalid, parseEach, valid} from '../../../src/lib/parsed.js'
import {numberProblem, parseNumber, parseWholeNumber, shown} from '../../../src/lib/whole-number.js'

const even = (text: string) => (Number(text) % 2 === 0 ? valid(Number(text)) : invalid(`number ${text} is odd`))

test('keeps the order of what it parses', () => {
  expect(parseEach(['4', '2'], even)).toEqual({ok: true, value: [4, 2]})
  expect(parseEach([], even)).toEqual({ok: true, value: []})
})

test('tells every problem once', () => {
  expect(parseEach(['1', '2', '3', '1'], even)).toEqual({ok: false, problem: 'number 1 is odd; number 3 is odd'})
})

test('turns the verdict of a rule into a result', () => {
  expect(checked(7, undefined)).toEqual({ok: true, value: 7})
  expect(checked(7, 'seven is odd')).toEqual({ok: false, problem: 'seven is odd'})
})

test('finds the first value that comes again', () => {
  expect(firstRepeated(['a', 'b', 'B', 'a'], (text) => text.toLowerCase())).toBe('B')
  expect(firstRepeated(['a', 'b'], (text) => text)).toBeUndefined()
})

test.for([
  ['0', 0],
  ['80', 80],
  ['9007199254740991', 9_007_199_254_740_991],
  ['9007199254740992', undefined],
  ['080', undefined],
  ['+80', undefined],
  ['-1', undefined],
  ['1.0', undefined],
  ['1e3', undefined],
  ['0x10', undefined],
  [' 1', undefined],
  ['1\n', undefined],
  ['', undefined],
] as const)('reads %j as the whole number %j', ([text, expected]) => {
  expect(parseWholeNumber(text)).toBe(expected)
})

test('keeps a number within its range, both ends included', () => {
  const rule = {name: 'weight', min: 2, max: 10, unit: 'kilograms'}
  const problem = (text: string) => `weight ${text} is not valid: use a number from 2 to 10 kilograms`

  expect(parseNumber('2', rule)).toEqual({ok: true, value: 2})
  expect(parseNumber('10', rule)).toEqual({ok: true, value: 10})
  expect(parseNumber('11', rule)).toEqual({ok: false, problem: problem('11')})
  expect(parseNumber('', rule)).toEqual({ok: false, problem: problem('""')})
  expect(numberProblem(10, rule)).toBeUndefined()
  expect(numberProblem(1, rule)).toBe(problem('1'))
  expect(numberProblem(2.5, rule)).toBe(problem('2.5'))
})

test('quotes a value that could not be seen otherwise', () => {
  expect(shown('abc')).toBe('abc')
  expect(shown('')).toBe('""')
  expect(shown('a b\n')).toBe('"a b\\n"')
  expect(shown('\u001b[2J\u009b')).toBe('"\\u001b[2J\\u009b"')
})
